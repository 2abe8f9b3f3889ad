import type { Rows } from '#projections';
import type { RowOf } from '../row-of.js';
import { inScope, type Scope } from '../scope.js';
import type { journeyCare, personCare } from './model.js';

export type PersonCareRow = RowOf<typeof personCare, 'person' | 'contacts' | 'plans' | 'attendances' | 'stays'>;
export type JourneyCareRow = RowOf<typeof journeyCare, 'journey' | 'person' | 'contacts' | 'plans'>;

/** For whoever may see one of the person's journeys. */
export function careOfPerson(rows: Rows, person: string, scope: Scope): Promise<PersonCareRow | undefined> {
  const { sql, params } = inScope(scope, 'journey');
  const mayBeSeen =
    scope.kind === 'all' ? 'TRUE' : `EXISTS (SELECT 1 FROM journey WHERE journey.person = :person AND ${sql})`;
  return rows.get<PersonCareRow>(`SELECT * FROM person_care WHERE person = :person AND ${mayBeSeen}`, {
    person,
    ...params,
  });
}

export function careOfJourney(rows: Rows, journey: string, scope: Scope): Promise<JourneyCareRow | undefined> {
  const { sql, params } = inScope(scope, 'journey_care');
  return rows.get<JourneyCareRow>(`SELECT * FROM journey_care WHERE journey_care.journey = :journey AND ${sql}`, {
    journey,
    ...params,
  });
}

export interface PlanCoverage {
  readonly journeys: number;
  readonly withPlan: number;
}

/** Of the pilot's journeys under way, how many have a care plan that has not ended (FACTS 2.3). */
export async function planCoverage(rows: Rows, pilot: string): Promise<PlanCoverage> {
  const counted = await rows.get<PlanCoverage>(
    `SELECT count(*) AS journeys, count(plan_agreed_at) AS withPlan
     FROM journey JOIN journey_care USING (journey)
     WHERE journey.pilot = :pilot AND status IN ('active', 'paused')`,
    { pilot },
  );
  return counted ?? { journeys: 0, withPlan: 0 };
}
