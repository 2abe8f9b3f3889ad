import type { Boundary, Instant } from '#kernel';
import type { Rows } from '#projections';
import type { Urgency } from '../../domain/codes.js';
import type { HandoffStatus } from '../../domain/handoff/state.js';
import type { RowOf } from '../row-of.js';
import { inScope, type Scope } from '../scope.js';
import type { handoffs } from './model.js';

type MayBeNull =
  | 'pilot'
  | 'effect_at'
  | 'expected_on'
  | 'acknowledged_at'
  | 'answered_at'
  | 'ended_at'
  | 'reason'
  | 'first_contact_at'
  | 'acted_on_at'
  | 'escalated_at';
type Plain = RowOf<typeof handoffs, Exclude<keyof (typeof handoffs)['columns'], MayBeNull>>;

export type HandoffRow = Omit<Plain, 'status' | 'urgency' | 'boundary'> & {
  readonly status: HandoffStatus;
  readonly urgency: Urgency;
  readonly boundary: Boundary;
};

export function handoffRow(rows: Rows, handoff: string, scope: Scope): Promise<HandoffRow | undefined> {
  const { sql, params } = inScope(scope, 'handoff');
  return rows.get<HandoffRow>(`SELECT * FROM handoff WHERE handoff.handoff = :handoff AND ${sql}`, {
    handoff,
    ...params,
  });
}

/** In the order in which they were offered. */
export function handoffsOfJourney(rows: Rows, journey: string, scope: Scope): Promise<readonly HandoffRow[]> {
  const { sql, params } = inScope(scope, 'handoff');
  return rows.all<HandoffRow>(
    `SELECT * FROM handoff WHERE journey = :journey AND ${sql} ORDER BY offered_at, attempt, handoff.handoff`,
    { journey, ...params },
  );
}

/** Offers of these journeys that wait for an answer, the oldest first. */
export const openHandoffsOf = (rows: Rows, journeys: readonly string[]): Promise<readonly HandoffRow[]> =>
  rows.all<HandoffRow>(
    `SELECT * FROM handoff WHERE journey IN (SELECT value FROM json_each(:journeys))
       AND status IN ('offered', 'acknowledged') ORDER BY offered_at, handoff`,
    { journeys: JSON.stringify(journeys) },
  );

/** Offers looked at to find whom a team asks: so many that one busy week hides nobody. */
const LATELY = 40;

/** Teams that accepted from this one lately, the latest first. */
export async function acceptedLatelyFrom(rows: Rows, team: string): Promise<readonly string[]> {
  const found = await rows.all<Pick<HandoffRow, 'to_team'>>(
    `SELECT to_team FROM handoff WHERE from_team = :team AND status = 'accepted'
     ORDER BY status_learned_at DESC, handoff DESC LIMIT ${LATELY}`,
    { team },
  );
  return [...new Set(found.map(({ to_team }) => to_team))];
}

export interface Waiting {
  readonly boundary: Boundary;
  /** Offers that wait for an answer, whenever they were made. */
  readonly open: number;
  /** Of these, seen by the receiver. */
  readonly seen: number;
  readonly overdue: number;
  readonly oldestSince: Instant;
}

/** What waits for an answer at a pilot's boundaries now. Offers of any age are in it: none drops out with its month. */
export const waitingByBoundary = (rows: Rows, pilot: string, now: Instant): Promise<readonly Waiting[]> =>
  rows.all<Waiting>(
    `SELECT boundary, count(*) AS open, sum(status = 'acknowledged') AS seen, sum(accept_by < :now) AS overdue,
       min(offered_at) AS oldestSince
     FROM handoff WHERE pilot = :pilot AND status IN ('offered', 'acknowledged') GROUP BY boundary ORDER BY boundary`,
    { pilot, now },
  );
