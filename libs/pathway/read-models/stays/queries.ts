import { civilDate, daysBetween, type CivilDate, type Instant } from '#kernel';
import { asKnown, type Rows } from '#projections';
import type { RowOf } from '../row-of.js';
import { inScope, type Scope } from '../scope.js';
import { stays } from './table.js';

type MayBeNull = 'pilot' | 'ended_at' | 'ended_on' | 'destination' | 'next_stay' | 'gap' | 'ready_at' | 'ready_on';

export type StayRow = RowOf<typeof stays, Exclude<keyof (typeof stays)['columns'], MayBeNull>>;

/** The person's stays, the latest first, for whoever may see one of their journeys. */
export function staysOfPerson(rows: Rows, person: string, scope: Scope, knownAt?: number): Promise<readonly StayRow[]> {
  const { sql, params } = inScope(scope, 'journey');
  const mayBeSeen =
    scope.kind === 'all' ? 'TRUE' : `EXISTS (SELECT 1 FROM journey WHERE journey.person = :person AND ${sql})`;
  const table = knownAt === undefined ? stays.name : asKnown(stays);
  return rows.all<StayRow>(
    `SELECT * FROM ${table} WHERE person = :person AND ${mayBeSeen} ORDER BY started_at DESC, stay`,
    {
      person,
      ...params,
      ...(knownAt !== undefined && { ordinal: knownAt }),
    },
  );
}

export interface HospitalNow {
  readonly inHospital: number;
  /** Ready to leave and still there. */
  readonly ready: number;
  /** Of these, ready for at least one midnight. */
  readonly delayed: number;
  /** Midnights that the delayed have waited until now. */
  readonly delayNights: number;
  readonly oldestReady: Instant | null;
}

/** Who of a pilot's people is in hospital at that moment, and who waits there to leave. */
export async function hospitalNow(rows: Rows, pilot: string, now: Instant, knownAt?: number): Promise<HospitalNow> {
  const today = civilDate(now);
  const table = knownAt === undefined ? stays.name : asKnown(stays);
  const lines = await rows.all<{ ready_on: CivilDate | null; n: number; oldest: Instant | null }>(
    `SELECT ready_on, count(*) AS n, min(ready_at) AS oldest FROM ${table}
     WHERE pilot = :pilot AND ended_on IS NULL GROUP BY ready_on ORDER BY ready_on`,
    { pilot, ...(knownAt !== undefined && { ordinal: knownAt }) },
  );
  const ready = lines.flatMap(({ ready_on, n, oldest }) =>
    ready_on === null ? [] : [{ n, oldest, nights: Math.max(0, daysBetween(ready_on, today)) }],
  );
  const sum = (of: readonly { n: number }[]) => of.reduce((total, { n }) => total + n, 0);
  return {
    inHospital: sum(lines),
    ready: sum(ready),
    delayed: sum(ready.filter(({ nights }) => nights > 0)),
    delayNights: ready.reduce((total, { n, nights }) => total + n * nights, 0),
    oldestReady: ready[0]?.oldest ?? null,
  };
}

/** A person in hospital now, and the newest of their journeys with the pilot that may be opened; null where none may. */
export type InHospitalRow = StayRow & { readonly journey: string | null };

export interface InHospitalFilter {
  /** Only those ready to leave and still there. */
  readonly ready?: true;
  readonly offset?: number;
  readonly limit?: number;
}

/** The stays that `hospitalNow` counts, the longest ready first, then the longest in hospital. */
export function staysInHospital(
  rows: Rows,
  pilot: string,
  scope: Scope,
  filter: InHospitalFilter = {},
): Promise<readonly InHospitalRow[]> {
  const { sql, params } = inScope(scope, 'journey');
  const { ready, offset = 0, limit = 50 } = filter;
  return rows.all<InHospitalRow>(
    `SELECT stay.*, (SELECT journey FROM journey WHERE journey.person = stay.person AND journey.pilot = stay.pilot
       AND ${sql} ORDER BY referred_at DESC, journey LIMIT 1) AS journey
     FROM ${stays.name} AS stay WHERE pilot = :pilot AND ended_on IS NULL${ready ? ' AND ready_on IS NOT NULL' : ''}
     ORDER BY ready_at IS NULL, ready_at, started_at, stay LIMIT :limit OFFSET :offset`,
    { pilot, ...params, limit, offset },
  );
}
