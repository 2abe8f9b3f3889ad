import type { RecordedEvent } from '#kernel';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';
import { isOpen, type Handoff } from './state.js';

/** Offers that wait for an answer end here, without one; the denominator keeps them (scenario 4). */
export function stopOffers(
  journey: Journey,
  event: RecordedEvent,
  why: NonNullable<Handoff['stopped']>['why'],
): Journey {
  if (!journey.handoffs.some(isOpen)) return journey;
  const stopped = { ...markOf(event), why };
  return {
    ...journey,
    handoffs: journey.handoffs.map((handoff) =>
      isOpen(handoff) ? { ...handoff, status: 'stopped', stopped } : handoff,
    ),
  };
}
