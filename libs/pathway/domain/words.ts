import { civilDate, wallClock, type CivilDate, type Instant } from '#kernel';
import type { Context } from './context.js';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `21 November 2026` */
export const dayInWords = (day: CivilDate): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** `at 10:02`, with the day where it is another than today's; London time. */
export const when = (at: Instant, now: Instant): string =>
  civilDate(at) === civilDate(now) ? `at ${wallClock(at)}` : `on ${dayInWords(civilDate(at))} at ${wallClock(at)}`;

/** The team's name at that time, its id where the directory does not know it. */
export const nameOf = (team: string, context: Context): string => context.team(team, context.now)?.name ?? team;
