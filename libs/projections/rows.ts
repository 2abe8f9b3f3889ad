/** Rows as the engine compares and writes them: values in the order of the table's columns. */
import type { Row, Value } from './definition.js';
import type { TableLayout } from './model-set.js';

export type Tuple = readonly Value[];

/** A row that stands: as its model gave it, as it is written, its key as one string, and the ordinal that brought it. */
export interface Kept {
  readonly row: Row;
  readonly tuple: Tuple;
  readonly key: string;
  /** Right where every version counts; else some later ordinal. */
  readonly from: number;
}

/** One row that came, went or changed, and the event that brought it. */
export interface Change {
  readonly table: TableLayout;
  readonly key: string;
  readonly before: Tuple | undefined;
  /** The ordinal that had brought what stood before; 0 where nothing did. */
  readonly since: number;
  readonly after: Tuple | undefined;
  readonly ordinal: number;
}

const none: readonly never[] = [];

/**
 * The rows as they are kept. A model that gives a row once more, the same object in the same place, need not have it
 * looked at again; one that says the same as before stands since then.
 *
 * @throws Error where a value does not fit its column: the subject is then quarantined, not written wrong
 */
export function keep(
  table: TableLayout,
  rows: readonly Row[] | undefined,
  before: readonly Kept[],
  ordinal: number,
): readonly Kept[] {
  if (!rows || rows.length === 0) return none;
  let isSame = rows.length === before.length;
  let byKey: Map<string, Kept> | undefined;
  const kept = new Array<Kept>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const there = before[i];
    if (there?.row === row) {
      kept[i] = there;
      continue;
    }
    isSame = false;
    const tuple = tupleOf(table, row);
    const key = keyText(table, tuple);
    if (before.length > 0 && there?.key !== key) byKey ??= new Map(before.map((known) => [known.key, known]));
    const earlier = there?.key === key ? there : byKey?.get(key);
    kept[i] = earlier && sameTuple(earlier.tuple, tuple) ? { ...earlier, row } : { row, tuple, key, from: ordinal };
  }
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

const isSame = (a: Kept, b: Kept): boolean => a.tuple === b.tuple || sameTuple(a.tuple, b.tuple);

/** Adds what must be written to turn `before` into `after`. @throws Error where two rows have one key */
export function difference(
  table: TableLayout,
  before: readonly Kept[],
  after: readonly Kept[],
  ordinal: number,
  changes: Change[],
): void {
  if (before === after) return;
  const note = (earlier: Kept | undefined, kept: Kept | undefined) =>
    changes.push({
      table,
      key: (kept ?? earlier)!.key,
      before: earlier?.tuple,
      since: earlier?.from ?? 0,
      after: kept?.tuple,
      ordinal,
    });
  // Most rows are where they were.
  let placed = 0;
  for (; placed < after.length && after[placed]!.key === before[placed]?.key; placed++) {
    if (!isSame(before[placed]!, after[placed]!)) note(before[placed], after[placed]);
  }
  if (placed === after.length && placed === before.length) return;
  const left = new Map<string, Kept>();
  for (let i = placed; i < before.length; i++) left.set(before[i]!.key, before[i]!);
  const seen = new Set<string>();
  for (let i = 0; i < placed; i++) seen.add(after[i]!.key);
  for (let i = placed; i < after.length; i++) {
    const kept = after[i]!;
    if (seen.has(kept.key)) throw new Error(`two rows of ${table.name} have the key ${kept.key}`);
    seen.add(kept.key);
    const earlier = left.get(kept.key);
    left.delete(kept.key);
    if (!earlier || !isSame(earlier, kept)) note(earlier, kept);
  }
  for (const gone of left.values()) note(gone, undefined);
}
