import type { Instant } from '#kernel';
import type { Rows } from '#projections';
import type { JourneyRow } from './queries.js';

export interface ClosedTeamsRequest {
  /** Teams of the actor's that nobody answers for at that moment. */
  readonly teams: readonly string[];
  readonly organisation: string;
  /** Every team that is closed then: a handover accepted for later may lead to another one. */
  readonly closed: readonly string[];
  readonly at: Instant;
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * People with whom nobody is open at that moment: a team that is closed then is responsible, and no acceptance leads
 * to an open one before. Who came last stands first: the least is settled for them.
 */
export async function heldByClosedTeams(
  rows: Rows,
  { teams, organisation, closed, at, offset = 0, limit = 50 }: ClosedTeamsRequest,
): Promise<{ readonly total: number; readonly journeys: readonly JourneyRow[] }> {
  const where = `responsible_team IN (SELECT value FROM json_each(:teams)) AND status = 'active'
    AND responsible_organisation = :organisation
    AND (next_change_at IS NULL OR next_change_at > :at OR next_team IN (SELECT value FROM json_each(:closed)))`;
  const params = { teams: JSON.stringify(teams), organisation, closed: JSON.stringify(closed), at };
  const counted = await rows.get<{ n: number }>(`SELECT count(*) AS n FROM journey WHERE ${where}`, params);
  return {
    total: counted!.n,
    journeys: await rows.all<JourneyRow>(
      // As on the worklist: found and ordered in the index, whole rows read of the page alone.
      `SELECT * FROM journey WHERE rowid IN (
         SELECT rowid FROM journey WHERE ${where} ORDER BY responsible_since DESC, journey LIMIT :limit OFFSET :offset)
       ORDER BY responsible_since DESC, journey`,
      { ...params, limit, offset },
    ),
  };
}
