/**
 * Civil dates of Europe/London. All day-counting uses them (FACTS 3): a day of 23 or 25 hours is one day, so days
 * are never hours divided by 24.
 *
 * The United Kingdom changes its clocks at 01:00 UTC on the last Sundays of March and October (since 1996; the
 * Summer Time Order 2002). The rule is computed here because asking Intl costs a hundred times more and a rebuild
 * asks a million times; the test holds this against Intl for every hour around each change from 1996 to 2040.
 */
import { fromMillis, toMillis, type Instant } from './instant.js';

/** `YYYY-MM-DD` */
export type CivilDate = string;

const DAY = 86_400_000;
const HOUR = 3_600_000;

const lastSundayAtOne = (year: number, month: number): number => {
  const lastDay = Date.UTC(year, month + 1, 0);
  return lastDay - new Date(lastDay).getUTCDay() * DAY + HOUR;
};

const MARCH = 2;
const OCTOBER = 9;

const isSummer = (millis: number): boolean => {
  const date = new Date(millis);
  const month = date.getUTCMonth();
  if (month !== MARCH && month !== OCTOBER) return month > MARCH && month < OCTOBER;
  return millis >= lastSundayAtOne(date.getUTCFullYear(), month) === (month === MARCH);
};

/** Milliseconds that London is ahead of UTC at that moment: 0 or 3,600,000. */
export const londonOffset = (instant: Instant): number => (isSummer(toMillis(instant)) ? HOUR : 0);

/** The civil date in London at that moment: that of UTC, but in the last hour of a day in summer. */
export const civilDate = (instant: Instant): CivilDate =>
  instant.startsWith('23', 11)
    ? fromMillis(toMillis(instant) + londonOffset(instant)).slice(0, 10)
    : instant.slice(0, 10);

/** Wall-clock time in London, `HH:mm`. */
export const wallClock = (instant: Instant): string =>
  fromMillis(toMillis(instant) + londonOffset(instant)).slice(11, 16);

/**
 * The instant at which a London wall clock shows this date and time. A time that the spring change skips is read
 * as the hour after; one that autumn repeats is read as its first occurrence.
 */
export function londonInstant(date: CivilDate, time = '00:00'): Instant {
  const asUtc = Date.parse(`${date}T${time}:00.000Z`);
  return fromMillis(isSummer(asUtc - HOUR) ? asUtc - HOUR : asUtc);
}

/** Whole civil days from `a` to `b`; negative where `b` is earlier. */
export const daysBetween = (a: CivilDate, b: CivilDate): number =>
  Math.round((Date.parse(`${b}T00:00:00.000Z`) - Date.parse(`${a}T00:00:00.000Z`)) / DAY);

export const addDays = (date: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10);

export function isCivilDate(value: unknown): value is CivilDate {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const millis = Date.parse(`${value}T00:00:00.000Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(value);
}

const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
];

/** `2026-11-21` → `21 November 2026`, as screens and refusals say it. */
export const dayInWords = (day: CivilDate): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
