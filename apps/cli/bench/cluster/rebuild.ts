import { openEventStoreDb } from '#event-store';
import { measureReading, measureRebuild } from '#projections';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { eventRegistry, readModels } from '../../../server/catalogue.js';
import { projectionSetup } from '../../../server/engine.js';
import { figure, mean, type Figure } from '../figure.js';
import type { ClusterQuestion } from './cluster-process.js';

const ROUNDS = 2;

/**
 * Every read model from EventStoreDB into PostgreSQL, beside the bare client reading the whole log and nothing else: before
 * the first build, after it and after the second, so that a quiet moment or a busy one decides nothing.
 */
export async function measureClusterRebuild({ servers, scratch }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const { eventStoreDb, postgres } = servers;
  const reader = await openEventStoreDb(eventStoreDb);
  const bare = new BareClient(eventStoreDb);
  const helper = projectionSetup({ kind: 'eventstoredb', ...eventStoreDb });
  const build = () => measureRebuild({ postgres, reader, registry: eventRegistry(), readModels, helper, spoolIn: scratch });
  try {
    const throughOurAdapter = await measureReading(reader);
    const reads = [await withProcessor(() => bare.readAll())];
    const builds = [];
    for (let i = 0; i < ROUNDS; i++) {
      builds.push(await withProcessor(build));
      reads.push(await withProcessor(() => bare.readAll()));
    }
    const { events, checksum } = builds[0]!.done;
    const perEvent = (seconds: number) => Number(((seconds * 1e6) / events).toFixed(1));
    return figure(mean(builds.map(({ done }) => done.eventsPerSecond)), mean(reads.map(({ done }) => done)), 'events/s', {
      events,
      builds: builds.map(({ done }) => done.eventsPerSecond).join(' '),
      bareReading: reads.map(({ done }) => Math.round(done)).join(' '),
      readingThroughOurAdapter: throughOurAdapter,
      // Of this process alone: what the servers take is theirs to tell.
      processorMicrosPerEvent: builds.map(({ seconds }) => perEvent(seconds)).join(' '),
      bareProcessorMicrosPerEvent: reads.map(({ seconds }) => perEvent(seconds)).join(' '),
      peakResidentMb: Math.max(...builds.map(({ done }) => done.peakResidentMb)),
      checksum,
      equal: new Set(builds.map(({ done }) => done.checksum)).size === 1,
    });
  } finally {
    await Promise.all([reader.close(), bare.close()]);
  }
}

/** With the processor time that it took in this process, seconds. */
async function withProcessor<T>(work: () => Promise<T>): Promise<{ readonly done: T; readonly seconds: number }> {
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  return { done, seconds: (user + system) / 1e6 };
}
