import { maySeeJourney } from '#access';
import type { Actor, Instant } from '#kernel';
import {
  asReceiverSees,
  movesFrom,
  responsibilityTimeline,
  type Handoff,
  type Journey,
  type PersonRecord,
  type Period,
  type Team,
} from '#pathway';

/** What of a journey somebody is shown. */
export type Part =
  | { readonly kind: 'whole'; readonly identified: boolean }
  /**
   * Asked to take over and nothing more: what each offer carries, and how it ended for them. Nothing that came after
   * (SCENARIOS: the receiver sees only this before accepting, and nothing new after declining).
   */
  | { readonly kind: 'offers'; readonly handoffs: readonly Handoff[] }
  | { readonly kind: 'none'; readonly reason: string };

const holders = (period: Period): readonly (Team | undefined)[] => {
  if (period.kind === 'ended') return [];
  return period.kind === 'team' ? [period.team, period.returnsTo] : [period.lastHeldBy, period.returnsTo];
};

/** Organisations that hold, held, offered, accepted, referred, plan or moved entries away: they see the whole journey. */
export function organisationsWithPart(record: PersonRecord, journey: Journey, now: Instant): readonly string[] {
  const { referral, handoffs, journeyId } = journey;
  const teams = [
    ...responsibilityTimeline(record, journeyId, now).flatMap(holders),
    ...handoffs.map(({ from }) => from),
    ...handoffs.flatMap(({ status, to }) => (status === 'accepted' || status === 'disputed' ? [to] : [])),
    referral?.referredBy,
    referral && referral.status !== 'declined' ? referral.to : undefined,
    ...record.plans.flatMap(({ journeyId: of, team }) => (of === journeyId ? [team] : [])),
  ];
  const moved = movesFrom(record, journey).map(({ by }) => by);
  return [...new Set([...teams.flatMap((team) => (team ? [team.organisation] : [])), ...moved])];
}

/**
 * Teams that hold; where nobody does, those that held last, and before anybody did, the one that was asked. They are
 * told when somebody opens the record in an emergency (DESIGN 7).
 */
export function teamsToTell(record: PersonRecord, journey: Journey, now: Instant): readonly Team[] {
  const held = responsibilityTimeline(record, journey.journeyId, now)
    .map((period) => holders(period).filter((team) => team !== undefined))
    .findLast((teams) => teams.length > 0);
  const teams = held ?? (journey.referral ? [journey.referral.to] : []);
  return [...new Map(teams.map((team) => [team.team, team])).values()];
}

export function partOf(actor: Actor, record: PersonRecord, journey: Journey, now: Instant): Part {
  const organisations = organisationsWithPart(record, journey, now);
  const verdict = maySeeJourney(actor, { organisations, ...(journey.pilot !== undefined && { pilot: journey.pilot }) });
  if (verdict.allowed) return { kind: 'whole', identified: verdict.identity === 'shown' };
  const asked =
    actor.role === 'coordinator'
      ? journey.handoffs.filter(({ to }) => to.organisation === actor.organisation).map(asReceiverSees)
      : [];
  return asked.length > 0 ? { kind: 'offers', handoffs: asked } : { kind: 'none', reason: verdict.code };
}
