import { civilDate, isCivilDate, isInstant, londonInstant, wallClock, type Instant } from '#kernel';
import type { Visits } from '#access';
import { dateAndTime } from '#web';
import type { PageRequest } from '../visitor.js';

/**
 * When this member of staff was last here before this session, by the engine's clock; undefined on a first visit.
 */
export const lastHere = ({ visitor: { session } }: PageRequest, visits: Visits): Promise<Instant | undefined> =>
  visits.before(session.principal.actor.staff, session.startedAt);

/**
 * Once the page was shown. Browsers that fetch ahead, and pages that bring themselves up to date, are nobody who
 * looks.
 */
export async function noteVisit({ visitor: { session }, headers }: PageRequest, visits: Visits, now: Instant): Promise<void> {
  const ahead = headers['sec-purpose'] ?? headers['purpose'];
  if (ahead === undefined && headers['x-live-refresh'] === undefined)
    await visits.note(session.principal.actor.staff, session.startedAt, now);
}

/** An instant, or day and time on a London clock as a browser's field sends them. */
export function momentIn(text = ''): Instant | undefined {
  const [day, time] = text.split('T');
  if (isInstant(text)) return text;
  return isCivilDate(day) && /^([01]\d|2[0-3]):[0-5]\d$/u.test(time ?? '') ? londonInstant(day, time) : undefined;
}

/** As such a field takes it. */
export const momentField = (at: Instant): string => `${civilDate(at)}T${wallClock(at)}`;

/** `today at 07:30`, or with its day. */
export const sinceWords = (at: Instant, now: Instant): string =>
  civilDate(at) === civilDate(now) ? `today at ${wallClock(at)}` : `on ${dateAndTime(at)}`;
