import { boundary, civilDate, elapsed } from '#kernel';
import type { ReadModel, Row } from '#projections';
import { handoffClocks, type ClockReading } from '../../domain/handoff/clocks.js';
import type { Handoff } from '../../domain/handoff/state.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { handoffFacts } from './table.js';

/** Until when the target allows. The gap in responsibility is to be nothing at all (FACTS 3.1, H3). */
const deadlineOf = (reading: ClockReading): string | null =>
  reading.clock === 'H3' ? reading.from : (reading.deadline ?? null);

function rowOf(person: string, journey: Journey, handoff: Handoff, reading: ClockReading): Row {
  const { from, to, elapsed: value, timed } = reading;
  const deadline = deadlineOf(reading);
  const endedOtherwise = to !== undefined && value === undefined && timed;
  return {
    metric: reading.clock,
    handoff: handoff.handoffId,
    journey: journey.journeyId,
    person,
    pilot: journey.pilot ?? null,
    boundary: boundary(handoff.from.sector, handoff.to.sector),
    day: civilDate(from),
    started_at: from,
    ended_at: to ?? null,
    value: value ?? null,
    censored_after: endedOtherwise ? elapsed(from, to) : null,
    timed: timed ? 1 : 0,
    outcome: reading.outcome,
    deadline,
    within: value === undefined || deadline === null ? null : Number(to! <= deadline),
    episode: handoff.episode,
    attempt: handoff.attempt,
    lateness: reading.lateness,
    answered_before: reading.answeredBefore ? 1 : 0,
    synthetic: journey.synthetic ? 1 : 0,
    events: JSON.stringify([...new Set(reading.entries)]),
  };
}

/** Rows already made of a handoff as it stands: most events of a person leave most of their handoffs alone. */
const made = new WeakMap<Handoff, Map<string, { readonly reading: ClockReading; readonly row: Row }>>();

const isSame = (a: ClockReading, b: ClockReading): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.outcome === b.outcome &&
  a.timed === b.timed &&
  a.lateness === b.lateness &&
  a.answeredBefore === b.answeredBefore &&
  a.entries.length === b.entries.length &&
  a.entries.every((entry, i) => entry === b.entries[i]);

function rowsOf(person: string, journey: Journey, handoff: Handoff, readings: readonly ClockReading[]): readonly Row[] {
  let known = made.get(handoff);
  if (!known) made.set(handoff, (known = new Map()));
  return readings.map((reading) => {
    const earlier = known.get(reading.clock);
    if (earlier && isSame(earlier.reading, reading)) return earlier.row;
    const row = rowOf(person, journey, handoff, reading);
    known.set(reading.clock, { reading, row });
    return row;
  });
}

const factsOf = (record: PersonRecord, journey: Journey): readonly Row[] =>
  journey.handoffs.flatMap((handoff) =>
    rowsOf(record.personId, journey, handoff, handoffClocks(record, journey, handoff)),
  );

export const handoffFactsModel: ReadModel<PersonRecord> = {
  name: 'handoff-facts',
  version: 1,
  subject: 'person',
  affectedBy: [
    'HandoffOffered',
    'HandoffAcknowledged',
    'HandoffAccepted',
    'HandoffDeclined',
    'HandoffWithdrawn',
    'HandoffLapsed',
    'HandoffEscalated',
    'HandoffAnswerReported',
    'HandoffReportConfirmed',
    'HandoffReportDisputed',
    'HandoffDisputeResolved',
    'FirstContactRecorded',
    'Admitted',
    'Transferred',
    'Discharged',
    'JourneyClosed',
    'PersonDied',
    'EntryMovedIn',
  ],
  fold: recordFold,
  tables: [handoffFacts],
  rows: (record) => ({ handoff_fact: Object.values(record.journeys).flatMap((journey) => factsOf(record, journey)) }),
};
