/** `npm run bench`: one metric of a month by boundary, now and as known at a past moment (DESIGN 10). */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryEventStore } from '#event-store';
import { civilDate, deriveId, fromMillis, toMillis } from '#kernel';
import { handoffFacts, pathwayReadModels } from '#pathway';
import { ReadModelReader } from '#projections';
import { modelSet, type TableLayout } from '../../projections/model-set.js';
import type { Tuple } from '../../projections/rows.js';
import { GenerationFiles } from '../../projections/sqlite/files.js';
import { GenerationDb } from '../../projections/sqlite/generation-db.js';
import { RowWriter } from '../../projections/sqlite/row-writer.js';
import { acceptance } from '../metrics/h2-acceptance.js';

export interface MetricBench {
  readonly name: string;
  /** Now, milliseconds, median. */
  readonly value: number;
  readonly unit: 'ms';
  /** The same month as known half-way through the log. */
  readonly baseline: number;
  /** As known over now. */
  readonly ratio: number;
  readonly details: Readonly<Record<string, number>>;
}

const PILOTS = 16;
const BOUNDARIES = [
  'primary>community',
  'community>socialCare',
  'secondary>community',
  'secondary>socialCare',
  'community>thirdSector',
  'socialCare>community',
  'primary>mentalHealth',
  'community>primary',
];
const DAYS = 730;
const ROUNDS = 50;
const EVENTS_PER_HANDOFF = 10;

/** A small generator of its own, the same every time: Park and Miller, 1988. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export const benchMetric500k = (): Promise<MetricBench> => benchMetric('metric-500k', 500_000);

export async function benchMetric(name: string, facts: number): Promise<MetricBench> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-metric-'));
  const log = openMemoryEventStore();
  const reader = new ReadModelReader({ directory, log });
  try {
    const events = fill(directory, facts);
    const month = { from: '2010-02-01', to: '2010-03-01', asAt: '2011-03-31T12:00:00.000Z' };
    // The end of that month: answers of its last hours, and those recorded late, were not known then.
    const knownAt = Math.round(events * (334 / DAYS));
    const [now, known, onePilot, onePilotKnown] = (await timed(
      [{}, { knownAt }, { pilot: 'pilot-3' }, { pilot: 'pilot-3', knownAt }].map(
        (request) => () => acceptance.compute(reader, { ...month, ...request }),
      ),
    )) as [number, number, number, number];
    const round = (ms: number) => Number(ms.toFixed(3));
    return {
      name,
      value: round(now),
      unit: 'ms',
      baseline: round(known),
      ratio: Number((known / now).toFixed(2)),
      details: {
        facts,
        counted: (await acceptance.compute(reader, month)).total.started,
        countedAsKnown: (await acceptance.compute(reader, { ...month, knownAt })).total.started,
        onePilot: round(onePilot),
        onePilotAsKnown: round(onePilotKnown),
      },
    };
  } finally {
    await reader.close();
    await log.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The median time of each, in turns, so that a busy moment of the machine meets all of them. */
async function timed(works: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const started = performance.now();
      await work();
      if (round > 0) times[i]!.push(performance.now() - started);
    }
  }
  return times.map(median);
}

/** Facts straight into a generation, as a bulk build would leave them: offered, then answered a while later. */
function fill(directory: string, facts: number): number {
  mkdirSync(directory, { recursive: true });
  const set = modelSet(pathwayReadModels);
  const table = set.tables.find((layout) => layout.name === handoffFacts.name)!;
  const files = new GenerationFiles(directory);
  const db = GenerationDb.create(files.buildingPath(set.id), set);
  const events = writeFacts(db, table, facts);
  db.buildIndexes(set);
  db.saveCheckpoint({ position: String(events), ordinal: events, knownAt: undefined });
  db.close();
  files.finish(set.id);
  files.pointTo(set.id);
  return events;
}

function writeFacts(db: GenerationDb, table: TableLayout, facts: number): number {
  const rows = new RowWriter(db);
  const chance = dice(42);
  const handoffs = Math.ceil(facts / 5);
  const eventsPerMilli = (handoffs * EVENTS_PER_HANDOFF) / (DAYS * 86_400_000);
  const start = toMillis('2009-04-01T00:00:00.000Z');
  db.database.exec('BEGIN');
  for (let i = 0; i < handoffs; i++) {
    const from = start + Math.floor((i / handoffs) * DAYS * 86_400_000);
    const value = Math.floor(-Math.log(1 - chance()) * 1_800_000);
    const open = chance() < 0.03;
    const common = {
      handoff: deriveId('bench-handoff', i),
      journey: deriveId('bench-journey', i),
      person: deriveId('bench-person', i),
      pilot: `pilot-${Math.floor(chance() * PILOTS)}`,
      boundary: BOUNDARIES[Math.floor(chance() * BOUNDARIES.length)]!,
      day: civilDate(fromMillis(from)),
      started_at: fromMillis(from),
      deadline: fromMillis(from + 1_800_000),
      episode: deriveId('bench-episode', i),
      attempt: 1,
      timed: 1,
      lateness: 0,
      answered_before: 0,
      answered_as: null,
      report: null,
      described: null,
      missing: null,
      synthetic: 1,
      events: JSON.stringify([deriveId('bench-event', i)]),
      censored_after: null,
    };
    const offered = { ...common, ended_at: null, value: null, outcome: 'open', within: null };
    const answered = {
      ...common,
      ended_at: fromMillis(from + value),
      value,
      outcome: 'accepted',
      within: Number(value <= 1_800_000),
    };
    const known = i * EVENTS_PER_HANDOFF + 1;
    // Recorded when it happened, and one in twenty some ten days later.
    const late = chance() < 0.05 ? 10 * 86_400_000 : 0;
    const answeredAt = known + 1 + Math.floor((value + late) * eventsPerMilli);
    for (const metric of ['H1', 'H2', 'H3', 'H4', 'H5']) {
      const tuple = (fact: Readonly<Record<string, string | number | null>>): Tuple =>
        table.columns.map((column) => (column === 'metric' ? metric : fact[column]!));
      const counted = metric === 'H2' ? { ...answered, answered_as: 'account' } : answered;
      rows.writeVersions({
        table,
        open: [open ? { tuple: tuple(offered), from: known } : { tuple: tuple(counted), from: answeredAt }],
        past: open ? [] : [{ tuple: tuple(offered), from: known, to: answeredAt }],
      });
    }
  }
  db.database.exec('COMMIT');
  return handoffs * EVENTS_PER_HANDOFF;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
