import type { Subject } from '../record/subject.js';
import { teamName } from '../record/teams.js';
import { cardPage } from './card.view.js';

export interface Paper {
  readonly href: string;
  readonly text: string;
}

const pageOf =
  ({ journey }: Subject, known = '') =>
  (path: string, text: string): Paper => ({ href: `/journeys/${journey.journeyId}/${path}${known}`, text });

const story = 'What happened, in plain words';

/** What of a journey can be read through and taken along on paper. */
export function papersOf(subject: Subject): readonly Paper[] {
  const to = pageOf(subject);
  return [
    to('story', story),
    ...(cardPage(subject) ? [to('card', 'Card for the person: who looks after them, whom to ring')] : []),
  ];
}

/**
 * The same as known at an earlier moment, and the handovers, whose own pages show them as they are now. There is no card:
 * a person keeps it, and rings the number on it (ADR 0013).
 *
 * @param then as it was known
 * @param address of that moment
 */
export function papersThen(then: Subject, address: string): readonly Paper[] {
  const to = pageOf(then, `?knownAt=${address}`);
  const { identity, journey, now } = then;
  const isNamed = identity !== undefined && !('erased' in identity);
  return [
    to('story', story),
    ...(isNamed
      ? journey.handoffs.map((handoff) =>
          to(`handovers/${handoff.handoffId}/sheet`, `Handover to ${teamName(handoff.to, now)}, to print`),
        )
      : []),
  ];
}
