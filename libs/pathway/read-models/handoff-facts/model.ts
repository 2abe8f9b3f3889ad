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

interface Made {
  readonly handoff: Handoff;
  readonly around: readonly unknown[];
  readonly facts: readonly { readonly reading: ClockReading; readonly row: Row }[];
}

/** Facts last made, by handoff: most events of a person leave most of their handoffs alone. Of one person at a time. */
let made: { readonly person: string; readonly of: Map<string, Made> } = { person: '', of: new Map() };

/**
 * What the clocks of a handoff read besides the handoff itself; none of it ever changes in place. Once it is accepted
 * that is all that moves responsibility, once it is declined whatever ends the search for another receiver.
 */
function aroundOf({ stays, death }: PersonRecord, journey: Journey, { status }: Handoff): readonly unknown[] {
  const { referral, handoffs, closed } = journey;
  if (status === 'declined') return [referral, death, closed, ...handoffs.map(({ offered }) => offered)];
  if (status !== 'accepted') return [referral];
  const moves = handoffs.flatMap(({ accepted, accounts, dispute, withdrawn }) =>
    accepted || accounts.length > 0 ? [accepted, accounts, dispute, withdrawn] : [],
  );
  return [referral, death, closed, stays, ...moves];
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);

const isSame = (a: ClockReading, b: ClockReading): boolean =>
  a.clock === b.clock &&
  a.from === b.from &&
  a.to === b.to &&
  a.outcome === b.outcome &&
  a.timed === b.timed &&
  a.lateness === b.lateness &&
  a.answeredBefore === b.answeredBefore &&
  isSameList(a.entries, b.entries);

function factsOf(record: PersonRecord, journey: Journey, handoff: Handoff): Made['facts'] {
  const around = aroundOf(record, journey, handoff);
  const known = made.of.get(handoff.handoffId);
  if (known?.handoff === handoff && isSameList(known.around, around)) return known.facts;
  // Rows are made anew where the offer itself was: by a correction, or by an entry that came late.
  const earlier = known?.handoff.offered === handoff.offered && known.around[0] === journey.referral ? known.facts : [];
  const facts = handoffClocks(record, journey, handoff).map((reading) => {
    const same = earlier.find((fact) => isSame(fact.reading, reading));
    return same ?? { reading, row: rowOf(record.personId, journey, handoff, reading) };
  });
  made.of.set(handoff.handoffId, { handoff, around, facts });
  return facts;
}

const rowsOf = (record: PersonRecord, journey: Journey): readonly Row[] =>
  journey.handoffs.flatMap((handoff) => factsOf(record, journey, handoff).map(({ row }) => row));

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
  rows: (record) => {
    if (made.person !== record.personId) made = { person: record.personId, of: new Map() };
    return { handoff_fact: Object.values(record.journeys).flatMap((journey) => rowsOf(record, journey)) };
  },
};
