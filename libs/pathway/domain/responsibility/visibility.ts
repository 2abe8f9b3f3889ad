import type { Instant } from '#kernel';
import { isOpen, type Handoff } from '../handoff/state.js';
import { movesFrom } from '../record/moves.js';
import type { PersonRecord } from '../record/state.js';
import { responsibilityTimeline } from './responsibility.js';

/**
 * What an organisation may see of a journey. Before it accepts, a receiver sees the offer and nothing else; after it
 * declined, or the offer ended otherwise, it sees nothing new: the offer as it stood at `until` (SCENARIOS).
 */
export type View =
  | { readonly kind: 'journey' }
  | { readonly kind: 'offers'; readonly offers: readonly { readonly handoffId: string; readonly until?: Instant }[] }
  | { readonly kind: 'none' };

const endOf = ({ declined, withdrawn, lapsed, stopped, dispute, offered }: Handoff): Instant =>
  (declined ?? withdrawn ?? lapsed ?? stopped ?? dispute?.resolved ?? offered).at;

/** @param at the moment of looking */
export function viewOf(record: PersonRecord, journeyId: string, organisation: string, at: Instant): View {
  const journey = record.journeys[journeyId];
  if (!journey) return { kind: 'none' };
  const { referral, handoffs } = journey;
  const isAsked = referral?.status !== 'declined' && referral?.to.organisation === organisation;
  const hasPart = handoffs.some(
    ({ from, to, status, dispute }) =>
      from.organisation === organisation ||
      (to.organisation === organisation && (status === 'accepted' || (dispute !== undefined && !dispute.resolved))),
  );
  const held = responsibilityTimeline(record, journeyId, at).some(
    (period) => period.kind === 'team' && period.team.organisation === organisation,
  );
  const moved = movesFrom(record, journey).some(({ by }) => by === organisation);
  if (isAsked || hasPart || held || moved) return { kind: 'journey' };
  const offers = handoffs
    .filter(({ to }) => to.organisation === organisation)
    .map((handoff) => ({ handoffId: handoff.handoffId, ...(!isOpen(handoff) && { until: endOf(handoff) }) }));
  return offers.length > 0 ? { kind: 'offers', offers } : { kind: 'none' };
}
