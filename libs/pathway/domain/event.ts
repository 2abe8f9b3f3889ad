import type { Instant, Precision } from '#kernel';
import type { PathwayEventType } from './events.js';
import type { DataOf } from './record/event.js';

interface Moment {
  readonly occurredAt?: Instant;
  readonly precision?: Precision;
}

/** A decided event; `moment` where it differs from the command's own. */
export const happened = <T extends PathwayEventType>(type: T, data: DataOf<T>, moment: Moment = {}) => ({
  type,
  data,
  ...moment,
});

/** The fields that are given. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/**
 * The same entries and this one. Assigned to the copy, because a computed key in an object literal costs V8 several
 * times as much, and folds do it with every event.
 */
export function withEntry<T>(entries: Readonly<Record<string, T>>, key: string, value: T): Readonly<Record<string, T>> {
  const after: Record<string, T> = { ...entries };
  after[key] = value;
  return after;
}

/** Whether two payload values, plain JSON, are the same. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
