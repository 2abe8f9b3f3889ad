import type { HandoverView } from '../record/handover.view.js';
import type { Subject } from '../record/subject.js';
import { journeyPage, type JourneyPage } from '../journey/journey.view.js';
import { papersThen, type Paper } from '../print/papers.js';
import { knownFrame, withoutHours, type KnownFrame } from './frame.js';

/** The page of a journey as it was known once: the same words, and nothing to be done on it. */
export interface AsKnownPage extends Omit<JourneyPage, 'steps' | 'others' | 'waiting' | 'earlier'>, KnownFrame {
  readonly waiting: readonly HandoverView[];
  readonly earlier: readonly HandoverView[];
  /** To read and to print, as known at the same moment. */
  readonly papers: readonly Paper[];
}

/**
 * @param then as it was known
 * @param today as it is known now
 */
export function asKnownPage(then: Subject, today: Subject): AsKnownPage {
  const { steps: _, others: __, responsible, timeline, waiting, earlier, orders, ...page } = journeyPage(then, []);
  const known = knownFrame(then, today);
  return {
    ...page,
    ...known,
    responsible: withoutHours(responsible),
    waiting: waiting.map(withoutLink),
    earlier: earlier.map(withoutLink),
    orders: orders.map((order) => ({ ...order, steps: [] })),
    timeline: {
      ...timeline,
      entries: timeline.entries.map((entry) => ({ ...entry, correct: null, elsewhere: null })),
    },
    papers: papersThen(then, known.address),
  };
}

/** The page of a handover shows it as it is now. */
const withoutLink = ({ href: _, ...view }: JourneyPage['waiting'][number]): HandoverView => view;
