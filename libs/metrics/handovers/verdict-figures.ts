/** What receivers found at first contact: whether people were as their handovers described, and what was missing. */
import { verdicts, type MissingFromHandover, type VerdictGiven } from '#pathway';
import type { Rows } from '#projections';
import type { MetricRequest } from '../definition.js';
import { selection } from './fact-selection.js';

export type Verdict = VerdictGiven['described'];

export interface VerdictFigure {
  /** `from>to`; null for all boundaries together. */
  readonly boundary: string | null;
  /** First contacts, whatever was said of the handover. */
  readonly contacted: number;
  /** Of them, how many receivers said anything: the denominator. */
  readonly said: number;
  readonly by: Readonly<Record<Verdict, number>>;
  /** As described of those who said, 0 to 1; null where nobody said. */
  readonly proportion: number | null;
  /** What was missing most, the most frequent first. */
  readonly missing: readonly { readonly what: MissingFromHandover; readonly count: number }[];
  /** Handovers that took effect and have had no first contact yet: they enter when they have. */
  readonly open: number;
}

export interface VerdictFigures {
  readonly kind: 'verdicts';
  readonly total: VerdictFigure;
  /** In the order of `from>to`. */
  readonly byBoundary: readonly VerdictFigure[];
}

interface Line {
  readonly boundary: string;
  readonly outcome: string;
  readonly described: Verdict | null;
  readonly missing: MissingFromHandover | null;
  readonly n: number;
}

export async function verdictFigures(rows: Rows, request: MetricRequest): Promise<VerdictFigures> {
  const { parts, params } = selection('H4', request);
  const sql = parts.map(
    (from) =>
      `SELECT boundary, outcome, described, missing, count(*) AS n FROM ${from}
       GROUP BY boundary, outcome, described, missing`,
  );
  const lines = await rows.all<Line>(sql.join(' UNION ALL '), params);
  const boundaries = [...new Set(lines.map(({ boundary }) => boundary))].sort();
  return {
    kind: 'verdicts',
    total: figure(null, lines),
    byBoundary: boundaries.map((boundary) =>
      figure(
        boundary,
        lines.filter((line) => line.boundary === boundary),
      ),
    ),
  };
}

function figure(boundary: string | null, lines: readonly Line[]): VerdictFigure {
  const count = (of: (line: Line) => boolean): number => lines.filter(of).reduce((sum, { n }) => sum + n, 0);
  const by = Object.fromEntries(
    verdicts.map((verdict) => [verdict, count(({ described }) => described === verdict)]),
  ) as Record<Verdict, number>;
  const said = by.yes + by.partly + by.no;
  const named = [...new Set(lines.flatMap(({ missing }) => missing ?? []))];
  return {
    boundary,
    contacted: said + by.notSaid,
    said,
    by,
    proportion: said > 0 ? by.yes / said : null,
    missing: named
      .map((what) => ({ what, count: count(({ missing }) => missing === what) }))
      .toSorted((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1)),
    open: count(({ outcome }) => outcome === 'open'),
  };
}
