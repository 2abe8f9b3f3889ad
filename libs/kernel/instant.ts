/**
 * Instants are strings, always `YYYY-MM-DDTHH:mm:ss.sssZ` in UTC: fixed width, so comparing the text compares
 * the time. The domain never touches `Date`; it receives instants and does arithmetic through this file.
 */
export type Instant = string;

/** How exactly the moment of care is known. A clock in hours refuses `day` (DESIGN 5). */
export type Precision = 'day' | 'minute' | 'second';

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

/** Milliseconds since 1970-01-01T00:00Z. */
export const toMillis = (instant: Instant): number => Date.parse(instant);

/** @throws RangeError when `millis` is outside what a date can hold. */
export const fromMillis = (millis: number): Instant => new Date(millis).toISOString();

export const plus = (instant: Instant, millis: number): Instant => fromMillis(toMillis(instant) + millis);

/** Elapsed milliseconds; negative where `to` lies before `from`. */
export const elapsed = (from: Instant, to: Instant): number => toMillis(to) - toMillis(from);

/** True for an instant in our fixed form that names a day that exists (31 February is refused). */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !shape.test(value)) return false;
  const millis = Date.parse(value);
  return !Number.isNaN(millis) && new Date(millis).toISOString() === value;
}

export const earliest = (a: Instant, b: Instant): Instant => (a <= b ? a : b);
export const latest = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
