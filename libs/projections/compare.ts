/** Where two generations differ. Works inside the database, on tables whose digests differ. */
import type { Row } from './definition.js';
import type { Ask } from './generations.js';
import type { TableLayout } from './model-set.js';
import type { Tuple } from './rows.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from './sql.js';

/** One version of a row: from inclusive, to exclusive, open where `to` is undefined. */
export interface Version {
  readonly tuple: Tuple;
  readonly from: number;
  readonly to: number | undefined;
}

/** Keys of rows that differ between two schemas, past rows included. */
export function differingKeys(ask: Ask, table: TableLayout, here: string, there: string): Promise<readonly Tuple[]> {
  const key = listed(keyColumns(table));
  const differing = (name: string, columns: readonly string[]) => {
    const rows = (schema: string) => `SELECT ${listed(columns)} FROM ${quoted(schema)}.${quoted(name)}`;
    const only = (one: string, other: string) => `SELECT ${key} FROM (${rows(one)} EXCEPT ${rows(other)}) AS only_here`;
    return [only(here, there), only(there, here)];
  };
  const open = differing(table.name, storedColumns(table));
  const past = table.bitemporal ? differing(pastOf(table), storedColumns(table, true)) : [];
  return ask([...open, ...past].join(' UNION '));
}

/** All versions of the row with that key, oldest first. */
export async function versionsByKey(ask: Ask, schema: string, table: TableLayout, key: Tuple): Promise<readonly Version[]> {
  const where = keyColumns(table).map((column) => `${quoted(column)} = ?`).join(' AND ');
  const read = async (name: string, bounds: string): Promise<readonly Version[]> => {
    const rows = await ask(`SELECT ${listed(table.columns)}, ${bounds} FROM ${quoted(schema)}.${quoted(name)} WHERE ${where}`, key);
    return rows.map((row) => ({ tuple: row.slice(0, -2), from: row.at(-2) as number, to: (row.at(-1) as number | null) ?? undefined }));
  };
  if (!table.bitemporal) return read(table.name, '0, NULL');
  const all = [...(await read(pastOf(table), 'known_from, known_to')), ...(await read(table.name, 'known_from, NULL'))];
  return all.sort((a, b) => a.from - b.from);
}

export const rowOf = (columns: readonly string[], tuple: Tuple): Row =>
  Object.fromEntries(columns.map((column, i) => [column, tuple[i] ?? null]));
