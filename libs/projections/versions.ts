/** All versions that one subject's rows ever had, out of its changes: for bulk builds and for replaying one key. */
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { ModelLayout, SubjectKind, TableLayout } from './model-set.js';
import { keyOf, type Change, type Tuple } from './rows.js';
import { Subject } from './subject.js';

export interface Versions {
  readonly table: TableLayout;
  /** Rows as they stand, each with the ordinal since when. */
  readonly open: readonly { readonly tuple: Tuple; readonly from: number }[];
  /** Earlier versions of a bitemporal table: from inclusive, to exclusive. */
  readonly past: readonly { readonly tuple: Tuple; readonly from: number; readonly to: number }[];
}

export interface Folded {
  readonly subject: Subject;
  readonly changes: readonly Change[];
}

export function foldWhole(id: string, kind: SubjectKind, registry: EventRegistry, events: readonly RecordedEvent[]): Folded {
  const subject = new Subject(id, kind, registry);
  return { subject, changes: subject.advance(events) };
}

export function versionsOf({ subject, changes }: Folded, model: ModelLayout): readonly Versions[] {
  const standing = subject.rowsOf(model);
  return model.tables.map((table, t) => {
    const past: Versions['past'][number][] = [];
    if (table.bitemporal) {
      for (const change of changes) {
        if (change.table !== table || !change.before) continue;
        past.push({ tuple: change.before, from: change.since, to: change.ordinal });
      }
    }
    return { table, open: standing[t]!, past };
  });
}

/**
 * Keys of every row that the subject ever had in a model's tables, by table. Kept while the subject is in
 * quarantine: mended code may yield other keys, and the rows of the old ones have to go.
 */
export function keysOf({ changes }: Folded, model: ModelLayout): Readonly<Record<string, readonly Tuple[]>> {
  return Object.fromEntries(
    model.tables.map((table) => {
      const keys = new Map<string, Tuple>();
      for (const { table: changed, key, after } of changes) {
        if (changed === table && after) keys.set(key, keyOf(table, after));
      }
      return [table.name, [...keys.values()]];
    }),
  );
}
