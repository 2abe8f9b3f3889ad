import type { Instant } from '#kernel';
import type { IdentityStrength } from '../codes.js';
import type { Team } from '../fields.js';
import { accountBehind, type Handoff } from '../handoff/state.js';
import type { Journey, PersonRecord, Stay } from '../record/state.js';
import { effectiveFrom } from './effect.js';
import { admittedTo, hospitalTeam, isInside, movedTo } from './hospital.js';
import type { HeldBecause, NobodyBecause } from './state.js';

export interface Holding {
  readonly team: Team;
  readonly since: Instant;
  readonly because: HeldBecause;
  readonly handoffId?: string;
  readonly unconfirmed?: true;
  readonly strength?: IdentityStrength;
}

/** Who holds, as far as the steps have gone. A hospital goes before nobody, and nobody before the lead. */
export interface Standing {
  /** The lead outside hospital; during a stay, the team that it returns to. */
  readonly lead?: Holding;
  readonly hospital?: Holding & { readonly stayId: string };
  readonly nobody?: { readonly since: Instant; readonly why: NobodyBecause; readonly lastHeldBy?: Team };
  readonly ended?: { readonly since: Instant; readonly why: 'died' | 'journeyClosed' };
}

export interface Step {
  readonly at: Instant;
  apply(standing: Standing): Standing;
}

const lead =
  (holding: Holding) =>
  ({ hospital, ended }: Standing): Standing => ({
    lead: holding,
    ...(hospital && { hospital }),
    ...(ended && { ended }),
  });

const nobody =
  (since: Instant, why: NobodyBecause) =>
  (standing: Standing): Standing =>
    standing.lead ? standing : { ...standing, nobody: { since, why } };

export function referralSteps({ referral }: Journey): readonly Step[] {
  if (!referral) return [];
  const { made, redirects, declined, accepted } = referral;
  return [
    { at: made.at, apply: nobody(made.at, 'referralNotTaken') },
    ...redirects.map(({ at }) => ({ at, apply: nobody(at, 'referralNotTaken') })),
    ...(declined ? [{ at: declined.at, apply: nobody(declined.at, 'referralDeclined') }] : []),
    ...(accepted
      ? [{ at: accepted.at, apply: lead({ team: accepted.team, since: accepted.at, because: 'tookReferral' }) }]
      : []),
  ];
}

const enter =
  (stay: Stay, team: Team, since: Instant, because: HeldBecause) =>
  (standing: Standing): Standing => ({
    ...(standing.lead && { lead: standing.lead }),
    ...(standing.ended && { ended: standing.ended }),
    hospital: { team, since, because, stayId: stay.stayId },
  });

/**
 * Back to the community: to a receiver that accepted (its own step follows), else to the lead, unless the ward sent the
 * person to a team that did not accept: then nobody holds, and that is an alarm (scenario 6).
 */
const leave =
  (record: PersonRecord, journeyId: string, stay: Stay) =>
  (standing: Standing): Standing => {
    const { discharged } = stay;
    const { hospital, ...outside } = standing;
    if (!discharged || hospital?.stayId !== stay.stayId) return standing;
    const { at, expectedReceiver, receiverProblem, journey } = discharged;
    const stillIn = record.stays.findLast((other) => other !== stay && isInside(other, at));
    if (stillIn) return enter(stillIn, hospitalTeam(stillIn, at), at, 'admission')(standing);

    const meant = journey === undefined || journey === journeyId ? expectedReceiver : undefined;
    const alarm = (why: NobodyBecause): Standing => ({
      ...outside,
      nobody: { since: at, why, lastHeldBy: hospital.team },
    });
    if (meant && meant.team !== outside.lead?.team.team) {
      return alarm(receiverProblem === 'teamClosed' ? 'receiverClosed' : 'receiverNotAccepted');
    }
    return outside.lead
      ? { ...outside, lead: { ...outside.lead, since: at, because: 'returned' } }
      : alarm('dischargedToNobody');
  };

export const staySteps = (record: PersonRecord, journeyId: string): readonly Step[] =>
  record.stays.flatMap((stay) => [
    { at: stay.admitted.at, apply: enter(stay, admittedTo(stay), stay.admitted.at, 'admission') },
    ...stay.moves.map((move) => ({
      at: move.at,
      apply: (standing: Standing) =>
        standing.hospital?.stayId === stay.stayId && standing.hospital.team.team !== movedTo(move).team
          ? enter(stay, movedTo(move), move.at, 'transfer')(standing)
          : standing,
    })),
    ...(stay.discharged ? [{ at: stay.discharged.at, apply: leave(record, journeyId, stay) }] : []),
  ]);

/** The receiver holds. A hospital keeps the person where it was not the one to hand over. */
const handOver =
  (handoff: Handoff, holding: Holding) =>
  (standing: Standing): Standing => {
    const { hospital, ...outside } = standing;
    const byHospital = hospital?.team.organisation === handoff.from.organisation;
    return lead(holding)(byHospital ? outside : standing);
  };

/** Back to the sender, where the receiver held by this handoff alone (scenario 9). */
const giveBack =
  (record: PersonRecord, handoff: Handoff, since: Instant, because: HeldBecause) => (standing: Standing) => {
    if (standing.lead && standing.lead.handoffId !== handoff.handoffId) return standing;
    const stay = record.stays.findLast((s) => isInside(s, since));
    const ward = stay && hospitalTeam(stay, since);
    return stay && ward?.organisation === handoff.from.organisation
      ? enter(stay, ward, since, because)({})
      : lead({ team: handoff.from, since, because, handoffId: handoff.handoffId })(standing);
  };

function acceptanceSteps(record: PersonRecord, handoff: Handoff): readonly Step[] {
  const { accepted, accounts, dispute, withdrawn } = handoff;
  const denied = accounts.filter(
    ({ answer, disputed, reportedBy }) => answer === 'accepted' && disputed && reportedBy.team !== handoff.to.team,
  );
  const steps = denied.flatMap((account): Step[] => {
    const from = effectiveFrom(record, handoff, { at: account.at, effect: 'now', ...account.effect });
    const until = account.disputed!.at;
    if (from === undefined || from >= until) return [];
    const { strength } = account;
    const held = { team: handoff.to, since: from, handoffId: handoff.handoffId, unconfirmed: true, strength } as const;
    return [
      { at: from, apply: handOver(handoff, { ...held, because: 'acceptedHandoff' }) },
      { at: until, apply: giveBack(record, handoff, until, 'disputed') },
    ];
  });
  const from = accepted && effectiveFrom(record, handoff, accepted);
  const wasDenied = denied.some(({ eventId }) => eventId === accepted?.eventId);
  if (accepted && from !== undefined && !wasDenied && !(withdrawn && withdrawn.at <= from)) {
    const byDispute = dispute?.resolved?.eventId === accepted.eventId;
    const byDischarge = accepted.effect === 'atDischarge' ? 'dischargeToReceiver' : 'acceptedHandoff';
    const behind = accountBehind(handoff, accepted);
    const holding: Holding = {
      team: accepted.by,
      since: from,
      because: byDispute ? 'disputeResolved' : byDischarge,
      handoffId: handoff.handoffId,
      ...(accepted.reported !== undefined && { unconfirmed: true as const }),
      ...(behind && { strength: behind.strength }),
    };
    steps.push({ at: from, apply: handOver(handoff, holding) });
  }
  return steps;
}

export const handoffSteps = (record: PersonRecord, journey: Journey): readonly Step[] =>
  journey.handoffs.flatMap((handoff) => acceptanceSteps(record, handoff));

export const endSteps = ({ death }: PersonRecord, { closed }: Journey): readonly Step[] => [
  ...(death ? [{ at: death.at, apply: () => ({ ended: { since: death.at, why: 'died' as const } }) }] : []),
  ...(closed ? [{ at: closed.at, apply: () => ({ ended: { since: closed.at, why: 'journeyClosed' as const } }) }] : []),
];
