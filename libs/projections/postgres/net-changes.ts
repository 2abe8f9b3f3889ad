/**
 * What a batch's changes of one table come to, row by row, so that a handful of statements write them all: the tables
 * afterwards are as if every change had been written alone, in order.
 */
import type { TableLayout } from '../model-set.js';
import { keyOf, type Change, type Tuple } from '../rows.js';

export interface NetChanges {
  /** Keys of rows that stood before the batch, each with the ordinal that ended them. */
  readonly archived: readonly Tuple[];
  /** Versions that came and went within the batch. */
  readonly past: readonly Tuple[];
  readonly removed: readonly Tuple[];
  readonly replaced: readonly Tuple[];
  readonly inserted: readonly Tuple[];
}

interface Line {
  readonly first: Change;
  last: Change;
}

export function netChanges(table: TableLayout, changes: readonly Change[]): NetChanges {
  const archived: Tuple[] = [];
  const past: Tuple[] = [];
  const inserted: Tuple[] = [];
  const lines = new Map<string, Line>();
  for (const change of inOrder(table, changes)) {
    const line = lines.get(change.key);
    if (table.bitemporal && change.before) {
      if (!line) archived.push([...keyOf(table, change.before), change.ordinal]);
      else past.push([...change.before, line.last.ordinal, change.ordinal]);
    }
    // Two subjects yield one row: both are written, and the unique index says so.
    if (line?.last.after && !change.before) inserted.push(stored(table, line.last));
    if (line) line.last = change;
    else lines.set(change.key, { first: change, last: change });
  }
  const removed: Tuple[] = [];
  const replaced: Tuple[] = [];
  for (const { first, last } of lines.values()) {
    if (!last.after) {
      if (first.before) removed.push(keyOf(table, first.before));
    } else (first.before ? replaced : inserted).push(stored(table, last));
  }
  return { archived, past, removed, replaced, inserted };
}

/** Removals go first, where versions are kept those of the same event: a row may move from one subject to another. */
function inOrder(table: TableLayout, changes: readonly Change[]): readonly Change[] {
  const removalsFirst = (a: Change, b: Change) => Number(a.after !== undefined) - Number(b.after !== undefined);
  return changes.toSorted(table.bitemporal ? (a, b) => a.ordinal - b.ordinal || removalsFirst(a, b) : removalsFirst);
}

const stored = (table: TableLayout, { after, ordinal }: Change): Tuple => (table.bitemporal ? [...after!, ordinal] : after!);
