import type { Instant } from '#kernel';
import { contentsAt, isOpen, type Handoff } from '../handoff/state.js';

const endOf = ({ declined, withdrawn, lapsed, stopped, dispute, offered }: Handoff): Instant =>
  (declined ?? withdrawn ?? lapsed ?? stopped ?? dispute?.resolved ?? offered).at;

/**
 * An offer as a receiver goes on seeing it who has not taken over: once it has ended for them, what it said until then
 * (SCENARIOS: nothing new after declining).
 */
export function asReceiverSees(handoff: Handoff): Handoff {
  if (isOpen(handoff) || handoff.revisions.length === 0) return handoff;
  const until = endOf(handoff);
  return {
    ...handoff,
    contents: contentsAt(handoff, until),
    revisions: handoff.revisions.filter(({ at }) => at <= until),
  };
}
