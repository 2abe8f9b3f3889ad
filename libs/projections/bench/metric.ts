/** How fast a figure comes out of the facts, now and as known at a past moment. */
import { rmSync } from 'node:fs';
import type { EventReader } from '#event-store';
import type { ReadModel, Row, Table } from '../definition.js';
import { modelSet } from '../model-set.js';
import { ReadModelReader, type Rows } from '../reader.js';
import { tupleOf } from '../rows.js';
import { GenerationFiles } from '../sqlite/files.js';
import { GenerationDb } from '../sqlite/generation-db.js';
import { RowWriter } from '../sqlite/row-writer.js';
import type { Versions } from '../versions.js';

/** One version of a fact: known from one ordinal on, until another where it was replaced. */
export interface FactVersion {
  readonly row: Row;
  readonly from: number;
  readonly to?: number;
}

export interface MetricBenchOptions {
  /** A directory to work in; left as it was found. */
  readonly directory: string;
  /** A bitemporal table. */
  readonly table: Table;
  readonly facts: Iterable<FactVersion>;
  /** The figure, as known at the ordinal; now where that is absent. */
  readonly figure: (rows: Rows, knownAt?: number) => Promise<unknown>;
  /** A past moment at which some of the facts were not known yet. */
  readonly pastOrdinal: number;
  readonly runs?: number;
}

export interface MetricFigures {
  readonly facts: number;
  /** Medians, milliseconds. */
  readonly nowMs: number;
  readonly asKnownMs: number;
  readonly ratio: number;
}

const VERSIONS_AT_ONCE = 10_000;

export async function benchMetric({ directory, table, facts, figure, pastOrdinal, runs = 51 }: MetricBenchOptions): Promise<MetricFigures> {
  const aside = new GenerationFiles(directory).aside();
  const reader = new ReadModelReader({ directory: aside, log: noLog });
  try {
    const count = fill(new GenerationFiles(aside), table, facts);
    const nowMs = await medianMs(runs, () => figure(reader));
    const asKnownMs = await medianMs(runs, () => figure(reader, pastOrdinal));
    return { facts: count, nowMs, asKnownMs, ratio: asKnownMs / nowMs };
  } finally {
    await reader.close();
    rmSync(aside, { recursive: true, force: true });
  }
}

function fill(files: GenerationFiles, table: Table, facts: Iterable<FactVersion>): number {
  const model: ReadModel = {
    name: 'bench', version: 1, subject: 'person', affectedBy: [], tables: [table], rows: () => ({}),
    fold: { name: 'bench', initial: () => undefined, evolve: () => undefined },
  };
  const set = modelSet([model]);
  const layout = set.tables[0]!;
  const db = GenerationDb.create(files.buildingPath(set.id), set);
  const rows = new RowWriter(db);
  let count = 0;
  for (const versions of chunks(facts, VERSIONS_AT_ONCE)) {
    const tuples = versions.map(({ row }) => tupleOf(layout, row));
    const open: Versions['open'][number][] = [];
    const past: Versions['past'][number][] = [];
    for (const [i, { from, to }] of versions.entries()) {
      if (to === undefined) open.push({ tuple: tuples[i]!, from });
      else past.push({ tuple: tuples[i]!, from, to });
    }
    db.transaction(() => rows.writeVersions({ table: layout, open, past }));
    count += versions.length;
  }
  db.buildIndexes(set);
  db.close();
  files.finish(set.id);
  files.pointTo(set.id);
  return count;
}

function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

/** Figures alone are asked for, never how fresh they are. */
const noLog = { head: () => Promise.resolve({}) } as unknown as EventReader;
