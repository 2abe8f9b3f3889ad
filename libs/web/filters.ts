import { civilDate, elapsed, wallClock, type Instant } from '#kernel';
import { freshnessWords } from './freshness.js';
import { dateAndTime, longDate, weekdayDate } from './dates.js';

/** `22 minutes`, `3 hours 5 minutes`, `4 days`: how long something took or has waited. */
export function duration(millis: number): string {
  const count = (n: number, word: string) => `${n.toLocaleString('en-GB')} ${word}${n === 1 ? '' : 's'}`;
  const wholeMinutes = Math.round(Math.abs(millis) / 60_000);
  if (wholeMinutes < 1) return 'less than a minute';
  if (wholeMinutes < 60) return count(wholeMinutes, 'minute');
  const wholeHours = Math.floor(wholeMinutes / 60);
  const rest = wholeMinutes % 60;
  if (wholeHours < 24)
    return rest ? `${count(wholeHours, 'hour')} ${count(rest, 'minute')}` : count(wholeHours, 'hour');
  const days = Math.floor(wholeHours / 24);
  return days < 3 && wholeHours % 24 ? `${count(days, 'day')} ${count(wholeHours % 24, 'hour')}` : count(days, 'day');
}

/** `1 h 28 min`, `4 days`: for the columns of a table. */
export const shortDuration = (millis: number): string =>
  duration(millis)
    .replace(/ hours?/, ' h')
    .replace(/ minutes?/, ' min')
    .replace('less than a minute', 'under 1 min');

/** `943 476 5919`: shown 3-3-4 (NHS design system). */
export const nhsNumber = (digits: string): string => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');

export const filters = {
  freshnessWords,
  longDate,
  weekdayDate,
  dateAndTime,
  civilDate,
  wallClock,
  duration,
  nhsNumber,
  since: (from: Instant, now: Instant) => duration(elapsed(from, now)),
  number: (value: number) => value.toLocaleString('en-GB'),
};
