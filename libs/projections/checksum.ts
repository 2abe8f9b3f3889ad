/** Digests over logical columns: the same rows give the same digest, whatever the store and however it lies there. */
import { createHash } from 'node:crypto';
import type { Value } from './definition.js';
import type { ModelSet, TableLayout } from './model-set.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from './sql.js';

export interface TableChecksum {
  readonly rows: number;
  readonly digest: string;
  /** Of open and past rows, with when each was learned; absent where the digest says all. */
  readonly history?: string;
}

export interface Checksum {
  /** Over what is so now, however and whenever it came to be known (`Table.learned` is left out). */
  readonly checksum: string;
  /** Also over what was known when: every version with its ordinals. */
  readonly history: string;
  readonly tables: Readonly<Record<string, TableChecksum>>;
}

type Page = Iterable<readonly Value[]>;

/** Rows of a statement as arrays, some at a time. */
export type ReadRows = (sql: string) => Iterable<Page> | AsyncIterable<Page>;

export async function checksumOf(read: ReadRows, set: ModelSet): Promise<Checksum> {
  const tables: Record<string, TableChecksum> = {};
  for (const table of set.tables) tables[table.name] = await tableChecksum(read, table);
  const over = (digestOf: (table: TableChecksum) => string) => {
    const lines = Object.keys(tables).sort().map((name) => `${name} ${digestOf(tables[name]!)}`);
    return createHash('sha256').update(lines.join('\n')).digest('hex');
  };
  return { checksum: over(({ digest }) => digest), history: over(({ digest, history }) => history ?? digest), tables };
}

async function tableChecksum(read: ReadRows, table: TableLayout): Promise<TableChecksum> {
  const key = listed(keyColumns(table));
  const logical = table.columns.filter((column) => !table.learned.includes(column));
  const sql = (name: string, columns: readonly string[], order: string) =>
    `SELECT ${listed(columns)} FROM ${quoted(name)} ORDER BY ${order}`;
  const rest = storedColumns(table).filter((column) => !logical.includes(column));
  const open = await digests(read, sql(table.name, [...logical, ...rest], key), logical.length);
  if (rest.length === 0) return { rows: open.rows, digest: open.logical };
  if (!table.bitemporal) return { rows: open.rows, digest: open.logical, history: open.whole };
  const past = await digests(read, sql(pastOf(table), storedColumns(table, true), `${key}, known_from`), 0);
  const history = createHash('sha256').update(`${open.whole} ${past.whole}`).digest('hex');
  return { rows: open.rows, digest: open.logical, history };
}

const CHUNK = 64 * 1024;

/** One pass, two digests: over the first columns alone, and over all. */
async function digests(read: ReadRows, sql: string, logical: number): Promise<{ rows: number; logical: string; whole: string }> {
  const hashes = { logical: new Digest(), whole: new Digest() };
  let rows = 0;
  for await (const page of read(sql)) {
    for (const row of page) {
      rows++;
      const text = JSON.stringify(row.slice(0, logical));
      hashes.logical.add(text);
      hashes.whole.add(row.length === logical ? text : text + JSON.stringify(row.slice(logical)));
    }
  }
  return { rows, logical: hashes.logical.hex(), whole: hashes.whole.hex() };
}

class Digest {
  private readonly hash = createHash('sha256');
  private chunk = '';

  add(line: string): void {
    this.chunk += `${line}\n`;
    if (this.chunk.length < CHUNK) return;
    this.hash.update(this.chunk);
    this.chunk = '';
  }

  hex(): string {
    return this.hash.update(this.chunk).digest('hex');
  }
}
