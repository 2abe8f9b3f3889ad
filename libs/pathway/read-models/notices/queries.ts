import { addDays, civilDate, londonInstant, type Actor, type Instant } from '#kernel';
import type { Rows } from '#projections';
import type { NoticeKind, Urgency } from '../../domain/codes.js';
import type { RowOf } from '../row-of.js';
import type { notices } from './model.js';

type Plain = RowOf<typeof notices, Exclude<keyof (typeof notices)['columns'], 'pilot' | 'read_at'>>;

export type NoticeRow = Omit<Plain, 'kind' | 'urgency' | 'audience'> & {
  readonly kind: NoticeKind;
  readonly urgency: Urgency;
  readonly audience: 'team' | 'dutyManager';
};

/** More are not read in a day; the newest come first. */
const MOST = 200;

/** What is over and that nobody has read by then is no news any more, in days. */
const NEWS = 14;

/**
 * What this actor is told at that moment: a duty manager of their organisation's teams, a coordinator for their own.
 * Those that nobody has read come first.
 */
export function noticesFor(
  rows: Rows,
  { role, organisation }: Pick<Actor, 'role' | 'organisation'>,
  teams: readonly string[],
  now: Instant,
): Promise<readonly NoticeRow[]> {
  const audience = role === 'dutyManager' ? 'dutyManager' : 'team';
  const news = londonInstant(addDays(civilDate(now), -NEWS));
  const ofTeams = audience === 'team' ? ' AND team IN (SELECT value FROM json_each(:teams))' : '';
  return rows.all<NoticeRow>(
    `SELECT * FROM notice WHERE audience = :audience AND organisation = :organisation${ofTeams}
       AND (stands = 1 OR since >= :news)
     ORDER BY read_at IS NOT NULL, since DESC, handoff, kind LIMIT ${MOST}`,
    { audience, organisation, news, ...(audience === 'team' && { teams: JSON.stringify(teams) }) },
  );
}
