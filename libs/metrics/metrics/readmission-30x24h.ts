import { asKnown, type Rows } from '#projections';
import { stays } from '#pathway';
import type { CaseBehind, CasesRequest, MetricDefinition, MetricRequest, MetricScope } from '../definition.js';

export interface Proportion {
  readonly kind: 'proportion';
  readonly numerator: number;
  readonly denominator: number;
  /** 0 to 1; null where the denominator is 0. */
  readonly proportion: number | null;
  /** Stays that have not ended: they enter the denominator when they do. */
  readonly open: number;
  readonly scope: MetricScope;
}

const WINDOW = 30 * 24 * 3_600_000;
const readmitted = `(gap BETWEEN 0 AND ${WINDOW})`;

type Params = Readonly<Record<string, string | number>>;

const scopeOf = ({ scope, pilot }: MetricRequest): MetricScope =>
  scope ?? (pilot === undefined ? 'all' : `pilot:${pilot}`);

/** Stays that ended in the period; `open` ones have not ended, so no period holds them. */
function selection(request: MetricRequest): { readonly from: string; readonly ended: string; readonly params: Params } {
  const scope = scopeOf(request);
  const { from, to, knownAt } = request;
  const ofScope: Readonly<Record<string, string>> =
    scope === 'all' ? {} : scope === 'imported' ? { source: 'imported' } : { pilot: scope.slice('pilot:'.length) };
  const columns = Object.keys(ofScope);
  const table = knownAt === undefined ? stays.name : asKnown(stays);
  const period = [
    ...(from === undefined ? [] : ['ended_on >= :from']),
    ...(to === undefined ? [] : ['ended_on < :to']),
  ];
  return {
    from: `${table} WHERE ${['TRUE', ...columns.map((column) => `${column} = :${column}`)].join(' AND ')}`,
    ended: ['ended_on IS NOT NULL', ...period].join(' AND '),
    params: {
      ...ofScope,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(knownAt !== undefined && { ordinal: knownAt }),
    },
  };
}

async function compute(rows: Rows, request: MetricRequest): Promise<Proportion> {
  const { from, ended, params } = selection(request);
  const counts = await rows.get<{ numerator: number; denominator: number; open: number }>(
    `SELECT count(*) FILTER (WHERE ${ended}) AS denominator,
       count(*) FILTER (WHERE ${ended} AND ${readmitted}) AS numerator,
       count(*) FILTER (WHERE ended_on IS NULL) AS open
     FROM ${from}`,
    params,
  );
  const { numerator, denominator, open } = counts!;
  return {
    kind: 'proportion',
    numerator,
    denominator,
    proportion: denominator > 0 ? numerator / denominator : null,
    open,
    scope: scopeOf(request),
  };
}

interface Line {
  stay: string;
  person: string;
  pilot: string | null;
  started_at: string;
  ended_at: string | null;
  gap: number | null;
  readmitted: number | null;
  lateness: number;
  synthetic: number;
  events: string;
}

/** Outcomes: `readmitted`, `notReadmitted` and, where asked for by name, `open`. */
async function cases(rows: Rows, request: CasesRequest): Promise<readonly CaseBehind[]> {
  const { from, ended, params } = selection(request);
  const { outcome, limit = 50, offset = 0 } = request;
  const wanted: Readonly<Record<string, string>> = {
    readmitted: `${ended} AND ${readmitted}`,
    notReadmitted: `${ended} AND ${readmitted} IS NOT TRUE`,
    open: 'ended_on IS NULL',
  };
  const found = await rows.all<Line>(
      `SELECT stay, person, pilot, started_at, ended_at, gap, ${readmitted} AS readmitted, lateness, synthetic, events
       FROM ${from} AND ${outcome === undefined ? ended : (wanted[outcome] ?? 'FALSE')}
       ORDER BY ${readmitted} IS NOT TRUE, gap, ended_at DESC, stay LIMIT :limit OFFSET :offset`,
      { ...params, limit, offset },
  );
  return found.map(({ stay, person, pilot, started_at, ended_at, gap, lateness, synthetic, events, ...line }) => ({
      person,
      journey: null,
      subject: stay,
      pilot,
      boundary: null,
      startedAt: started_at,
      endedAt: ended_at,
      value: gap,
      outcome: ended_at === null ? 'open' : line.readmitted === 1 ? 'readmitted' : 'notReadmitted',
      lateness,
      synthetic: synthetic === 1,
      events: JSON.parse(events) as string[],
    }));
}

/** Simple on purpose: it says what it counts, and is not the national indicator (FACTS 3.6). */
export const readmission30x24h: MetricDefinition<Proportion> = {
  id: 'readmission-30x24h',
  version: 1,
  title: 'Back in hospital within 30 days',
  meaning:
    'Of the hospital stays that ended, how many were followed by another of the same person within 30 x 24 hours.',
  formula: "Stays whose person's next stay starts 0 to 30 x 24 hours after their end, of all stays that ended.",
  unit: 'proportion',
  better: 'lower',
  label: 'ours',
  source:
    'FACTS 3.6; unlike this, the national indicator I02040 [V:S50] counts days, selects specialties and standardises',
  effective: { from: '2009-04-01' },
  edgeCases: [
    'Every method of admission counts, planned ones too: emergency readmission is another metric.',
    'The interval runs from the end of the stay before: of A, B and C, B is followed by C and A by B.',
    'The same moment counts and exactly 30 x 24 hours counts; hours are hours, whatever the clocks did.',
    'A stay that began before the one before it had ended is an overlap and is not counted as a readmission.',
    'Across wards and hospitals it is one stay; a transfer is no readmission.',
    'A stay that ended with death stays in the denominator.',
    'A stay belongs to the London day on which it ended.',
  ],
  readModels: ['stays'],
  compute,
  cases,
};
