/** One step of a measure, in a process of its own: what another step left behind would make either slower. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { copyLog, openEventStoreDb, openSqliteEventStore, type EventReader, type EventStore, type Run } from '#event-store';
import { measureBareRows, rebuild } from '#projections';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { runsOf, slicesUntil } from '../../../../libs/event-store/copy/runs.js';
import { eventRegistry, readModels } from '../../../server/catalogue.js';
import { projectionSetup } from '../../../server/engine.js';
import { answering } from '../processes.js';
import { bareAppends } from './callers.js';
import type { ClusterServers } from './servers.js';

export interface StepQuestion {
  readonly step: keyof typeof steps;
  readonly servers: ClusterServers;
  /** The programme. */
  readonly log: string;
  /** Empty, for this step alone. */
  readonly scratch: string;
}

export interface Step {
  /** Events. */
  readonly perSecond: number;
  /** Microseconds of processor an event, of all threads of the process; the server's are not among them. */
  readonly processor: number;
  /** Megabytes resident at the highest. */
  readonly peakMb: number;
  /** Of what was copied or built. */
  readonly checksums?: readonly string[];
}

type Worked = Pick<Step, 'checksums'> & {
  readonly events: number;
  /** Where not all of the work counts. */
  readonly perSecond?: number;
};

/** Appends that the bare client makes. */
const SAMPLE = 5_000;
/** Appends that a file takes alone: it is faster. */
const SAMPLE_OF_FILE = 40_000;

async function timed(work: () => Promise<Worked>): Promise<Step> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { events, checksums, perSecond = (events * 1000) / (performance.now() - started) } = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond,
    processor: (user + system) / events,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(checksums && { checksums }),
  };
}

const timedCopy = (from: EventReader, to: EventStore): Promise<Step> =>
  timed(async () => {
    const { events, checksums } = await copyLog(from, to);
    return { events, checksums: [checksums.from, checksums.to] };
  });

const ofRuns = (runs: readonly Run[]): number => runs.reduce((sum, { events }) => sum + events.length, 0);

const steps = {
  there: ({ servers, log }: StepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), (embedded) =>
      using(openEventStoreDb(servers.eventStoreDb), (cluster) => timedCopy(embedded, cluster))),

  back: ({ servers, scratch }: StepQuestion) =>
    using(openEventStoreDb(servers.eventStoreDb), (cluster) =>
      using(openSqliteEventStore({ file: join(scratch, 'back.db') }), (back) => timedCopy(cluster, back))),

  /** The same appends as a copy makes, by the client alone. */
  bareAppends: ({ servers, log }: StepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), async (embedded) => {
      const runs = await firstRuns(embedded, SAMPLE);
      return using(new BareClient(servers.eventStoreDb), (bare) =>
        timed(async () => {
          await bareAppends(bare, runs, randomUUID());
          return { events: ofRuns(runs) };
        }));
    }),

  /** By the client alone, everything, and nothing done with it. */
  bareReading: ({ servers }: StepQuestion) =>
    using(new BareClient(servers.eventStoreDb), (bare) => timed(async () => ({ events: await bare.countAll() }))),

  /** The same through our store, as a copy reads it, and nothing done with it. */
  reading: ({ servers }: StepQuestion) =>
    using(openEventStoreDb(servers.eventStoreDb), (cluster) =>
      timed(async () => {
        let events = 0;
        for await (const slice of slicesUntil(cluster, (await cluster.head()).position)) events += slice.length;
        return { events };
      })),

  /** A file taking the same appends as from a copy, out of memory. */
  fileAppends: ({ log, scratch }: StepQuestion) =>
    using(openSqliteEventStore({ file: log, readOnly: true }), async (embedded) => {
      const runs = await firstRuns(embedded, SAMPLE_OF_FILE);
      return using(openSqliteEventStore({ file: join(scratch, 'alone.db') }), (file) =>
        timed(async () => {
          await file.appendInOrder!(inOrder(runs), () => undefined);
          return { events: ofRuns(runs) };
        }));
    }),

  /** Every read model, from then on served. */
  rebuild: ({ servers, scratch }: StepQuestion) =>
    using(openEventStoreDb(servers.eventStoreDb), (reader) =>
      timed(async () => {
        const helper = projectionSetup({ kind: 'eventstoredb', ...servers.eventStoreDb });
        const { postgres } = servers;
        const { events, eventsPerSecond: perSecond, checksum } =
          await rebuild({ postgres, reader, registry: eventRegistry(), readModels, helper, spoolIn: scratch, serve: true });
        return { events, perSecond, checksums: [checksum] };
      })),

  /** The rows that are served, by PostgreSQL's client alone. */
  bareRows: ({ servers: { postgres } }: StepQuestion) =>
    timed(async () => {
      const { events, seconds } = await measureBareRows(postgres);
      return { events, perSecond: events / seconds };
    }),
} as const;

async function using<T extends { close(): Promise<void> }>(opening: T | Promise<T>, work: (opened: T) => Promise<Step>): Promise<Step> {
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

answering(async (question: StepQuestion) => steps[question.step](question));
