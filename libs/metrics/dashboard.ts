/**
 * What a pilot's dashboard shows, each figure with the way to what is behind it. Pure of words and layout: the page
 * prints it.
 */
import type { CivilDate, Instant } from '#kernel';
import {
  hospitalNow,
  journeyCounts,
  nobodyResponsible,
  planCoverage,
  waitingByBoundary,
  type HospitalNow,
  type IdentityStrength,
  type ReportStanding,
  type Waiting,
} from '#pathway';
import type { Rows } from '#projections';
import type { MetricDefinition } from './definition.js';
import { answerFigures, type AnswerFigure } from './handovers/answer-figures.js';
import type { ClockFigure } from './handovers/clock-figures.js';
import type { Verdict, VerdictFigure } from './handovers/verdict-figures.js';
import { asDescribed } from './metrics/as-described.js';
import { handoverMetrics } from './registry.js';

export interface DashboardRequest {
  readonly pilot: string;
  /** First civil day, inclusive. */
  readonly from: CivilDate;
  /** Exclusive. */
  readonly to: CivilDate;
  /** As known at this ordinal; now where absent. What is true of this moment only is then left out. */
  readonly knownAt?: number;
  readonly asAt: Instant;
}

/** A figure and the address of its cases. */
export interface Linked<T> {
  readonly value: T;
  readonly href: string;
}

export interface ClockTable {
  readonly metric: Pick<MetricDefinition, 'id' | 'version' | 'title' | 'meaning' | 'formula' | 'label' | 'source'>;
  /** All boundaries together first. */
  readonly lines: readonly (Linked<ClockFigure> & { readonly openHref: string })[];
}

/** How the handovers of one boundary were answered, each count with the address of its cases. */
export interface AnswerLine {
  readonly value: AnswerFigure;
  readonly by: Readonly<Record<IdentityStrength, string>>;
  readonly reports: Readonly<Record<ReportStanding, string>>;
}

/** What receivers of one boundary found, each count with the address of its cases. */
export interface VerdictLine {
  readonly value: VerdictFigure;
  readonly href: string;
  readonly by: Readonly<Record<Verdict, string>>;
  /** In the order of `value.missing`. */
  readonly missing: readonly string[];
}

export interface Dashboard {
  readonly pilot: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly asAt: Instant;
  readonly knownAt: number | undefined;
  readonly clocks: readonly ClockTable[];
  /** All boundaries together first. */
  readonly answers: readonly AnswerLine[];
  /** All boundaries together first. */
  readonly verdicts: {
    readonly metric: ClockTable['metric'];
    readonly lines: readonly VerdictLine[];
  };
  readonly hospital: Linked<HospitalNow>;
  /** What is true now and only now; absent on a dashboard as known earlier. */
  readonly now:
    | {
        readonly nobodyResponsible: Linked<number>;
        /** Offers of any age that wait for an answer: none drops out with its month. */
        readonly waiting: readonly Linked<Waiting>[];
      }
    | undefined;
}

/** All journeys of a pilot counted, which costs as much as there are: only for who asks for it. */
export interface Coverage {
  readonly journeys: Linked<Awaited<ReturnType<typeof journeyCounts>>>;
  readonly plans: Linked<Awaited<ReturnType<typeof planCoverage>>>;
}

/** Read models that the dashboard draws on, for `withFreshness`. */
export const dashboardReadModels = ['handoff-facts', 'stays', 'journeys', 'handoffs', 'contacts-and-plans'] as const;

const address = (path: string, query: Readonly<Record<string, string | number | undefined>>): string => {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  return asked.size > 0 ? `${path}?${asked.toString()}` : path;
};

async function clockTable(
  rows: Rows,
  definition: (typeof handoverMetrics)[number],
  request: DashboardRequest,
): Promise<ClockTable> {
  const { id, version, title, meaning, formula, label, source } = definition;
  const { pilot, from, to, knownAt } = request;
  const { total, byBoundary } = await definition.compute(rows, request);
  const link = (boundary: string | null, outcome?: string) =>
    address(`/metrics/${id}/cases`, { pilot, from, to, boundary: boundary ?? undefined, knownAt, outcome });
  return {
    metric: { id, version, title, meaning, formula, label, source },
    lines: [total, ...byBoundary].map((value) => ({
      value,
      href: link(value.boundary),
      openHref: link(value.boundary, 'open'),
    })),
  };
}

async function answerLines(rows: Rows, request: DashboardRequest): Promise<readonly AnswerLine[]> {
  const { pilot, from, to, knownAt } = request;
  const { total, byBoundary } = await answerFigures(rows, request);
  return [total, ...byBoundary].map((value) => {
    const link = (narrowed: Readonly<Record<string, string>>) =>
      address('/metrics/h2-acceptance/cases', {
        pilot,
        from,
        to,
        boundary: value.boundary ?? undefined,
        knownAt,
        ...narrowed,
      });
    return {
      value,
      by: {
        account: link({ answeredAs: 'account' }),
        linkWithCode: link({ answeredAs: 'linkWithCode' }),
        telephoneReport: link({ answeredAs: 'telephoneReport' }),
      },
      reports: {
        notConfirmed: link({ report: 'notConfirmed' }),
        confirmed: link({ report: 'confirmed' }),
        disputed: link({ report: 'disputed' }),
      },
    };
  });
}

async function verdictTable(rows: Rows, request: DashboardRequest): Promise<Dashboard['verdicts']> {
  const { id, version, title, meaning, formula, label, source } = asDescribed;
  const { pilot, from, to, knownAt } = request;
  const { total, byBoundary } = await asDescribed.compute(rows, request);
  return {
    metric: { id, version, title, meaning, formula, label, source },
    lines: [total, ...byBoundary].map((value) => {
      const boundary = value.boundary ?? undefined;
      const link = (narrowed: Readonly<Record<string, string>>) =>
        address(`/metrics/${id}/cases`, { pilot, from, to, boundary, knownAt, ...narrowed });
      return {
        value,
        href: link({}),
        by: {
          yes: link({ outcome: 'yes' }),
          partly: link({ outcome: 'partly' }),
          no: link({ outcome: 'no' }),
          notSaid: link({ outcome: 'notSaid' }),
        },
        missing: value.missing.map(({ what }) => link({ missing: what })),
      };
    }),
  };
}

const journeysPage = (pilot: string, query: Readonly<Record<string, string>>) =>
  address(`/pilots/${pilot}/journeys`, query);

export const coverage = async (rows: Rows, pilot: string): Promise<Coverage> => ({
  journeys: { value: await journeyCounts(rows, pilot), href: journeysPage(pilot, {}) },
  plans: { value: await planCoverage(rows, pilot), href: journeysPage(pilot, { plan: 'none' }) },
});

export async function dashboard(rows: Rows, request: DashboardRequest): Promise<Dashboard> {
  const { pilot, from, to, knownAt, asAt } = request;
  return {
    pilot,
    from,
    to,
    asAt,
    knownAt,
    clocks: await Promise.all(handoverMetrics.map((definition) => clockTable(rows, definition, request))),
    answers: await answerLines(rows, request),
    verdicts: await verdictTable(rows, request),
    hospital: { value: await hospitalNow(rows, pilot, asAt, knownAt), href: address(`/pilots/${pilot}/stays`, { knownAt }) },
    now: knownAt === undefined ? await momentOf(rows, pilot, asAt) : undefined,
  };
}

const momentOf = async (rows: Rows, pilot: string, asAt: Instant): Promise<Dashboard['now']> => ({
  nobodyResponsible: { value: await nobodyResponsible(rows, pilot), href: journeysPage(pilot, { responsible: 'nobody' }) },
  waiting: (await waitingByBoundary(rows, pilot, asAt)).map((value) => ({
    value,
    href: address('/metrics/h2-acceptance/cases', { pilot, boundary: value.boundary, outcome: 'open' }),
  })),
});
