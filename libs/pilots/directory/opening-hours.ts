/**
 * Time as the receiver's doors count it: targets run in the receiver's hours (DESIGN 6). Opening times are read on a
 * London clock, day by day, so a day of 23 or 25 hours needs no care of its own.
 */
import { addDays, civilDate, daysBetween, elapsed, londonInstant, plus, type CivilDate, type Instant } from '#kernel';
import { isBankHoliday } from './bank-holidays.js';
import type { OpeningHours, Team } from './team.js';

type WithHours = Pick<Team, 'hours'>;

const A_MONDAY: CivilDate = '2009-01-05';
/** Longer than any team is closed at a stretch. */
const A_YEAR = 366;

const weekday = (day: CivilDate): number => ((daysBetween(A_MONDAY, day) % 7) + 7) % 7;

type Openings = readonly (readonly [Instant, Instant])[];

/** A rebuild asks for the same days again and again; there are few patterns of hours and few days. */
const remembered = new WeakMap<OpeningHours, Map<CivilDate, Openings>>();

/** The openings of one civil day as instants, in order. */
function openingsOn(day: CivilDate, hours: OpeningHours): Openings {
  let days = remembered.get(hours);
  if (!days) remembered.set(hours, (days = new Map()));
  let openings = days.get(day);
  if (!openings) {
    const times = isBankHoliday(day) && !hours.bankHolidays ? [] : (hours.week[weekday(day)] ?? []);
    openings = times.map(([from, to]) => [londonInstant(day, from), londonInstant(day, to)] as const);
    days.set(day, openings);
  }
  return openings;
}

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/**
 * The moment at which the team has been open for `millis` milliseconds since `start`; where that is exactly its
 * closing time, the closing time. `start` itself for 0.
 *
 * @throws RangeError `millis` is negative, or the team does not open for a year
 */
export function addOpeningTime(start: Instant, millis: number, { hours }: WithHours): Instant {
  if (millis < 0) throw new RangeError('opening time is added forwards only');
  if (millis === 0 || hours.always) return plus(start, millis);
  let left = millis;
  let idleDays = 0;
  for (let day = civilDate(start); idleDays <= A_YEAR; day = addDays(day, 1)) {
    idleDays++;
    for (const [opens, closes] of openingsOn(day, hours)) {
      const from = later(opens, start);
      const open = elapsed(from, closes);
      if (open <= 0) continue;
      if (open >= left) return plus(from, left);
      left -= open;
      idleDays = 0;
    }
  }
  throw new RangeError('the team does not open for a year');
}

/** Milliseconds for which the team was open between two moments; negative where `b` is earlier. */
export function openingTimeBetween(a: Instant, b: Instant, team: WithHours): number {
  if (b < a) return 0 - openingTimeBetween(b, a, team);
  if (team.hours.always) return elapsed(a, b);
  let total = 0;
  for (let day = civilDate(a), last = civilDate(b); day <= last; day = addDays(day, 1)) {
    for (const [opens, closes] of openingsOn(day, team.hours)) {
      total += Math.max(0, elapsed(later(opens, a), earlier(closes, b)));
    }
  }
  return total;
}

/** Whether somebody answers at that moment. */
export const isOpenAt = (at: Instant, { hours }: WithHours): boolean =>
  hours.always || openingsOn(civilDate(at), hours).some(([opens, closes]) => opens <= at && at < closes);
