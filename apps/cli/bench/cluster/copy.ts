import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { copyLog, openEventStoreDb, openSqliteEventStore, type EventReader, type EventStore, type Run } from '#event-store';
import { measureReading } from '#projections';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { runsOf, slicesUntil } from '../../../../libs/event-store/copy/runs.js';
import { figure, mean, type Figure } from '../figure.js';
import { bareAppends } from './callers.js';
import type { ClusterQuestion } from './cluster-process.js';

/** Appends that the bare client makes, before the copy and after it. */
const SAMPLE = 5_000;
/** Appends that a file takes alone: it is faster. */
const SAMPLE_OF_FILE = 20_000;

/**
 * The programme from its file into EventStoreDB and from there into another file, proofs included, each beside the slower
 * side alone: the same appends by the bare client; and, of the bare client reading everything and a file taking the
 * same appends out of memory, whichever is slower.
 */
export async function measureCopy({ servers, dataDir, scratch }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const embedded = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  const back = await openSqliteEventStore({ file: join(scratch, 'back.db') });
  const cluster = await openEventStoreDb(servers.eventStoreDb);
  const bare = new BareClient(servers.eventStoreDb);
  try {
    const sample = await firstRuns(embedded, SAMPLE);
    const before = await bareAppends(bare, sample, randomUUID());
    const there = await timedCopy(embedded, cluster);
    const after = await bareAppends(bare, sample, randomUUID());
    const reading = await bare.readAll();
    const home = await timedCopy(cluster, back);
    const readingAfter = await bare.readAll();
    const writing = await fileAppends(join(scratch, 'alone.db'), await firstRuns(embedded, SAMPLE_OF_FILE));
    return figure(there.perSecond, mean([before, after]), 'events/s', {
      events: there.events,
      bareAppends: [before, after].map(Math.round).join(' '),
      embeddedReading: await measureReading(embedded),
      proof: there.sum,
      appendsAlonePerSecond: Math.round(there.appendsPerSecond),
      bareReading: [reading, readingAfter].map(Math.round).join(' '),
      fileAppends: Math.round(writing),
      back: figure(home.perSecond, Math.min(writing, mean([reading, readingAfter])), 'events/s'),
      equal: new Set([...there.sums, ...home.sums]).size === 1,
    });
  } finally {
    await Promise.all([embedded.close(), back.close(), cluster.close(), bare.close()]);
  }
}

async function timedCopy(from: EventReader, to: EventStore) {
  const started = performance.now();
  let appended = started;
  const { events, checksums } = await copyLog(from, to, ({ doing }) => {
    if (doing === 'copying') appended = performance.now();
  });
  const perSecond = (until: number) => (events * 1000) / (until - started);
  return {
    events, sum: checksums.to, sums: [checksums.from, checksums.to],
    perSecond: perSecond(performance.now()), appendsPerSecond: perSecond(appended),
  };
}

/** @returns events a second */
async function fileAppends(file: string, runs: readonly Run[]): Promise<number> {
  const store = await openSqliteEventStore({ file });
  try {
    const started = performance.now();
    await store.appendInOrder!(inOrder(runs), () => undefined);
    return (runs.reduce((sum, { events }) => sum + events.length, 0) * 1000) / (performance.now() - started);
  } finally {
    await store.close();
  }
}

async function* inOrder(runs: readonly Run[]): AsyncGenerator<Run> {
  yield* runs;
}

async function firstRuns(log: EventReader, many: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for await (const run of runsOf(slicesUntil(log, (await log.head()).position))) {
    if (runs.push(run) >= many) break;
  }
  return runs;
}
