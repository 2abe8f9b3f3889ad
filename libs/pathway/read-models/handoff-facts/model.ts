import { boundary, civilDate, elapsed } from '#kernel';
import type { ReadModel, Row } from '#projections';
import { answerClocks, offerClocks, type ClockReading } from '../../domain/handoff/clocks.js';
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
    answered_as: reading.answeredAs?.strength ?? null,
    report: reading.answeredAs?.report ?? null,
    described: reading.verdict?.described ?? null,
    missing: reading.verdict?.missing ?? null,
    synthetic: journey.synthetic ? 1 : 0,
    events: JSON.stringify([...new Set(reading.entries)]),
  };
}

interface Fact {
  readonly reading: ClockReading;
  readonly row: Row;
}

interface Made {
  readonly handoff: Handoff;
  readonly ofOffer: readonly Fact[];
  readonly ofAnswer: readonly Fact[];
}

/**
 * What the clocks of a journey's handoffs read besides each handoff itself; none of it ever changes in place. Once one
 * is accepted that is all that moves responsibility, once it is declined whatever ends the search for another receiver.
 */
interface Around {
  readonly referral: Journey['referral'];
  readonly ends: readonly [PersonRecord['death'], Journey['closed']];
  readonly stays: PersonRecord['stays'];
  readonly moves: readonly unknown[];
  readonly offers: readonly unknown[];
}

/** Facts last made of a journey: most events of a person leave most of their handoffs alone. */
interface Remembered {
  readonly around: Around;
  readonly made: readonly Made[];
  readonly rows: readonly Row[];
}

/** By journey, of one person at a time. */
let remembered: { readonly person: string; readonly of: Map<string, Remembered> } = { person: '', of: new Map() };

function aroundOf({ stays, death }: PersonRecord, { referral, closed, handoffs }: Journey): Around {
  const moves: unknown[] = [];
  for (const { accepted, accounts, dispute, withdrawn } of handoffs) {
    if (accepted || accounts.length > 0) moves.push(accepted, accounts, dispute, withdrawn);
  }
  return { referral, ends: [death, closed], stays, moves, offers: handoffs.map(({ offered }) => offered) };
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
  a.answeredAs?.strength === b.answeredAs?.strength &&
  a.answeredAs?.report === b.answeredAs?.report &&
  a.verdict?.described === b.verdict?.described &&
  a.verdict?.missing === b.verdict?.missing &&
  isSameList(a.entries, b.entries);

function madeOf(record: PersonRecord, journey: Journey, earlier: Remembered | undefined): Remembered {
  const around = aroundOf(record, journey);
  const before = earlier?.around;
  const sameReferral = before?.referral === around.referral;
  const sameEnds = sameReferral && before !== undefined && isSameList(before.ends, around.ends);
  const sameMoves = sameEnds && before.stays === around.stays && isSameList(before.moves, around.moves);
  const sameOffers = sameEnds && isSameList(before.offers, around.offers);

  const factsOf = (handoff: Handoff, readings: readonly ClockReading[], known: readonly Fact[] = []): readonly Fact[] =>
    readings.map((reading) => {
      const same = known.find((fact) => isSame(fact.reading, reading));
      return same ?? { reading, row: rowOf(record.personId, journey, handoff, reading) };
    });
  const make = (handoff: Handoff, i: number): Made => {
    const there = earlier?.made[i];
    // Rows are made anew where the offer itself was: by a correction, or by an entry that came late.
    const known = sameReferral && there?.handoff.offered === handoff.offered ? there : undefined;
    const isSameHandoff = known?.handoff === handoff;
    const { status } = handoff;
    const sameAround = status === 'accepted' ? sameMoves : status === 'declined' ? sameOffers : true;
    if (isSameHandoff && sameAround) return known;
    return {
      handoff,
      ofOffer: isSameHandoff ? known.ofOffer : factsOf(handoff, offerClocks(handoff), known?.ofOffer),
      ofAnswer: factsOf(handoff, answerClocks(record, journey, handoff), known?.ofAnswer),
    };
  };
  const made = journey.handoffs.map(make);
  if (earlier && isSameList(made, earlier.made)) return { ...earlier, around };
  const rows: Row[] = [];
  for (const { ofOffer, ofAnswer } of made) {
    for (const { row } of ofOffer) rows.push(row);
    for (const { row } of ofAnswer) rows.push(row);
  }
  return { around, made, rows };
}

function rowsOf(record: PersonRecord, journey: Journey): readonly Row[] {
  const now = madeOf(record, journey, remembered.of.get(journey.journeyId));
  remembered.of.set(journey.journeyId, now);
  return now.rows;
}

export const handoffFactsModel: ReadModel<PersonRecord> = {
  name: 'handoff-facts',
  version: 4,
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
    'AnswerLinkOpened',
    'HandoffAnsweredByLink',
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
    if (remembered.person !== record.personId) remembered = { person: record.personId, of: new Map() };
    return { handoff_fact: Object.values(record.journeys).flatMap((journey) => rowsOf(record, journey)) };
  },
};
