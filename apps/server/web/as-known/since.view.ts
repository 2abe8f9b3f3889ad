import { responsibleAt } from '#pathway';
import { dateAndTime } from '#web';
import type { Instant, RecordedEvent } from '#kernel';
import { personView, type PersonView } from '../record/person.view.js';
import { responsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { entryTitle, timelineView } from '../record/timeline.view.js';

export interface SinceLine {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string;
  /** What it does to what was known before. */
  readonly changes: readonly string[];
}

/** What has been recorded since a moment. */
export interface SincePage {
  readonly person: PersonView;
  readonly heading: string;
  /** Who was responsible as known then, and who is now. */
  readonly responsible: string;
  /** In the order in which it was learned. */
  readonly entries: readonly SinceLine[];
  readonly then: string;
  readonly today: string;
}

/** @param address of the moment, as it stands in the address of the page as known then */
export function sincePage(then: Subject, today: Subject, address: string): SincePage {
  const { journey, record, identity, now } = today;
  const known = new Set(then.entries.map(({ eventId }) => eventId));
  const told = new Map(timelineView(today).entries.map((entry) => [entry.id, entry]));
  return {
    person: personView(record, identity, now),
    heading: `What has been recorded since ${dateAndTime(then.now)}`,
    responsible: responsibleWords(then, today),
    entries: today.entries.flatMap((recorded): readonly SinceLine[] => {
      const entry = told.get(recorded.eventId);
      if (!entry || known.has(recorded.eventId)) return [];
      const { id, title, lines, at, by } = entry;
      return [
        { id, title, lines, at, by, recordedAt: recorded.recordedAt, changes: changesOf(recorded, at, then, today) },
      ];
    }),
    then: `/journeys/${journey.journeyId}?knownAt=${address}`,
    today: `/journeys/${journey.journeyId}`,
  };
}

/** A correction or a late entry changes what is known of the past, never what was known then (DESIGN 5). */
function changesOf({ data, type }: RecordedEvent, at: Instant, then: Subject, today: Subject): readonly string[] {
  const { entry, entries = entry === undefined ? [] : [entry] } = data as { entry?: string; entries?: string[] };
  const about = then.entries.filter(({ eventId }) => entries.includes(eventId));
  const what = type === 'EntryCorrected' ? 'Puts right' : 'No longer counts';
  const touches = type === 'EntryCorrected' || type === 'EntryMarkedInError' || type === 'EntriesMovedOut';
  return [
    ...(touches
      ? about.map((one) => `${what}: ${entryTitle(today, one)}, entered ${dateAndTime(one.recordedAt)}.`)
      : []),
    ...(at <= then.now ? ['It had happened by then, and was not known yet.'] : []),
  ];
}

function responsibleWords(then: Subject, today: Subject): string {
  const [before, after] = [then, today].map(({ record, journey, principal, now }) =>
    responsibleView(responsibleAt(record, journey.journeyId, now), principal.teams, now),
  ) as [ReturnType<typeof responsibleView>, ReturnType<typeof responsibleView>];
  const held = ({ kind, headline }: typeof before): string =>
    kind === 'team' ? `${headline} was responsible` : headline.charAt(0).toLowerCase() + headline.slice(1);
  return before.headline === after.headline
    ? `As known then, ${held(before)}. That is so now, too.`
    : `As known then, ${held(before)}. As known now: ${after.headline}.`;
}
