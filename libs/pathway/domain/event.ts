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

/** Whether two payload values, plain JSON, are the same. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
