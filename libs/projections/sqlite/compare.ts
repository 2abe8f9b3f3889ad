/** Where two files of one generation differ. Works inside SQLite, on tables whose digests differ. */
import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../definition.js';
import type { TableLayout } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from '../sql.js';

/** One version of a row: from inclusive, to exclusive, open where `to` is undefined. */
export interface Version {
  readonly tuple: Tuple;
  readonly from: number;
  readonly to: number | undefined;
}

export const attach = (database: DatabaseSync, path: string, as: string): void => {
  database.prepare(`ATTACH DATABASE ? AS ${quoted(as)}`).run(path);
};

/** Keys of rows that differ between the main file and an attached one, past rows included. */
export function differingKeys(database: DatabaseSync, table: TableLayout, other: string): readonly Tuple[] {
  const key = listed(keyColumns(table));
  const one = (name: string, columns: readonly string[]) => {
    const rows = (schema: string) => `SELECT ${listed(columns)} FROM ${quoted(schema)}.${quoted(name)}`;
    return ['main', other].map((here) => {
      const there = here === 'main' ? other : 'main';
      return `SELECT ${key} FROM (${rows(here)} EXCEPT ${rows(there)})`;
    });
  };
  const open = one(table.name, storedColumns(table));
  const past = table.bitemporal ? one(pastOf(table), storedColumns(table, true)) : [];
  const statement = database.prepare([...open, ...past].join(' UNION '));
  statement.setReturnArrays(true);
  return statement.all() as unknown as readonly Tuple[];
}

/** All versions of the row with that key, oldest first, in the main file or an attached one. */
export function versionsByKey(database: DatabaseSync, schema: string, table: TableLayout, key: Tuple): readonly Version[] {
  const where = keyColumns(table).map((column) => `${quoted(column)} = ?`).join(' AND ');
  const read = (name: string, bounds: string): readonly Version[] => {
    const statement = database.prepare(
      `SELECT ${listed(table.columns)}, ${bounds} FROM ${quoted(schema)}.${quoted(name)} WHERE ${where}`,
    );
    statement.setReturnArrays(true);
    return (statement.all(...key) as unknown as Tuple[]).map((row) => ({
      tuple: row.slice(0, -2),
      from: row.at(-2) as number,
      to: (row.at(-1) as number | null) ?? undefined,
    }));
  };
  if (!table.bitemporal) return read(table.name, '0, NULL');
  const all = [...read(pastOf(table), 'known_from, known_to'), ...read(table.name, 'known_from, NULL')];
  return all.sort((a, b) => a.from - b.from);
}

export const rowOf = (columns: readonly string[], tuple: Tuple): Row =>
  Object.fromEntries(columns.map((column, i) => [column, tuple[i] ?? null]));
