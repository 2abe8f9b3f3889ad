import type { Instant } from '#kernel';
import type { Journey, PersonRecord } from '../record/state.js';
import type { Period, Responsible } from './state.js';
import { endSteps, handoffSteps, referralSteps, staySteps, type Standing, type Step } from './steps.js';

/** Steps of one moment apply in this order: a discharge goes before the receiver that takes effect by it. */
const stepsOf = (record: PersonRecord, journey: Journey): readonly Step[] =>
  [
    ...referralSteps(journey),
    ...staySteps(record, journey.journeyId),
    ...handoffSteps(record, journey),
    ...endSteps(record, journey),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** Where two accounts stand against each other, from and to. */
const disputesOf = ({ handoffs }: Journey) =>
  handoffs.flatMap(({ dispute }) => (dispute ? [{ from: dispute.since, to: dispute.resolved?.at }] : []));

const keyWorkerOf = ({ keyWorkers }: Journey, team: string, until: Instant): string | undefined =>
  keyWorkers.findLast((named) => named.team === team && named.at <= until)?.keyWorker;

function answer(standing: Standing, journey: Journey, at: Instant, until: Instant): Responsible {
  const { ended, hospital, nobody, lead } = standing;
  if (ended) return { kind: 'ended', ...ended };
  if (nobody && !hospital) return { kind: 'nobody', ...nobody, ...(lead && { returnsTo: lead.team }) };
  const holding = hospital ?? lead;
  if (!holding) return { kind: 'nobody', why: 'notStarted', since: at };
  const keyWorker = keyWorkerOf(journey, holding.team.team, until);
  const disputed = disputesOf(journey).some(({ from, to }) => from <= at && (to === undefined || at < to));
  return {
    kind: 'team',
    team: holding.team,
    since: holding.since,
    because: holding.because,
    ...(holding.handoffId !== undefined && { handoffId: holding.handoffId }),
    ...(holding.unconfirmed && { unconfirmed: true }),
    ...(keyWorker !== undefined && { keyWorker }),
    ...(hospital && lead && { returnsTo: lead.team }),
    ...(disputed && { disputed: true }),
  };
}

/**
 * Who was responsible under a journey, period by period, from its referral until that moment (inclusive). Periods meet:
 * each begins where the one before ends, so there is exactly one answer at every moment.
 */
export function responsibilityTimeline(record: PersonRecord, journeyId: string, until: Instant): readonly Period[] {
  const journey = record.journeys[journeyId];
  const begins = journey?.referral?.made.at;
  if (!journey || begins === undefined || begins > until) return [];

  const marks = new Map<Instant, Standing>();
  let standing: Standing = {};
  for (const step of stepsOf(record, journey)) {
    if (step.at > until) break;
    if (!standing.ended) standing = step.apply(standing);
    marks.set(step.at < begins ? begins : step.at, standing);
  }
  for (const { from, to } of disputesOf(journey)) {
    for (const at of [from, to]) {
      if (at === undefined || at < begins || at > until || marks.has(at)) continue;
      const before = [...marks.keys()]
        .filter((mark) => mark < at)
        .toSorted()
        .at(-1);
      if (before !== undefined) marks.set(at, marks.get(before)!);
    }
  }
  const moments = [...marks.keys()].sort();
  const periods: Period[] = [];
  for (const [i, from] of moments.entries()) {
    const to = moments[i + 1];
    const now = answer(marks.get(from)!, journey, from, to ?? until);
    const last = periods.at(-1);
    if (last && isSame(last, now)) {
      periods[periods.length - 1] = period(now, last.from, to);
    } else {
      periods.push(period(now, from, to));
    }
  }
  return periods;
}

const period = (answered: Responsible, from: Instant, to: Instant | undefined): Period => ({
  ...answered,
  from,
  ...(to !== undefined && { to }),
});

function isSame(a: Responsible, b: Responsible): boolean {
  if (a.kind !== b.kind || a.since !== b.since) return false;
  if (a.kind !== 'team' || b.kind !== 'team') return true;
  return (
    a.team.team === b.team.team &&
    a.because === b.because &&
    a.disputed === b.disputed &&
    a.returnsTo?.team === b.returnsTo?.team
  );
}

/** Who is responsible at that moment. Never empty: nobody is an answer too, with why and since when. */
export function responsibleAt(record: PersonRecord, journeyId: string, at: Instant): Responsible {
  const last = responsibilityTimeline(record, journeyId, at).at(-1);
  if (!last) return { kind: 'nobody', why: 'notStarted', since: at };
  const { from: _, to: __, ...now } = last;
  return now;
}

/** Nobody holds although somebody should: the alarmed state. */
export const isAlarmed = (responsible: Responsible): boolean =>
  responsible.kind === 'nobody' && responsible.why !== 'notStarted';
