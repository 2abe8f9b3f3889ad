import { elapsed, type Instant } from '#kernel';
import type { Mark } from '../record/mark.js';
import type { Journey, PersonRecord } from '../record/state.js';
import { heldFrom } from '../responsibility/effect.js';
import { periodBefore } from '../responsibility/responsibility.js';
import { answeredAs, type AnsweredAs } from './answered-as.js';
import { isDisputed, verdictOf, type Handoff, type VerdictGiven } from './state.js';

/** The clocks of a handoff (FACTS 3.1): acknowledgement, acceptance, gap, first contact, round trip. */
export const handoffClockNames = ['H1', 'H2', 'H3', 'H4', 'H5'] as const;
export type HandoffClockName = (typeof handoffClockNames)[number];

/** What a clock waits for, and what else may end it; those others stay in the denominator without a time. */
export type ClockOutcome =
  | 'acknowledged'
  | 'accepted'
  | 'assumed'
  | 'contacted'
  | 'offeredAgain'
  | 'declined'
  | 'withdrawn'
  | 'lapsed'
  | 'stopped'
  | 'open';

export interface ClockReading {
  readonly clock: HandoffClockName;
  readonly outcome: ClockOutcome;
  readonly from: Instant;
  /** When it ended; undefined while open: right-censored, never dropped. */
  readonly to: Instant | undefined;
  /** Milliseconds; only where it ended in what it waits for and no moment is known by its day alone. */
  readonly elapsed: number | undefined;
  /** False where a moment is known only by its day: no clock in hours (DESIGN 5). */
  readonly timed: boolean;
  readonly deadline: Instant | undefined;
  /** How long after it happened the latest of its entries was written, in milliseconds. */
  readonly lateness: number;
  /** Somebody was told that no answer had come, and then one was recorded that had come before (scenario 5). */
  readonly answeredBefore: boolean;
  /** Of the answer, on the clock that waits for one. */
  readonly answeredAs: AnsweredAs | undefined;
  /** What the receiver found, on the clock that waits for the first contact; undefined where there was none. */
  readonly verdict: VerdictGiven | undefined;
  /** Event ids of its two ends. */
  readonly entries: readonly string[];
}

type Ending = readonly [ClockOutcome, Mark] | undefined;

const waitedFor: ReadonlySet<ClockOutcome> = new Set([
  'acknowledged',
  'accepted',
  'assumed',
  'contacted',
  'offeredAgain',
]);

const late = ({ at, recordedAt }: Mark): number => Math.max(0, elapsed(at, recordedAt));

type Told = Pick<ClockReading, 'deadline' | 'answeredBefore' | 'answeredAs' | 'verdict'>;

function reading(
  clock: HandoffClockName,
  start: Mark,
  ending: Ending,
  { deadline, answeredBefore = false, answeredAs: as, verdict }: Partial<Told> = {},
): ClockReading {
  const outcome = ending ? ending[0] : 'open';
  const end = ending?.[1];
  const timed = start.precision !== 'day' && end?.precision !== 'day';
  return {
    clock,
    outcome,
    from: start.at,
    to: end?.at,
    elapsed: end && timed && waitedFor.has(outcome) ? elapsed(start.at, end.at) : undefined,
    timed,
    deadline,
    lateness: Math.max(late(start), end ? late(end) : 0),
    answeredBefore,
    answeredAs: as,
    verdict,
    entries: end ? [start.eventId, end.eventId] : [start.eventId],
  };
}

/** The earliest; of two at one moment the one named first. */
const first = (...endings: readonly Ending[]): Ending =>
  endings.reduce((best, ending) => (ending && (!best || ending[1].at < best[1].at) ? ending : best), undefined);

const mark = (outcome: ClockOutcome, at: Mark | undefined): Ending => at && [outcome, at];

/** How an offer ended without an acceptance. A denied acceptance is none: settled for the sender, it was declined. */
function otherEnding(handoff: Handoff): Ending {
  const { status, declined, withdrawn, lapsed, stopped, dispute } = handoff;
  if (status === 'declined') return mark('declined', declined);
  if (status === 'withdrawn') return mark('withdrawn', withdrawn);
  if (status === 'lapsed') return mark('lapsed', lapsed);
  if (status === 'stopped') return mark('stopped', stopped);
  return status === 'disputed' && !isDisputed(handoff) ? mark('declined', dispute?.resolved) : undefined;
}

const escalatedBeforeKnown = (handoff: Handoff, answer: Mark | undefined): boolean =>
  answer !== undefined &&
  [...handoff.escalations, ...(handoff.lapsed ? [handoff.lapsed] : [])].some(
    ({ at }) => at >= answer.at && at < answer.recordedAt,
  );

/** Marked on clocks, rows and pages alike: "answered before, recorded late". */
export const answeredBeforeEscalation = (handoff: Handoff): boolean =>
  escalatedBeforeKnown(handoff, handoff.accepted ?? handoff.declined);

/** Whoever answers has seen the offer. */
function acknowledgement(handoff: Handoff): ClockReading {
  const answered = handoff.status === 'disputed' ? undefined : (handoff.accepted ?? handoff.declined);
  const seen = first(mark('acknowledged', handoff.acknowledged), mark('acknowledged', answered));
  return reading('H1', handoff.offered, seen ?? otherEnding(handoff), { deadline: handoff.acknowledgeBy });
}

function acceptance(handoff: Handoff): ClockReading {
  const accepted = handoff.status === 'accepted' ? handoff.accepted : undefined;
  return reading('H2', handoff.offered, mark('accepted', accepted) ?? otherEnding(handoff), {
    deadline: handoff.acceptBy,
    answeredBefore: answeredBeforeEscalation(handoff),
    answeredAs: answeredAs(handoff),
  });
}

/** The entry by which the receiver began to hold: its acceptance, or the discharge that this waited for. */
function startOfHold(record: PersonRecord, handoff: Handoff): Mark | undefined {
  const held = heldFrom(record, handoff);
  const { accepted } = handoff;
  if (held === undefined || !accepted) return undefined;
  const discharge = record.stays.find(({ discharged }) => discharged?.at === held)?.discharged;
  return accepted.effect === 'atDischarge' && discharge ? discharge : { ...accepted, at: held };
}

/** From the last holder to this receiver: nothing where they met, the length of nobody where they did not. */
function gap(record: PersonRecord, journey: Journey, held: Mark): ClockReading {
  const before = periodBefore(record, journey, held.at);
  const released = before?.kind === 'nobody' && before.lastHeldBy ? before.since : held.at;
  return reading('H3', { ...held, at: released }, ['assumed', held]);
}

/** Whatever else ends a clock that waits for somebody to act. */
const stop = (record: PersonRecord, journey: Journey): Ending =>
  first(mark('stopped', record.death), mark('stopped', journey.closed));

/** Runs from the moment at which the receiver holds: for a discharge, from the discharge (scenario 8). */
function firstContact(record: PersonRecord, journey: Journey, handoff: Handoff, held: Mark): ClockReading {
  const ending = first(mark('contacted', handoff.firstContact), stop(record, journey));
  const verdict = ending?.[0] === 'contacted' ? verdictOf(handoff) : undefined;
  return reading('H4', held, ending, verdict && { verdict });
}

function roundTrip(record: PersonRecord, journey: Journey, handoff: Handoff): ClockReading | undefined {
  const { declined, status, episode } = handoff;
  if (status !== 'declined' || !declined) return undefined;
  const next = journey.handoffs.find((other) => other.episode === episode && other.offered.at > declined.at);
  return reading('H5', declined, first(mark('offeredAgain', next?.offered), stop(record, journey)));
}

/** The clocks that wait for the receiver's word: they read the handoff alone. */
export const offerClocks = (handoff: Handoff): readonly ClockReading[] => [
  acknowledgement(handoff),
  acceptance(handoff),
];

/** The clocks that its answer has started: they read what else happens to the person too. */
export function answerClocks(record: PersonRecord, journey: Journey, handoff: Handoff): readonly ClockReading[] {
  const held = startOfHold(record, handoff);
  if (held) return [gap(record, journey, held), firstContact(record, journey, handoff, held)];
  const again = roundTrip(record, journey, handoff);
  return again ? [again] : [];
}

/** The clocks that this handoff has started, each read from when care happened, whenever it was recorded. */
export const handoffClocks = (record: PersonRecord, journey: Journey, handoff: Handoff): readonly ClockReading[] => [
  ...offerClocks(handoff),
  ...answerClocks(record, journey, handoff),
];
