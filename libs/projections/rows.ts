/** Rows as the engine compares and writes them: values in the order of the table's columns. */
import type { Row, Value } from './definition.js';
import type { TableLayout } from './model-set.js';

export type Tuple = readonly Value[];

/** One row that came, went or changed, and the event that brought it. */
export interface Change {
  readonly table: TableLayout;
  readonly before: Tuple | undefined;
  readonly after: Tuple | undefined;
  readonly ordinal: number;
}

const none: readonly Tuple[] = [];

/** @throws Error where a value does not fit its column: the subject is then quarantined, not written wrong */
export function tuplesOf(table: TableLayout, rows: readonly Row[] | undefined): readonly Tuple[] {
  if (!rows || rows.length === 0) return none;
  const { columns, types } = table;
  const tuples: Tuple[] = [];
  for (const row of rows) {
    const tuple: Value[] = new Array<Value>(columns.length);
    for (let i = 0; i < columns.length; i++) {
      const value = row[columns[i]!];
      if (!fits(value, types[i]!)) throw new Error(`${table.name}.${columns[i]} cannot hold ${JSON.stringify(value)}`);
      tuple[i] = value;
    }
    for (const place of table.key) {
      if (tuple[place] === null) throw new Error(`${table.name}.${columns[place]} is part of the key and cannot be null`);
    }
    tuples.push(tuple);
  }
  return tuples;
}

function fits(value: Value | undefined, type: TableLayout['types'][number]): value is Value {
  if (value === null) return true;
  if (type === 'text') return typeof value === 'string';
  return type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
}

export const keyOf = (table: TableLayout, tuple: Tuple): Tuple => table.key.map((place) => tuple[place]!);

/** A key as one string; unlike joining, it keeps `a|b` and `a`, `b` apart. */
export const keyText = (table: TableLayout, tuple: Tuple): string =>
  table.key.length === 1 ? String(tuple[table.key[0]!]) : JSON.stringify(keyOf(table, tuple));

export function sameTuple(a: Tuple, b: Tuple): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What must be written to turn `before` into `after`. @throws Error where two rows have one key */
export function difference(
  table: TableLayout,
  before: readonly Tuple[],
  after: readonly Tuple[],
  ordinal: number,
): readonly Change[] {
  if (before.length === after.length && before.every((tuple, i) => sameTuple(tuple, after[i]!))) return [];
  const left = new Map(before.map((tuple) => [keyText(table, tuple), tuple]));
  const seen = new Set<string>();
  const changes: Change[] = [];
  for (const tuple of after) {
    const key = keyText(table, tuple);
    if (seen.has(key)) throw new Error(`two rows of ${table.name} have the key ${key}`);
    seen.add(key);
    const earlier = left.get(key);
    left.delete(key);
    if (!earlier || !sameTuple(earlier, tuple)) changes.push({ table, before: earlier, after: tuple, ordinal });
  }
  for (const tuple of left.values()) changes.push({ table, before: tuple, after: undefined, ordinal });
  return changes;
}
