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
export function journeyRow(rows: Rows, journey: string, scope: Scope): JourneyRow | undefined {
  const { sql, params } = inScope(scope, 'journey');
  return rows.get<JourneyRow>(`SELECT * FROM journey WHERE journey.journey = :journey AND ${sql}`, {
    journey,
    ...params,
  });
}

/** The person's journeys in scope, the newest first. */
export function journeysOfPerson(rows: Rows, person: string, scope: Scope): readonly JourneyRow[] {
  const { sql, params } = inScope(scope, 'journey');
  return rows.all<JourneyRow>(
    `SELECT * FROM journey WHERE person = :person AND ${sql} ORDER BY referred_at DESC, journey.journey`,
    { person, ...params },
  );
}

/** Of journeys that another query has found for whoever asks. */
export const journeysByIds = (rows: Rows, journeys: readonly string[]): ReadonlyMap<string, JourneyRow> =>
  new Map(
    rows
      .all<JourneyRow>('SELECT * FROM journey WHERE journey IN (SELECT value FROM json_each(:journeys))', {
        journeys: JSON.stringify(journeys),
      })
      .map((row) => [row.journey, row]),
  );

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
): readonly JourneyRow[] {
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
export function journeyCounts(rows: Rows, pilot: string): Readonly<Partial<Record<JourneyStatus, number>>> {
  const lines = rows.all<{ status: JourneyStatus; n: number }>(
    'SELECT status, count(*) AS n FROM journey WHERE pilot = :pilot GROUP BY status',
    { pilot },
  );
  return Object.fromEntries(lines.map(({ status, n }) => [status, n]));
}

/** How many journeys of the pilot have nobody responsible; by status, because the index begins with it. */
export const nobodyResponsible = (rows: Rows, pilot: string): number =>
  rows.get<{ n: number }>(
    `SELECT count(*) AS n FROM journey
     WHERE pilot = :pilot AND status IN (SELECT value FROM json_each(:statuses)) AND alarmed = 1`,
    { pilot, statuses: JSON.stringify(journeyStatuses) },
  )!.n;

/** What the access policy asks about a journey; undefined where there is none. */
export function journeyParts(
  rows: Rows,
  journey: string,
): { readonly organisations: readonly string[]; readonly pilot?: string } | undefined {
  const found = rows.get<{ pilot: string | null }>('SELECT pilot FROM journey WHERE journey = :journey', { journey });
  if (!found) return undefined;
  const organisations = rows
    .all<{ organisation: string }>(
      'SELECT organisation FROM journey_part WHERE journey = :journey ORDER BY organisation',
      { journey },
    )
    .map(({ organisation }) => organisation);
  return { organisations, ...(found.pilot !== null && { pilot: found.pilot }) };
}

/** The team responsible at that moment: an acceptance given for a later time takes effect without another event. */
export const teamAt = (row: JourneyRow, now: Instant): string | null =>
  row.next_change_at !== null && row.next_change_at <= now ? row.next_team : row.responsible_team;

/** Who is key worker of somebody for whom these teams are responsible: one step in the index for each of them. */
export const keyWorkersOf = (rows: Rows, teams: readonly string[]): readonly string[] => [
  ...new Set(
    teams.flatMap((team) =>
      rows
        .all<{ keyWorker: string }>(
          `WITH RECURSIVE one (keyWorker) AS (
             SELECT min(key_worker) FROM journey WHERE responsible_team = :team
             UNION ALL
             SELECT (SELECT min(key_worker) FROM journey WHERE responsible_team = :team AND key_worker > one.keyWorker)
             FROM one WHERE one.keyWorker IS NOT NULL)
           SELECT keyWorker FROM one WHERE keyWorker IS NOT NULL`,
          { team },
        )
        .map(({ keyWorker }) => keyWorker),
    ),
  ),
];

/** Whether this member of staff is key worker of somebody for whom the organisation is responsible. */
export const isKeyWorkerIn = (rows: Rows, staff: string, organisation: string): boolean =>
  rows.get('SELECT 1 FROM journey WHERE key_worker = :staff AND responsible_organisation = :organisation LIMIT 1', {
    staff,
    organisation,
  }) !== undefined;
