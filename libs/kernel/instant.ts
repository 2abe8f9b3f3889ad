/**
 * Instants are strings, always `YYYY-MM-DDTHH:mm:ss.sssZ` in UTC: fixed width, so comparing the text compares
 * the time. The domain never touches `Date`; it receives instants and does arithmetic through this file.
 */
export type Instant = string;

/** How exactly the moment of care is known. A clock in hours refuses `day` (DESIGN 5). */
export type Precision = 'day' | 'minute' | 'second';

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const seconds = (n: number): number => n * 1_000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

const pair = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** After this many the calendar begins again. */
const CYCLE_YEARS = 400;
const CYCLE = 146_097 * 24 * 3_600_000;

/** Milliseconds since 1970-01-01T00:00Z. Reads the fixed places of our form, three times as fast as `Date.parse`. */
export const toMillis = (instant: Instant): number =>
  Date.UTC(
    // Moved on, because `Date.UTC` takes a year below 100 for one of the twentieth century.
    pair(instant, 0) * 100 + pair(instant, 2) + CYCLE_YEARS, pair(instant, 5) - 1, pair(instant, 8),
    pair(instant, 11), pair(instant, 14), pair(instant, 17), pair(instant, 20) * 10 + instant.charCodeAt(22) - 48,
  ) - CYCLE;

/** @throws RangeError when `millis` is outside what a date can hold. */
export const fromMillis = (millis: number): Instant => new Date(millis).toISOString();

export const plus = (instant: Instant, millis: number): Instant => fromMillis(toMillis(instant) + millis);

/** Elapsed milliseconds; negative where `to` lies before `from`. */
export const elapsed = (from: Instant, to: Instant): number =>
  from === to ? 0 : toMillis(to) - toMillis(from);

/** True for an instant in our fixed form that names a day that exists (31 February is refused). */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !shape.test(value)) return false;
  const millis = Date.parse(value);
  return !Number.isNaN(millis) && new Date(millis).toISOString() === value;
}

export const earliest = (a: Instant, b: Instant): Instant => (a <= b ? a : b);
export const latest = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
