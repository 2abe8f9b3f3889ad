import type { HandoffClockName } from '#pathway';
import type { Rows } from '#projections';
import type { CaseBehind, CasesRequest } from '../definition.js';
import { selection } from './fact-selection.js';
import type { Verdict } from './verdict-figures.js';

interface Line {
  person: string;
  journey: string;
  handoff: string;
  pilot: string | null;
  boundary: string;
  started_at: string;
  ended_at: string | null;
  value: number | null;
  outcome: string;
  lateness: number;
  synthetic: number;
  events: string;
}

/** The handovers behind a clock's figures: open ones first, the oldest of them on top, then the longest. */
export async function handoverCases(
  rows: Rows,
  clock: HandoffClockName,
  request: CasesRequest & { readonly verdict?: Verdict | 'any' },
): Promise<readonly CaseBehind[]> {
  const { from, params } = selection(clock, request);
  const { outcome, answeredAs, report, verdict, missing } = request;
  const narrowed: readonly (readonly [condition: string, name: string, value: string | undefined])[] = [
    ['outcome = :outcome', 'outcome', outcome],
    ['answered_as = :answeredAs', 'answeredAs', answeredAs],
    ['report = :report', 'report', report],
    ['described = :verdict', 'verdict', verdict === 'any' ? undefined : verdict],
    ['missing = :missing', 'missing', missing],
  ];
  const asked = narrowed.filter(([, , value]) => value !== undefined);
  const found = await rows.all<Line>(
      `SELECT person, journey, handoff, pilot, boundary, started_at, ended_at, value, ${
        verdict === undefined ? 'outcome' : 'described AS outcome'
      }, lateness, synthetic, events
       FROM ${from}${verdict === 'any' ? ' AND described IS NOT NULL' : ''}${asked.map(([condition]) => ` AND ${condition}`).join('')}
       ORDER BY ${verdict === undefined ? "outcome <> 'open', CASE WHEN outcome = 'open' THEN started_at END," : ''}
         coalesce(value, censored_after) DESC, handoff
       LIMIT :limit OFFSET :offset`,
      {
        ...params,
        ...Object.fromEntries(asked.map(([, name, value]) => [name, value!])),
        limit: request.limit ?? 50,
        offset: request.offset ?? 0,
      },
  );
  return found.map(({ handoff, started_at, ended_at, synthetic, events, ...same }) => ({
      ...same,
      subject: handoff,
      startedAt: started_at,
      endedAt: ended_at,
      synthetic: synthetic === 1,
      events: JSON.parse(events) as string[],
    }));
}
