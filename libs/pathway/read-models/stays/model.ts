import { civilDate, daysBetween, elapsed, type Instant } from '#kernel';
import type { ReadModel, Row } from '#projections';
import type { PersonRecord, Stay } from '../../domain/record/state.js';
import { recordFold } from '../../domain/record/fold.js';
import { latenessOf, idsOf } from '../marks.js';
import { stays, type StaySource } from './table.js';

/** Imported stays say so whatever made the data: the real bundles of a synthetic population are imported too. */
const sourceOf = ({ purpose, synthetic }: Stay['origin']): StaySource =>
  purpose === 'import' ? 'imported' : synthetic || purpose === 'simulation' ? 'simulated' : 'recorded';

/** The pilot of the journey that the person was on when admitted, the newest of several. */
function pilotAt(record: PersonRecord, at: Instant): string | null {
  const on = Object.values(record.journeys)
    .filter(({ pilot, first, closed }) => pilot !== undefined && first.at <= at && (!closed || closed.at > at))
    .sort((a, b) => (a.first.at < b.first.at ? -1 : 1));
  return on.at(-1)?.pilot ?? null;
}

/** Midnights spent in the bed after becoming ready, over all spells that have ended (FACTS 3.2, day rule [M]). */
const delayNights = (stay: Stay): number =>
  stay.ready.reduce((nights, { declared, withdrawn }) => {
    const end = withdrawn ?? stay.discharged;
    return end ? nights + Math.max(0, daysBetween(civilDate(declared.at), civilDate(end.at))) : nights;
  }, 0);

function rowOf(record: PersonRecord, stay: Stay, next: Stay | undefined): Row {
  const { admitted, discharged, ready, moves } = stay;
  const spell = ready.at(-1);
  const readyAt = spell && !spell.withdrawn ? spell.declared.at : null;
  const marks = [
    admitted,
    ...moves,
    ...ready.flatMap(({ declared, withdrawn }) => [declared, withdrawn]),
    discharged,
    next?.admitted,
  ];
  return {
    stay: stay.stayId,
    person: record.personId,
    pilot: stay.origin.pilot ?? pilotAt(record, admitted.at),
    source: sourceOf(stay.origin),
    provider: moves.at(-1)?.hospital ?? stay.hospital,
    method: stay.method,
    started_at: admitted.at,
    ended_at: discharged?.at ?? null,
    ended_on: discharged ? civilDate(discharged.at) : null,
    destination: discharged?.destination ?? null,
    next_stay: next?.stayId ?? null,
    gap: discharged && next ? elapsed(discharged.at, next.admitted.at) : null,
    ready_at: readyAt,
    ready_on: readyAt === null ? null : civilDate(readyAt),
    delay_nights: delayNights(stay),
    synthetic: stay.origin.synthetic ? 1 : 0,
    lateness: latenessOf([admitted, discharged]),
    events: idsOf(marks),
  };
}

/** Hospital stays, each with the person's next one (FACTS 3.6). */
export const staysModel: ReadModel<PersonRecord> = {
  name: 'stays',
  version: 1,
  subject: 'person',
  affectedBy: [
    'Admitted',
    'Transferred',
    'ReadyForTransferDeclared',
    'ReadinessWithdrawn',
    'Discharged',
    'ReferralMade',
    'JourneyClosed',
    'EntryMovedIn',
  ],
  fold: recordFold,
  tables: [stays],
  rows: (record) => ({ stay: record.stays.map((stay, i) => rowOf(record, stay, record.stays[i + 1])) }),
};
