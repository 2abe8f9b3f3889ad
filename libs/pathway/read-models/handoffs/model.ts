import { boundary } from '#kernel';
import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { answeredBeforeEscalation } from '../../domain/handoff/clocks.js';
import { isDisputed, isOpen, needsAction, type Handoff } from '../../domain/handoff/state.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';

/** One row a handoff: one offer and everything that was answered. Moments are instants, null where there is none. */
export const handoffs = {
  name: 'handoff',
  columns: {
    handoff: 'text',
    journey: 'text',
    person: 'text',
    pilot: 'text',
    episode: 'text',
    attempt: 'integer',
    from_team: 'text',
    from_organisation: 'text',
    from_sector: 'text',
    to_team: 'text',
    to_organisation: 'text',
    to_sector: 'text',
    boundary: 'text',
    status: 'text',
    urgency: 'text',
    effect: 'text',
    effect_at: 'text',
    expected_on: 'text',
    offered_at: 'text',
    acknowledge_by: 'text',
    accept_by: 'text',
    acknowledged_at: 'text',
    /** When it was accepted or declined. */
    answered_at: 'text',
    /** When it ended in whatever way; null while it waits for an answer. */
    ended_at: 'text',
    /** Why it was declined, withdrawn or stopped. */
    reason: 'text',
    first_contact_at: 'text',
    acted_on_at: 'text',
    /** 1 where it ended without a receiver and nobody of the sender has acted on it. */
    needs_action: 'integer',
    /** 1 where the answer was given by telephone or by a link and the other party has not confirmed it. */
    reported: 'integer',
    disputed: 'integer',
    escalated_at: 'text',
    /** 1 where the answer came before the escalation and was recorded after it (scenario 5). */
    answered_before_escalation: 'integer',
    /** When it was written down that it is as `status` says: an offer, until it ends in whatever way. */
    status_learned_at: 'text',
    synthetic: 'integer',
  },
  learned: ['status_learned_at'],
  key: ['handoff'],
  indexes: [
    ['journey', 'offered_at'],
    ['pilot', 'status', 'boundary', 'offered_at'],
    ['to_team', 'status', 'status_learned_at', 'handoff'],
    ['from_team', 'status', 'status_learned_at', 'handoff'],
  ],
  history: 'latest',
} as const satisfies Table;

function rowOf(journey: Journey, person: string, handoff: Handoff): Row {
  const { from, to, accepted, declined, withdrawn, lapsed, stopped, dispute, status } = handoff;
  // A denied answer is none: both accounts stand in the record.
  const answer = status === 'disputed' ? undefined : (accepted ?? declined);
  const effect = accepted ?? handoff.asked;
  const endings = { accepted, declined, withdrawn, lapsed, stopped, disputed: dispute?.raised };
  const ending = isOpen(handoff) ? undefined : endings[status as keyof typeof endings];
  return {
    handoff: handoff.handoffId,
    journey: journey.journeyId,
    person,
    pilot: journey.pilot ?? null,
    episode: handoff.episode,
    attempt: handoff.attempt,
    from_team: from.team,
    from_organisation: from.organisation,
    from_sector: from.sector,
    to_team: to.team,
    to_organisation: to.organisation,
    to_sector: to.sector,
    boundary: boundary(from.sector, to.sector),
    status,
    urgency: handoff.urgency,
    effect: effect.effect,
    effect_at: effect.effectAt ?? null,
    expected_on: effect.expectedOn ?? null,
    offered_at: handoff.offered.at,
    acknowledge_by: handoff.acknowledgeBy,
    accept_by: handoff.acceptBy,
    acknowledged_at: handoff.acknowledged?.at ?? null,
    answered_at: answer?.at ?? null,
    ended_at: ending?.at ?? null,
    reason:
      (status === 'declined' ? declined?.reason : status === 'withdrawn' ? withdrawn?.reason : stopped?.why) ?? null,
    first_contact_at: handoff.firstContact?.at ?? null,
    acted_on_at: handoff.actedOn?.at ?? null,
    needs_action: needsAction(handoff) ? 1 : 0,
    reported: answer?.reported !== undefined ? 1 : 0,
    disputed: isDisputed(handoff) ? 1 : 0,
    escalated_at: handoff.escalations[0]?.at ?? null,
    answered_before_escalation: answeredBeforeEscalation(handoff) ? 1 : 0,
    status_learned_at: (ending ?? handoff.offered).recordedAt,
    synthetic: journey.synthetic ? 1 : 0,
  };
}

export const handoffsModel: ReadModel<PersonRecord> = {
  name: 'handoffs',
  version: 2,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [handoffs],
  rows: (record) => ({
    handoff: Object.values(record.journeys).flatMap((journey) =>
      journey.handoffs.map((handoff) => rowOf(journey, record.personId, handoff)),
    ),
  }),
};
