/** The moments at which something was recorded of a person, as far as a journey knows of them (DESIGN 5). */
import { isInstant, type Instant, type RecordedEvent } from '#kernel';
import type { KnownAt } from '../../api/journey.js';
import { entryTitle } from '../record/timeline.view.js';
import type { Subject } from '../record/subject.js';
import { dateAndTime } from '#web';

/** What was written down together; from here on it was known. */
export interface Moment {
  /** The running maximum of the times of recording: a clock that was set back takes no knowledge away. */
  readonly at: Instant;
  /** Of its last entry; 0 where the store does not count. */
  readonly ordinal: number;
  readonly entries: readonly RecordedEvent[];
}

/** In the order in which it was learned, from the journey's own first entry on. Never empty. */
export function momentsOf({ entries, journey }: Pick<Subject, 'entries' | 'journey'>): readonly Moment[] {
  const first = entries.findIndex(({ stream }) => stream === `journey-${journey.journeyId}`);
  const before = entries.slice(0, first).reduce((at, { recordedAt }) => (recordedAt > at ? recordedAt : at), '');
  const moments: Moment[] = [];
  for (const entry of entries.slice(first)) {
    const last = moments.at(-1);
    const known = last?.at ?? before;
    if (last && entry.recordedAt <= last.at)
      moments[moments.length - 1] = { ...last, ordinal: entry.ordinal, entries: [...last.entries, entry] };
    else
      moments.push({
        at: entry.recordedAt > known ? entry.recordedAt : known,
        ordinal: entry.ordinal,
        entries: [entry],
      });
  }
  return moments;
}

/** Stands in the address of the page as known then. */
export const addressOf = ({ at, ordinal }: Moment): string => (ordinal > 0 ? String(ordinal) : at);

export const knownAtOf = ({ at, ordinal }: Moment): KnownAt => ({ moment: at, ordinal });

/** `1 March 2011 at 08:05: Handover offered to Brixham Home Care, and 1 more` */
export function momentWords(subject: Subject, { at, entries }: Moment): string {
  const [first, ...others] = entries.filter(({ type }) => type !== 'PersonRegistered');
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `${dateAndTime(at)}${first ? `: ${entryTitle(subject, first)}${more}` : ''}`;
}

/** An ordinal or an instant out of the address; undefined where it is neither. */
export function askedMoment(text: string): { readonly ordinal: number } | { readonly moment: Instant } | undefined {
  if (/^\d{1,15}$/.test(text)) return { ordinal: Number(text) };
  return isInstant(text) ? { moment: text } : undefined;
}
