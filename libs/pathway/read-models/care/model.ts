import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { recordFold } from '../../domain/record/fold.js';
import type { CarePlan, ContactSummary, PersonRecord } from '../../domain/record/state.js';

const summary = {
  contacts: 'integer',
  first_contact_at: 'text',
  last_contact_at: 'text',
  plans: 'integer',
  /** The newest plan that has not ended; null where there is none. */
  plan: 'text',
  plan_agreed_at: 'text',
  /** Civil day by which it is to be reviewed. */
  review_by: 'text',
} as const;

/** One row a person, of all their streams. */
export const personCare = {
  name: 'person_care',
  columns: {
    person: 'text',
    ...summary,
    attendances: 'integer',
    stays: 'integer',
    registered_at: 'text',
    died_at: 'text',
  },
  key: ['person'],
  // Becoming known to the engine is nothing that happens in care.
  learned: ['registered_at'],
  history: 'latest',
} as const satisfies Table;

export const journeyCare = {
  name: 'journey_care',
  columns: { journey: 'text', person: 'text', pilot: 'text', ...summary },
  key: ['journey'],
  indexes: [['pilot', 'plan_agreed_at']],
  history: 'latest',
} as const satisfies Table;

function summaryOf(contacts: ContactSummary, plans: readonly CarePlan[]): Row {
  const current = plans.filter(({ endedAt }) => endedAt === undefined).at(-1);
  return {
    contacts: contacts.count,
    first_contact_at: contacts.first ?? null,
    last_contact_at: contacts.last ?? null,
    plans: plans.length,
    plan: current?.plan ?? null,
    plan_agreed_at: current?.agreed.at ?? null,
    review_by: current?.reviewBy ?? null,
  };
}

/** Contacts and care plans of a person and of each journey, as pages and coverage figures need them. */
export const careModel: ReadModel<PersonRecord> = {
  name: 'contacts-and-plans',
  version: 1,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [personCare, journeyCare],
  rows: (record) => ({
    person_care: [
      {
        person: record.personId,
        ...summaryOf(record.contacts, record.plans),
        attendances: record.attendances.length,
        stays: record.stays.length,
        registered_at: record.registered?.at ?? null,
        died_at: record.death?.at ?? null,
      },
    ],
    journey_care: Object.values(record.journeys).map(({ journeyId, pilot, contacts }) => ({
      journey: journeyId,
      person: record.personId,
      pilot: pilot ?? null,
      ...summaryOf(
        contacts,
        record.plans.filter((plan) => plan.journeyId === journeyId),
      ),
    })),
  }),
};
