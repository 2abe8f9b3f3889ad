/**
 * One clock of the handovers of a period, by boundary. Every offer is counted; open ones as open (FACTS 3.1).
 *
 * Median and 90th percentile are SQLite's own `median` and `percentile`: linear interpolation between the closest
 * ranks (type 7 of Hyndman and Fan; PERCENTILE.INC of spreadsheets), over the handovers whose clock ended with a value.
 */
import { elapsed, type Instant } from '#kernel';
import type { ClockOutcome, HandoffClockName } from '#pathway';
import type { Rows } from '#projections';
import type { MetricRequest } from '../definition.js';
import { kaplanMeierMedian, type Waited } from '../statistics/kaplan-meier.js';
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

interface Line {
  boundary: string | null;
  started: number;
  timed: number;
  untimed: number;
  median: number | null;
  p90: number | null;
  within_target: number | null;
  judged: number;
  open: number;
  overdue: number;
  oldest_open: Instant | null;
  declined: number;
  withdrawn: number;
  lapsed: number;
  stopped: number;
  values_known: string;
  ended_otherwise: string;
  open_since: string;
}

const counted = (outcome: ClockOutcome) => `count(*) FILTER (WHERE outcome = '${outcome}') AS ${outcome}`;

const columns = `
  count(*) AS started,
  count(value) AS timed,
  count(*) FILTER (WHERE timed = 0) AS untimed,
  median(value) AS median,
  percentile(value, 90) AS p90,
  count(*) FILTER (WHERE within = 1) AS within_target,
  count(*) FILTER (WHERE deadline IS NOT NULL AND timed = 1 AND (outcome <> 'open' OR deadline < :asAt)) AS judged,
  count(*) FILTER (WHERE outcome = 'open' AND deadline < :asAt) AS overdue,
  min(started_at) FILTER (WHERE outcome = 'open') AS oldest_open,
  ${(['open', 'declined', 'withdrawn', 'lapsed', 'stopped'] as const).map(counted).join(', ')},
  json_group_array(value) FILTER (WHERE value IS NOT NULL) AS values_known,
  json_group_array(censored_after) FILTER (WHERE censored_after IS NOT NULL) AS ended_otherwise,
  json_group_array(started_at) FILTER (WHERE outcome = 'open' AND timed = 1) AS open_since`;

export function clockFigures(rows: Rows, clock: HandoffClockName, request: MetricRequest): ClockFigures {
  const { from, params } = selection(clock, request);
  const all = { ...params, asAt: request.asAt };
  const lines = rows.all<Line>(`SELECT boundary, ${columns} FROM ${from} GROUP BY boundary ORDER BY boundary`, all);
  const total = lines.length === 1 ? lines : rows.all<Line>(`SELECT NULL AS boundary, ${columns} FROM ${from}`, all);
  return {
    kind: 'clock',
    total: { ...figure(total[0]!, request.asAt), boundary: null },
    byBoundary: lines.map((line) => figure(line, request.asAt)),
  };
}

function figure(line: Line, asAt: Instant): ClockFigure {
  const { started, timed, untimed, median, p90, judged, open, overdue, declined, withdrawn, lapsed, stopped } = line;
  const withinTarget = line.within_target ?? 0;
  return {
    boundary: line.boundary,
    started,
    timed,
    untimed,
    median,
    p90,
    medianWithOpen: kaplanMeierMedian(waits(line, asAt)),
    withinTarget,
    judged,
    percentWithinTarget: judged > 0 ? (100 * withinTarget) / judged : null,
    open,
    overdue,
    oldestOpen: line.oldest_open === null ? null : { since: line.oldest_open, age: elapsed(line.oldest_open, asAt) },
    otherwise: { declined, withdrawn, lapsed, stopped },
  };
}

const list = <T>(json: string): readonly T[] => JSON.parse(json) as T[];

const waits = (line: Line, asAt: Instant): readonly Waited[] => [
  ...list<number>(line.values_known).map((time) => ({ time, answered: true })),
  ...list<number>(line.ended_otherwise).map((time) => ({ time, answered: false })),
  ...list<Instant>(line.open_since).map((since) => ({ time: elapsed(since, asAt), answered: false })),
];
