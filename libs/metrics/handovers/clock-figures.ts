/** One clock of the handovers of a period, by boundary. Every offer is counted; open ones as open (FACTS 3.1). */
import { elapsed, type Instant } from '#kernel';
import type { ClockOutcome, HandoffClockName } from '#pathway';
import type { Rows } from '#projections';
import type { MetricRequest } from '../definition.js';
import { kaplanMeierMedian } from '../statistics/kaplan-meier.js';
import { quantile } from '../statistics/quantile.js';
import { selection } from './fact-selection.js';

/** Times in milliseconds; null where there is nothing to say. */
export interface ClockFigure {
  /** `from>to`; null for all boundaries together. */
  readonly boundary: string | null;
  /** All handovers whose clock started in the period: the denominator. */
  readonly started: number;
  /** Ended with a time. */
  readonly timed: number;
  /** Known only by the day, so without a time in hours. */
  readonly untimed: number;
  readonly median: number | null;
  readonly p90: number | null;
  /** Median with open and otherwise ended ones counted for as long as they waited (Kaplan and Meier). */
  readonly medianWithOpen: number | null;
  readonly withinTarget: number;
  /** Those of which the target can be said: all but open ones not yet due and untimed ones. */
  readonly judged: number;
  /** `withinTarget` of `judged`, 0 to 100. */
  readonly percentWithinTarget: number | null;
  readonly open: number;
  /** Open ones whose target has passed. */
  readonly overdue: number;
  readonly oldestOpen: { readonly since: Instant; readonly age: number } | null;
  /** How the others ended. */
  readonly otherwise: Readonly<Record<'declined' | 'withdrawn' | 'lapsed' | 'stopped', number>>;
}

export interface ClockFigures {
  readonly kind: 'clock';
  readonly total: ClockFigure;
  /** In the order of `from>to`. */
  readonly byBoundary: readonly ClockFigure[];
}

/** Handovers of one boundary whose clock ended in one way, from one part of the selection. */
interface Line {
  boundary: string;
  outcome: ClockOutcome;
  started: number;
  untimed: number;
  within_target: number;
  /** Have a target and a time. */
  targeted: number;
  not_yet_due: number;
  oldest: Instant;
  /** A JSON list of milliseconds; of instants since when, for open ones. */
  times: string;
}

const columns = `
  boundary, outcome,
  count(*) AS started,
  count(*) FILTER (WHERE timed = 0) AS untimed,
  count(*) FILTER (WHERE within = 1) AS within_target,
  count(*) FILTER (WHERE deadline IS NOT NULL AND timed = 1) AS targeted,
  count(*) FILTER (WHERE deadline >= :asAt AND timed = 1) AS not_yet_due,
  min(started_at) AS oldest,
  json_group_array(CASE outcome WHEN 'open' THEN started_at ELSE coalesce(value, censored_after) END)
    FILTER (WHERE timed = 1) AS times`;

const otherwise = ['declined', 'withdrawn', 'lapsed', 'stopped'] as const;
const endsWithout: ReadonlySet<string> = new Set(otherwise);

export async function clockFigures(rows: Rows, clock: HandoffClockName, request: MetricRequest): Promise<ClockFigures> {
  const { parts: known, params } = selection(clock, request);
  const sql = known.map((from) => `SELECT ${columns} FROM ${from} GROUP BY boundary, outcome`).join(' UNION ALL ');
  const lines = await rows.all<Line>(sql, { ...params, asAt: request.asAt });
  const parts = lines.map((line) => partOf(line, request.asAt));
  const boundaries = [...new Set(parts.map(({ boundary }) => boundary))].sort();
  return {
    kind: 'clock',
    total: figure(null, parts, request.asAt),
    byBoundary: boundaries.map((boundary) =>
      figure(
        boundary,
        parts.filter((part) => part.boundary === boundary),
        request.asAt,
      ),
    ),
  };
}

type Part = Omit<Line, 'times'> & { readonly times: readonly number[] };

function partOf({ times, ...line }: Line, asAt: Instant): Part {
  const told = JSON.parse(times) as readonly (number | Instant)[];
  return { ...line, times: told.map((time) => (typeof time === 'number' ? time : Math.max(0, elapsed(time, asAt)))) };
}

const sorted = (parts: readonly Part[]): Float64Array => {
  const times = new Float64Array(parts.reduce((length, part) => length + part.times.length, 0));
  let at = 0;
  for (const part of parts) {
    times.set(part.times, at);
    at += part.times.length;
  }
  return times.sort();
};

const sum = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((total, part) => total + of(part), 0);

function figure(boundary: string | null, parts: readonly Part[], asAt: Instant): ClockFigure {
  const open = parts.filter(({ outcome }) => outcome === 'open');
  const ended = parts.filter(({ outcome }) => outcome !== 'open');
  const answered = sorted(ended.filter(({ outcome }) => !endsWithout.has(outcome)));
  const unanswered = sorted(parts.filter(({ outcome }) => outcome === 'open' || endsWithout.has(outcome)));
  const withinTarget = sum(parts, (part) => part.within_target);
  const notYetDue = sum(open, (part) => part.not_yet_due);
  const judged = sum(parts, (part) => part.targeted) - notYetDue;
  const oldest = open.map((part) => part.oldest).sort()[0];
  return {
    boundary,
    started: sum(parts, (part) => part.started),
    timed: answered.length,
    untimed: sum(parts, (part) => part.untimed),
    median: quantile(answered, 0.5),
    p90: quantile(answered, 0.9),
    medianWithOpen: kaplanMeierMedian(answered, unanswered),
    withinTarget,
    judged,
    percentWithinTarget: judged > 0 ? (100 * withinTarget) / judged : null,
    open: sum(open, (part) => part.started),
    overdue: sum(open, (part) => part.targeted) - notYetDue,
    oldestOpen: oldest === undefined ? null : { since: oldest, age: elapsed(oldest, asAt) },
    otherwise: Object.fromEntries(
      otherwise.map((outcome) => [
        outcome,
        sum(
          parts.filter((part) => part.outcome === outcome),
          (part) => part.started,
        ),
      ]),
    ) as ClockFigure['otherwise'],
  };
}
