/** Digests over logical columns: the same rows give the same digest, whatever the file looks like. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ModelSet, TableLayout } from '../model-set.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from './schema.js';

export interface TableChecksum {
  readonly rows: number;
  readonly digest: string;
  /** Of open and past rows with their ordinals; absent where no versions are kept. */
  readonly history?: string;
}

export interface Checksum {
  /** Over the columns that the definitions name: what is so now, however it came to be known. */
  readonly checksum: string;
  /** Also over what was known when: every version with its ordinals. */
  readonly history: string;
  readonly tables: Readonly<Record<string, TableChecksum>>;
}

export function checksumOf(database: DatabaseSync, set: ModelSet): Checksum {
  const tables = Object.fromEntries(set.tables.map((table) => [table.name, tableChecksum(database, table)]));
  const over = (digestOf: (table: TableChecksum) => string) => {
    const lines = Object.keys(tables).sort().map((name) => `${name} ${digestOf(tables[name]!)}`);
    return createHash('sha256').update(lines.join('\n')).digest('hex');
  };
  return { checksum: over(({ digest }) => digest), history: over(({ digest, history }) => history ?? digest), tables };
}

function tableChecksum(database: DatabaseSync, table: TableLayout): TableChecksum {
  const key = listed(keyColumns(table));
  const digestOf = (name: string, columns: readonly string[], order: string) =>
    digest(database, `SELECT ${listed(columns)} FROM ${quoted(name)} ORDER BY ${order}`);
  const { rows, hex } = digestOf(table.name, table.columns, key);
  if (!table.bitemporal) return { rows, digest: hex };
  const open = digestOf(table.name, storedColumns(table), key);
  const past = digestOf(pastOf(table), storedColumns(table, true), `${key}, known_from`);
  return { rows, digest: hex, history: createHash('sha256').update(`${open.hex} ${past.hex}`).digest('hex') };
}

const CHUNK = 64 * 1024;

function digest(database: DatabaseSync, sql: string): { rows: number; hex: string } {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  const hash = createHash('sha256');
  let rows = 0;
  let chunk = '';
  for (const row of statement.iterate()) {
    rows++;
    chunk += `${JSON.stringify(row)}\n`;
    if (chunk.length > CHUNK) {
      hash.update(chunk);
      chunk = '';
    }
  }
  return { rows, hex: hash.update(chunk).digest('hex') };
}
