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

interface Dispute {
  readonly from: Instant;
  readonly to: Instant | undefined;
}

/** Where two accounts stand against each other, from and to. */
const disputesOf = ({ handoffs }: Journey): readonly Dispute[] =>
  handoffs.flatMap(({ dispute }) => (dispute ? [{ from: dispute.since, to: dispute.resolved?.at }] : []));

const keyWorkerOf = ({ keyWorkers }: Journey, team: string, until: Instant | undefined): string | undefined =>
  keyWorkers.findLast((named) => named.team === team && (until === undefined || named.at <= until))?.keyWorker;

function answer(standing: Standing, disputes: readonly Dispute[], at: Instant): Responsible {
  const { ended, hospital, nobody, lead } = standing;
  if (ended) return { kind: 'ended', ...ended };
  if (nobody && !hospital) return { kind: 'nobody', ...nobody, ...(lead && { returnsTo: lead.team }) };
  const holding = hospital ?? lead;
  if (!holding) return { kind: 'nobody', why: 'notStarted', since: at };
  const disputed = disputes.some(({ from, to }) => from <= at && (to === undefined || at < to));
  return {
    kind: 'team',
    team: holding.team,
    since: holding.since,
    because: holding.because,
    ...(holding.handoffId !== undefined && { handoffId: holding.handoffId }),
    ...(holding.unconfirmed && { unconfirmed: true }),
    ...(holding.strength && { strength: holding.strength }),
    ...(hospital && lead && { returnsTo: lead.team }),
    ...(disputed && { disputed: true }),
  };
}

/** Standings by the moment at which they begin, in order; disputes begin and end standings of their own. */
function standings(record: PersonRecord, journey: Journey, begins: Instant, disputes: readonly Dispute[]) {
  const found: { at: Instant; standing: Standing }[] = [];
  let standing: Standing = {};
  for (const step of stepsOf(record, journey)) {
    if (!standing.ended) standing = step.apply(standing);
    const at = step.at < begins ? begins : step.at;
    if (found.at(-1)?.at === at) found[found.length - 1] = { at, standing };
    else found.push({ at, standing });
  }
  for (const at of disputes.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))) {
    const before = found.findLastIndex((other) => other.at <= at);
    if (before >= 0 && found[before]!.at < at) found.splice(before + 1, 0, { at, standing: found[before]!.standing });
  }
  return found;
}

function wholeTimeline(record: PersonRecord, journey: Journey): readonly Period[] {
  const begins = journey.referral?.made.at;
  if (begins === undefined) return [];
  const disputes = disputesOf(journey);
  const periods: Period[] = [];
  const found = standings(record, journey, begins, disputes);
  for (const [i, { at, standing }] of found.entries()) {
    const now = answer(standing, disputes, at);
    const to = found[i + 1]?.at;
    const last = periods.at(-1);
    const goesOn = last !== undefined && isSame(last, now);
    const period = { ...now, from: goesOn ? last.from : at, ...(to !== undefined && { to }) };
    if (goesOn) periods[periods.length - 1] = period;
    else periods.push(period);
  }
  return periods;
}

/** All that a timeline is made of; none of it ever changes in place. */
function sourcesOf({ stays, death }: PersonRecord, { referral, closed, handoffs }: Journey): readonly unknown[] {
  const sources: unknown[] = [stays, death, referral, closed];
  for (const { offered, accepted, accounts, dispute, withdrawn } of handoffs) {
    if (accepted || accounts.length > 0) sources.push(offered, accepted, accounts, dispute, withdrawn);
  }
  return sources;
}

interface Known {
  readonly sources: readonly unknown[];
  readonly periods: readonly Period[];
}

/**
 * Of the person who was asked about last: clocks, rows and pages ask one after the other, and most entries move no
 * responsibility. A WeakMap of all records would cost a rebuild more than it saves.
 */
let known: { readonly person: string; readonly timelines: Map<string, Known> } | undefined;

function timelineOf(record: PersonRecord, journey: Journey): readonly Period[] {
  if (known?.person !== record.personId) known = { person: record.personId, timelines: new Map() };
  const earlier = known.timelines.get(journey.journeyId);
  const sources = sourcesOf(record, journey);
  if (earlier && isSameList(earlier.sources, sources)) return earlier.periods;
  const periods = wholeTimeline(record, journey);
  known.timelines.set(journey.journeyId, { sources, periods });
  return periods;
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);

/** The period as it looked at `until`, with the key worker that it had by its end or by then. */
function asSeen(period: Period, journey: Journey, until: Instant): Period {
  const { to, ...running } = period;
  const ended = to !== undefined && to <= until;
  const seen: Period = ended ? period : running;
  if (seen.kind !== 'team') return seen;
  const keyWorker = keyWorkerOf(journey, seen.team.team, ended ? to : until);
  return keyWorker === undefined ? seen : { ...seen, keyWorker };
}

/**
 * Who was responsible under a journey, period by period, from its referral until that moment (inclusive). Periods meet:
 * each begins where the one before ends, so there is exactly one answer at every moment.
 */
export function responsibilityTimeline(record: PersonRecord, journeyId: string, until: Instant): readonly Period[] {
  const journey = record.journeys[journeyId];
  if (!journey) return [];
  return timelineOf(record, journey)
    .filter(({ from }) => from <= until)
    .map((period) => asSeen(period, journey, until));
}

/** What went before that moment, as it was when it ended there. */
export function periodBefore(record: PersonRecord, journey: Journey, at: Instant): Responsible | undefined {
  return timelineOf(record, journey).findLast(({ from }) => from < at);
}

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
  const journey = record.journeys[journeyId];
  const last = journey && timelineOf(record, journey).findLast(({ from }) => from <= at);
  if (!last) return { kind: 'nobody', why: 'notStarted', since: at };
  const { from: _, to: __, ...now } = asSeen(last, journey, at);
  return now;
}

/** Nobody holds although somebody should: the alarmed state. */
export const isAlarmed = (responsible: Responsible): boolean =>
  responsible.kind === 'nobody' && responsible.why !== 'notStarted';
