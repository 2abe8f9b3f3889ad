import type { Instant } from '#kernel';
import type { Rows } from '#projections';
import type { RowOf } from '../row-of.js';
import { inScope, type Scope } from '../scope.js';
import { journeyStatuses, type JourneyStatus, type journeys } from './model.js';

type Always =
  | 'journey'
  | 'person'
  | 'pathway'
  | 'definition_version'
  | 'unconfirmed'
  | 'disputed'
  | 'alarmed'
  | 'open_handoffs'
  | 'last_event'
  | 'last_type'
  | 'last_at'
  | 'last_recorded_at'
  | 'synthetic';

export type JourneyRow = Omit<RowOf<typeof journeys, Always>, 'status'> & { readonly status: JourneyStatus };

/** Undefined also where it is not for this scope: nobody learns that it exists. */
export function journeyRow(rows: Rows, journey: string, scope: Scope): Promise<JourneyRow | undefined> {
  const { sql, params } = inScope(scope, 'journey');
  return rows.get<JourneyRow>(`SELECT * FROM journey WHERE journey.journey = :journey AND ${sql}`, {
    journey,
    ...params,
  });
}

/** The person's journeys in scope, the newest first. */
export function journeysOfPerson(rows: Rows, person: string, scope: Scope): Promise<readonly JourneyRow[]> {
  const { sql, params } = inScope(scope, 'journey');
  return rows.all<JourneyRow>(
    `SELECT * FROM journey WHERE person = :person AND ${sql} ORDER BY referred_at DESC, journey.journey`,
    { person, ...params },
  );
}

/** The journeys of these people in scope, the newest of each first. */
export async function journeysOfPeople(
  rows: Rows,
  people: readonly string[],
  scope: Scope,
): Promise<ReadonlyMap<string, readonly JourneyRow[]>> {
  const { sql, params } = inScope(scope, 'journey');
  const found = await rows.all<JourneyRow>(
    `SELECT * FROM journey WHERE person IN (SELECT value FROM json_each(:people)) AND ${sql}
     ORDER BY referred_at DESC, journey.journey`,
    { people: JSON.stringify(people), ...params },
  );
  return Map.groupBy(found, ({ person }) => person);
}

/** Of journeys that another query has found for whoever asks. */
export async function journeysByIds(
  rows: Rows,
  journeys: readonly string[],
): Promise<ReadonlyMap<string, JourneyRow>> {
  const found = await rows.all<JourneyRow>(
    'SELECT * FROM journey WHERE journey IN (SELECT value FROM json_each(:journeys))',
    { journeys: JSON.stringify(journeys) },
  );
  return new Map(found.map((row) => [row.journey, row]));
}

export interface JourneyFilter {
  readonly status?: JourneyStatus;
  /** Only those for which nobody is responsible although somebody should be. */
  readonly alarmed?: true;
  readonly offset?: number;
  readonly limit?: number;
}

/** A pilot's journeys in scope, the longest in their present hands first. */
export function journeysOfPilot(
  rows: Rows,
  pilot: string,
  scope: Scope,
  filter: JourneyFilter = {},
): Promise<readonly JourneyRow[]> {
  const { sql, params } = inScope(scope, 'journey');
  const { status, alarmed, offset = 0, limit = 50 } = filter;
  const asked = `${status ? ' AND status = :status' : ''}${alarmed ? ' AND alarmed = 1' : ''}`;
  return rows.all<JourneyRow>(
    `SELECT * FROM journey WHERE pilot = :pilot${asked} AND ${sql}
     ORDER BY responsible_since, journey.journey LIMIT :limit OFFSET :offset`,
    { pilot, ...(status && { status }), ...params, limit, offset },
  );
}

/** Journeys of the pilot by status. */
export async function journeyCounts(rows: Rows, pilot: string): Promise<Readonly<Partial<Record<JourneyStatus, number>>>> {
  const lines = await rows.all<{ status: JourneyStatus; n: number }>(
    'SELECT status, count(*) AS n FROM journey WHERE pilot = :pilot GROUP BY status',
    { pilot },
  );
  return Object.fromEntries(lines.map(({ status, n }) => [status, n]));
}

/** How many journeys of the pilot have nobody responsible; by status, because the index begins with it. */
export async function nobodyResponsible(rows: Rows, pilot: string): Promise<number> {
  const counted = await rows.get<{ n: number }>(
    `SELECT count(*) AS n FROM journey
     WHERE pilot = :pilot AND status IN (SELECT value FROM json_each(:statuses)) AND alarmed = 1`,
    { pilot, statuses: JSON.stringify(journeyStatuses) },
  );
  return counted!.n;
}

/** What the access policy asks about a journey; undefined where there is none. */
export async function journeyParts(
  rows: Rows,
  journey: string,
): Promise<{ readonly organisations: readonly string[]; readonly pilot?: string } | undefined> {
  const found = await rows.get<{ pilot: string | null }>('SELECT pilot FROM journey WHERE journey = :journey', { journey });
  if (!found) return undefined;
  const parts = await rows.all<{ organisation: string }>(
    'SELECT organisation FROM journey_part WHERE journey = :journey ORDER BY organisation',
    { journey },
  );
  return {
    organisations: parts.map(({ organisation }) => organisation),
    ...(found.pilot !== null && { pilot: found.pilot }),
  };
}

/** The team responsible at that moment: an acceptance given for a later time takes effect without another event. */
export const teamAt = (row: JourneyRow, now: Instant): string | null =>
  row.next_change_at !== null && row.next_change_at <= now ? row.next_team : row.responsible_team;

/** Who is key worker of somebody for whom these teams are responsible: one step in the index for each of them. */
export async function keyWorkersOf(rows: Rows, teams: readonly string[]): Promise<readonly string[]> {
  const found = await rows.all<{ key_worker: string }>(
    `WITH RECURSIVE one (team, key_worker) AS (
       SELECT value, (SELECT min(key_worker) FROM journey WHERE responsible_team = value) FROM json_each(:teams)
       UNION ALL
       SELECT one.team, (SELECT min(key_worker) FROM journey WHERE responsible_team = one.team AND key_worker > one.key_worker)
       FROM one WHERE one.key_worker IS NOT NULL)
     SELECT DISTINCT key_worker FROM one WHERE key_worker IS NOT NULL ORDER BY key_worker`,
    { teams: JSON.stringify(teams) },
  );
  return found.map(({ key_worker }) => key_worker);
}

/** Whether this member of staff is key worker of somebody for whom the organisation is responsible. */
export async function isKeyWorkerIn(rows: Rows, staff: string, organisation: string): Promise<boolean> {
  const one = await rows.get(
    'SELECT 1 FROM journey WHERE key_worker = :staff AND responsible_organisation = :organisation LIMIT 1',
    { staff, organisation },
  );
  return one !== undefined;
}
