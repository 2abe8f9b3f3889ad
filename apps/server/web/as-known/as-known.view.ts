import type { Instant } from '#kernel';
import { dateAndTime } from '#web';
import type { HandoverView } from '../record/handover.view.js';
import type { ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { journeyPage, type JourneyPage } from '../journey/journey.view.js';
import { momentControl, type MomentControl } from './control.js';
import { addressOf, momentsOf, type Moment } from './moments.js';

/** The page of a journey as it was known once: the same words, and nothing to be done on it. */
export interface AsKnownPage extends Omit<JourneyPage, 'steps' | 'others' | 'waiting' | 'earlier'> {
  readonly waiting: readonly HandoverView[];
  readonly earlier: readonly HandoverView[];
  readonly at: Instant;
  readonly heading: string;
  readonly control: MomentControl;
  /** How many entries were recorded since; they stand on a page of their own. */
  readonly later: number;
  readonly since: string;
  readonly today: string;
}

/** The last moment that is not after the one shown. */
export const shownMoment = (moments: readonly Moment[], then: Subject): number =>
  moments.findLastIndex(({ entries }) => entries.every(({ eventId }) => isIn(then, eventId)));

const isIn = ({ entries }: Subject, id: string): boolean => entries.some(({ eventId }) => eventId === id);

/**
 * @param then as it was known
 * @param today as it is known now
 */
export function asKnownPage(then: Subject, today: Subject): AsKnownPage {
  const { steps: _, others: __, responsible, timeline, waiting, earlier, orders, ...page } = journeyPage(then, []);
  const moments = momentsOf(today);
  const shown = shownMoment(moments, then);
  const address = `/journeys/${then.journey.journeyId}`;
  return {
    ...page,
    responsible: withoutHours(responsible),
    waiting: waiting.map(withoutLink),
    earlier: earlier.map(withoutLink),
    orders: orders.map((order) => ({ ...order, steps: [] })),
    timeline: { ...timeline, entries: timeline.entries.map((entry) => ({ ...entry, correct: null, elsewhere: null })) },
    at: then.now,
    heading: `As known on ${dateAndTime(then.now)}`,
    control: momentControl(today, shown),
    later: today.entries.length - then.entries.length,
    since: `${address}/since?knownAt=${addressOf(moments[shown]!)}`,
    today: address,
  };
}

/** The page of a handover shows it as it is now. */
const withoutLink = ({ href: _, ...view }: JourneyPage['waiting'][number]): HandoverView => view;

/** Whether a team was open then helps nobody who rings now. */
const withoutHours = (responsible: ResponsibleView): ResponsibleView => {
  if (!responsible.team) return responsible;
  const { hours: _, openNow: __, ...team } = responsible.team;
  return { ...responsible, team };
};
