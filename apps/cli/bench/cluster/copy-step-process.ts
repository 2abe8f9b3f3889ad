/** One step of the measure of a copy, in a process of its own: what another step left behind would make either slower. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { copyLog, openEventStoreDb, openSqliteEventStore, type EventReader, type EventStore, type Run } from '#event-store';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { runsOf, slicesUntil } from '../../../../libs/event-store/copy/runs.js';
import { answering } from '../processes.js';
import { bareAppends } from './callers.js';
import type { ClusterServers } from './servers.js';

export interface CopyStepQuestion {
  readonly step: keyof typeof steps;
  readonly servers: ClusterServers;
  /** The programme. */
  readonly log: string;
  /** Empty, for this step alone. */
  readonly scratch: string;
}

export interface CopyStep {
  /** Events. */
  readonly perSecond: number;
  /** Microseconds of processor an event, of all threads of the process; the server's are not among them. */
  readonly processor: number;
  /** Megabytes resident at the highest. */
  readonly peakMb: number;
  /** Of a copy. */
  readonly checksums?: readonly string[];
}

type Worked = Pick<CopyStep, 'checksums'> & { readonly events: number };

/** Appends that the bare client makes. */
const SAMPLE = 5_000;
/** Appends that a file takes alone: it is faster. */
const SAMPLE_OF_FILE = 40_000;

async function timed(work: () => Promise<Worked>): Promise<CopyStep> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { events, checksums } = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: (events * 1000) / (performance.now() - started),
    processor: (user + system) / events,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(checksums && { checksums }),
  };
}

const timedCopy = (from: EventReader, to: EventStore): Promise<CopyStep> =>
  timed(async () => {
    const { events, checksums } = await copyLog(from, to);
    return { events, checksums: [checksums.from, checksums.to] };
  });

const ofRuns = (runs: readonly Run[]): number => runs.reduce((sum, { events }) => sum + events.length, 0);

const steps = {
  there: ({ servers, log }: CopyStepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), (embedded) =>
      using(openEventStoreDb(servers.eventStoreDb), (cluster) => timedCopy(embedded, cluster))),

  back: ({ servers, scratch }: CopyStepQuestion) =>
    using(openEventStoreDb(servers.eventStoreDb), (cluster) =>
      using(openSqliteEventStore({ file: join(scratch, 'back.db') }), (back) => timedCopy(cluster, back))),

  /** The same appends as a copy makes, by the client alone. */
  bareAppends: ({ servers, log }: CopyStepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), async (embedded) => {
      const runs = await firstRuns(embedded, SAMPLE);
      return using(new BareClient(servers.eventStoreDb), (bare) =>
        timed(async () => {
          await bareAppends(bare, runs, randomUUID());
          return { events: ofRuns(runs) };
        }));
    }),

  /** By the client alone, everything, and nothing done with it. */
  bareReading: ({ servers }: CopyStepQuestion) =>
    using(new BareClient(servers.eventStoreDb), (bare) => timed(async () => ({ events: await bare.countAll() }))),

  /** The same through our store, as a copy reads it, and nothing done with it. */
  reading: ({ servers }: CopyStepQuestion) =>
    using(openEventStoreDb(servers.eventStoreDb), (cluster) =>
      timed(async () => {
        let events = 0;
        for await (const slice of slicesUntil(cluster, (await cluster.head()).position)) events += slice.length;
        return { events };
      })),

  /** A file taking the same appends as from a copy, out of memory. */
  fileAppends: ({ log, scratch }: CopyStepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), async (embedded) => {
      const runs = await firstRuns(embedded, SAMPLE_OF_FILE);
      return using(openSqliteEventStore({ file: join(scratch, 'alone.db') }), (file) =>
        timed(async () => {
          await file.appendInOrder!(inOrder(runs), () => undefined);
          return { events: ofRuns(runs) };
        }));
    }),
} as const;

async function using<T extends { close(): Promise<void> }>(opening: T | Promise<T>, work: (opened: T) => Promise<CopyStep>): Promise<CopyStep> {
  const opened = await opening;
  try {
    return await work(opened);
  } finally {
    await opened.close();
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

answering(async (question: CopyStepQuestion) => steps[question.step](question));
