/**
 * What a metric is (FACTS 3): a versioned definition that says in plain words what it counts and how that is known,
 * a computation over the facts of the read models, and the way from each figure to the journeys and events behind it.
 */
import type { CivilDate, Instant } from '#kernel';
import type { IdentityStrength, MissingFromHandover, ReportStanding } from '#pathway';
import type { Rows } from '#projections';
import type { Label } from '#pilots';

export interface MetricRequest {
  readonly pilot?: string;
  /** `imported`, `all` or `pilot:<id>`, where the metric counts people of no pilot too. */
  readonly scope?: MetricScope;
  /** First civil day in London, inclusive; from the beginning where absent. */
  readonly from?: CivilDate;
  /** Exclusive; to the end where absent. */
  readonly to?: CivilDate;
  readonly boundary?: string;
  /** As known at this ordinal: earlier knowledge under today's definition. Now where absent. */
  readonly knownAt?: number;
  /** The moment that "now" means: how long an open offer has waited, and whether it is overdue. */
  readonly asAt: Instant;
}

export type MetricScope = 'imported' | 'all' | `pilot:${string}`;

/** One case behind a figure, with the events that make it. */
export interface CaseBehind {
  readonly person: string;
  readonly journey: string | null;
  /** The handover or the hospital stay. */
  readonly subject: string;
  readonly pilot: string | null;
  readonly boundary: string | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** In the metric's unit; null while open or where it ended in another way. */
  readonly value: number | null;
  readonly outcome: string;
  /** How long after it happened its latest entry was written, milliseconds (FACTS 3.1: reported apart). */
  readonly lateness: number;
  readonly synthetic: boolean;
  readonly events: readonly string[];
}

export interface CasesRequest extends MetricRequest {
  /** Only cases with this outcome: `open` opens the figure of open offers. */
  readonly outcome?: string;
  /** Only those answered so (ADR 0007). */
  readonly answeredAs?: IdentityStrength;
  readonly report?: ReportStanding;
  /** Only those of which the receiver said that this was missing. */
  readonly missing?: MissingFromHandover;
  readonly offset?: number;
  readonly limit?: number;
}

export interface MetricDefinition<Value = unknown> {
  readonly id: string;
  /** Raised when the same facts give another figure; publications name it. */
  readonly version: number;
  readonly title: string;
  /** One plain sentence of what it means. */
  readonly meaning: string;
  readonly formula: string;
  readonly unit: 'milliseconds' | 'proportion';
  readonly better: 'lower' | 'higher';
  /** How the rule is known, and where it is written. */
  readonly label: Label;
  readonly source: string;
  readonly effective: { readonly from: CivilDate; readonly to?: CivilDate };
  readonly edgeCases: readonly string[];
  /** Read models that it draws on: what is incomplete there is missing here, and the figure says so. */
  readonly readModels: readonly string[];
  compute(rows: Rows, request: MetricRequest): Promise<Value>;
  /** The cases that `compute` counts for the same request, the longest waiting first. */
  cases(rows: Rows, request: CasesRequest): Promise<readonly CaseBehind[]>;
}
