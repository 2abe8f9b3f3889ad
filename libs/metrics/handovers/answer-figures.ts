/** How the handovers of a period were answered, by how sure it is who answered (ADR 0007). */
import type { IdentityStrength, ReportStanding } from '#pathway';
import type { Rows } from '#projections';
import type { MetricRequest } from '../definition.js';
import { selection } from './fact-selection.js';

export interface AnswerFigure {
  /** `from>to`; null for all boundaries together. */
  readonly boundary: string | null;
  /** Accepted or declined, and those two accounts stand about. */
  readonly answered: number;
  readonly by: Readonly<Record<IdentityStrength, number>>;
  /** What became of those that were given without an account. */
  readonly reports: Readonly<Record<ReportStanding, number>>;
}

export interface AnswerFigures {
  readonly total: AnswerFigure;
  /** In the order of `from>to`. */
  readonly byBoundary: readonly AnswerFigure[];
}

interface Line {
  readonly boundary: string;
  readonly answered_as: IdentityStrength;
  readonly report: ReportStanding | null;
  readonly answered: number;
}

export async function answerFigures(rows: Rows, request: MetricRequest): Promise<AnswerFigures> {
  const { parts, params } = selection('H2', request);
  const sql = parts.map(
    (from) =>
      `SELECT boundary, answered_as, report, count(*) AS answered FROM ${from} AND answered_as IS NOT NULL
       GROUP BY boundary, answered_as, report`,
  );
  const lines = await rows.all<Line>(sql.join(' UNION ALL '), params);
  const boundaries = [...new Set(lines.map(({ boundary }) => boundary))].sort();
  return {
    total: figure(null, lines),
    byBoundary: boundaries.map((boundary) =>
      figure(
        boundary,
        lines.filter((line) => line.boundary === boundary),
      ),
    ),
  };
}

function figure(boundary: string | null, lines: readonly Line[]): AnswerFigure {
  const count = (of: (line: Line) => boolean): number =>
    lines.filter(of).reduce((sum, { answered }) => sum + answered, 0);
  const as = (strength: IdentityStrength) => count((line) => line.answered_as === strength);
  const became = (report: ReportStanding) => count((line) => line.report === report);
  return {
    boundary,
    answered: count(() => true),
    by: { account: as('account'), linkWithCode: as('linkWithCode'), telephoneReport: as('telephoneReport') },
    reports: {
      notConfirmed: became('notConfirmed'),
      confirmed: became('confirmed'),
      disputed: became('disputed'),
    },
  };
}
