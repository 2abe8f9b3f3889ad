import { elapsed, type Instant } from '#kernel';
import type { Mark } from '../record/mark.js';
import type { Journey, PersonRecord } from '../record/state.js';
import { heldFrom } from '../responsibility/effect.js';
import { periodBefore } from '../responsibility/responsibility.js';
import { isDisputed, type Handoff } from './state.js';

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
  /** When it ended; absent while open: right-censored, never dropped. */
  readonly to?: Instant;
  /** Milliseconds; only where it ended in what it waits for and no moment is known by its day alone. */
  readonly elapsed?: number;
  /** False where a moment is known only by its day: no clock in hours (DESIGN 5). */
  readonly timed: boolean;
  readonly deadline?: Instant;
  /** How long after it happened the latest of its entries was written, in milliseconds. */
  readonly lateness: number;
  /** Somebody was told that no answer had come, and then one was recorded that had come before (scenario 5). */
  readonly answeredBefore?: true;
  /** Event ids of its two ends. */
  readonly entries: readonly string[];
}

type Ending = readonly [ClockOutcome, Mark] | undefined;
type Clock = Omit<ClockReading, 'outcome' | 'from' | 'to' | 'elapsed' | 'timed' | 'lateness' | 'entries'>;

const waitedFor: ReadonlySet<ClockOutcome> = new Set([
  'acknowledged',
  'accepted',
  'assumed',
  'contacted',
  'offeredAgain',
]);

const late = ({ at, recordedAt }: Mark): number => Math.max(0, elapsed(at, recordedAt));

function reading(clock: Clock, start: Mark, ending: Ending): ClockReading {
  const [outcome, end] = ending ?? ['open' as const, undefined];
  const timed = start.precision !== 'day' && end?.precision !== 'day';
  return {
    ...clock,
    outcome,
    from: start.at,
    ...(end && { to: end.at }),
    ...(end && timed && waitedFor.has(outcome) && { elapsed: elapsed(start.at, end.at) }),
    timed,
    lateness: Math.max(late(start), end ? late(end) : 0),
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
  return reading({ clock: 'H1', deadline: handoff.acknowledgeBy }, handoff.offered, seen ?? otherEnding(handoff));
}

function acceptance(handoff: Handoff): ClockReading {
  const accepted = handoff.status === 'accepted' ? handoff.accepted : undefined;
  const clock: Clock = {
    clock: 'H2',
    deadline: handoff.acceptBy,
    ...(answeredBeforeEscalation(handoff) && { answeredBefore: true as const }),
  };
  return reading(clock, handoff.offered, mark('accepted', accepted) ?? otherEnding(handoff));
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
function gap(record: PersonRecord, journey: Journey, handoff: Handoff): ClockReading | undefined {
  const held = startOfHold(record, handoff);
  if (!held) return undefined;
  const before = periodBefore(record, journey, held.at);
  const released = before?.kind === 'nobody' && before.lastHeldBy ? before.since : held.at;
  return reading({ clock: 'H3' }, { ...held, at: released }, ['assumed', held]);
}

/** Runs from the moment at which the receiver holds: for a discharge, from the discharge (scenario 8). */
function firstContact(record: PersonRecord, journey: Journey, handoff: Handoff): ClockReading | undefined {
  const held = startOfHold(record, handoff);
  if (!held) return undefined;
  const ended = first(mark('stopped', record.death), mark('stopped', journey.closed));
  return reading({ clock: 'H4' }, held, first(mark('contacted', handoff.firstContact), ended));
}

function roundTrip(record: PersonRecord, journey: Journey, handoff: Handoff): ClockReading | undefined {
  const { declined, status, episode } = handoff;
  if (status !== 'declined' || !declined) return undefined;
  const next = journey.handoffs.find((other) => other.episode === episode && other.offered.at > declined.at);
  const ended = first(mark('stopped', record.death), mark('stopped', journey.closed));
  return reading({ clock: 'H5' }, declined, first(mark('offeredAgain', next?.offered), ended));
}

/** The clocks that this handoff has started, each read from when care happened, whenever it was recorded. */
export const handoffClocks = (record: PersonRecord, journey: Journey, handoff: Handoff): readonly ClockReading[] =>
  [
    acknowledgement(handoff),
    acceptance(handoff),
    gap(record, journey, handoff),
    firstContact(record, journey, handoff),
    roundTrip(record, journey, handoff),
  ].filter((clock) => clock !== undefined);
