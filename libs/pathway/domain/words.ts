import { civilDate, dayInWords, wallClock, type Instant } from '#kernel';
import type { Context } from './context.js';

const isToday = (at: Instant, now: Instant): boolean => civilDate(at) === civilDate(now);

/** `10:02`, with the day where it is another than today's; London time. */
export const moment = (at: Instant, now: Instant): string =>
  isToday(at, now) ? wallClock(at) : `${dayInWords(civilDate(at))} at ${wallClock(at)}`;

/** `at 10:02`, `on 3 March 2011 at 10:02` */
export const when = (at: Instant, now: Instant): string => `${isToday(at, now) ? 'at' : 'on'} ${moment(at, now)}`;

/** The team's name at that time, its id where the directory does not know it. */
export const nameOf = (team: string, context: Context): string => context.team(team, context.now)?.name ?? team;
