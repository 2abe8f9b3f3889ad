/** Rows as the engine compares and writes them: values in the order of the table's columns. */
import type { Row, Value } from './definition.js';
import type { TableLayout } from './model-set.js';

export type Tuple = readonly Value[];

/** A row that stands: as its model gave it, as it is written, and its key as one string. */
export interface Kept {
  readonly row: Row;
  readonly tuple: Tuple;
  readonly key: string;
}

/** One row that came, went or changed, and the event that brought it. */
export interface Change {
  readonly table: TableLayout;
  readonly key: string;
  readonly before: Tuple | undefined;
  readonly after: Tuple | undefined;
  readonly ordinal: number;
}

const none: readonly never[] = [];

/**
 * The rows as they are kept. A model that gives a row once more, the same object in the same place, need not have it
 * looked at again.
 *
 * @throws Error where a value does not fit its column: the subject is then quarantined, not written wrong
 */
export function keep(table: TableLayout, rows: readonly Row[] | undefined, before: readonly Kept[]): readonly Kept[] {
  if (!rows || rows.length === 0) return none;
  let isSame = rows.length === before.length;
  const kept = rows.map((row, i) => {
    const earlier = before[i];
    if (earlier?.row === row) return earlier;
    isSame = false;
    const tuple = tupleOf(table, row);
    return { row, tuple, key: keyText(table, tuple) };
  });
  return isSame ? before : kept;
}

/** @throws Error where a value does not fit its column */
export function tupleOf(table: TableLayout, row: Row): Tuple {
  const { columns, types } = table;
  const tuple: Value[] = new Array<Value>(columns.length);
  for (let i = 0; i < columns.length; i++) {
    const value = row[columns[i]!];
    if (!fits(value, types[i]!)) throw new Error(`${table.name}.${columns[i]} cannot hold ${JSON.stringify(value)}`);
    tuple[i] = value;
  }
  for (const place of table.key) {
    if (tuple[place] === null) throw new Error(`${table.name}.${columns[place]} is part of the key and cannot be null`);
  }
  return tuple;
}

function fits(value: Value | undefined, type: TableLayout['types'][number]): value is Value {
  if (value === null) return true;
  if (type === 'text') return typeof value === 'string';
  return type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
}

export const keyOf = (table: TableLayout, tuple: Tuple): Tuple => table.key.map((place) => tuple[place]!);

/** A key as one string; unlike joining, it keeps `a|b` and `a`, `b` apart. */
const keyText = (table: TableLayout, tuple: Tuple): string =>
  table.key.length === 1 ? String(tuple[table.key[0]!]) : JSON.stringify(keyOf(table, tuple));

export function sameTuple(a: Tuple, b: Tuple): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const isSame = (a: Kept, b: Kept): boolean => a === b || sameTuple(a.tuple, b.tuple);

/** What must be written to turn `before` into `after`. @throws Error where two rows have one key */
export function difference(
  table: TableLayout,
  before: readonly Kept[],
  after: readonly Kept[],
  ordinal: number,
): readonly Change[] {
  if (before === after) return none;
  if (before.length === after.length && before.every((kept, i) => isSame(kept, after[i]!))) return none;
  const left = new Map(before.map((kept) => [kept.key, kept]));
  const seen = new Set<string>();
  const changes: Change[] = [];
  for (const kept of after) {
    const { key, tuple } = kept;
    if (seen.has(key)) throw new Error(`two rows of ${table.name} have the key ${key}`);
    seen.add(key);
    const earlier = left.get(key);
    left.delete(key);
    if (!earlier || !isSame(earlier, kept)) changes.push({ table, key, before: earlier?.tuple, after: tuple, ordinal });
  }
  for (const { key, tuple } of left.values()) changes.push({ table, key, before: tuple, after: undefined, ordinal });
  return changes;
}
