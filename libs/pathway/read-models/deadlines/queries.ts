import type { Instant } from '#kernel';
import type { Rows } from '#projections';
import type { ReactionRule, Urgency } from '../../domain/codes.js';
import type { RowOf } from '../row-of.js';
import type { deadlines } from './model.js';

export type DeadlineRow = Omit<RowOf<typeof deadlines, keyof (typeof deadlines)['columns']>, 'rule' | 'urgency'> & {
  readonly rule: ReactionRule;
  readonly urgency: Urgency;
};

/** What may be due between the two moments, those first whose time began first. For the engine itself: no scope. */
export const deadlinesSince = (rows: Rows, from: Instant, to: Instant): Promise<readonly DeadlineRow[]> =>
  rows.all<DeadlineRow>('SELECT * FROM deadline WHERE since >= :from AND since <= :to ORDER BY since, handoff, rule', {
    from,
    to,
  });

/** When the next time after that moment begins to run; undefined where none does. */
export async function nextDeadlineAfter(rows: Rows, moment: Instant): Promise<Instant | undefined> {
  const next = await rows.get<{ since: Instant }>(
    'SELECT since FROM deadline WHERE since > :moment ORDER BY since LIMIT 1',
    { moment },
  );
  return next?.since;
}
