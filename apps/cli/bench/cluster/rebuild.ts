import { openEventStoreDb } from '#event-store';
import { measureReading, measureRebuild } from '#projections';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { eventRegistry, readModels } from '../../../server/catalogue.js';
import { projectionSetup } from '../../../server/engine.js';
import { figure, mean, type Figure } from '../figure.js';
import type { ClusterQuestion } from './cluster-process.js';

/** Every read model from EventStoreDB into PostgreSQL, beside the bare client reading the whole log and nothing else. */
export async function measureClusterRebuild({ servers }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const { eventStoreDb, postgres } = servers;
  const reader = await openEventStoreDb(eventStoreDb);
  const bare = new BareClient(eventStoreDb);
  try {
    const before = await bare.readAll();
    const ours = await measureReading(reader);
    const helper = projectionSetup({ kind: 'eventstoredb', ...eventStoreDb });
    const built = await measureRebuild({ postgres, reader, registry: eventRegistry(), readModels, helper });
    const after = await bare.readAll();
    return figure(built.eventsPerSecond, mean([before, after]), 'events/s', {
      events: built.events,
      bareReading: [before, after].map(Math.round).join(' '),
      readingThroughOurAdapter: ours,
      peakResidentMb: built.peakResidentMb,
      checksum: built.checksum,
    });
  } finally {
    await Promise.all([reader.close(), bare.close()]);
  }
}
