import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store';
import { measureReading, measureRebuild } from '#projections';
import { eventRegistry, readModels } from '../../server/catalogue.js';
import { projectionSetup } from '../../server/engine.js';
import { answering } from './processes.js';
import type { RebuildQuestion } from './rebuild.js';

answering(async ({ dataDir, what }: RebuildQuestion) => {
  const reader = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  try {
    if (what === 'reading') return await measureReading(reader);
    const helper = projectionSetup({ kind: 'sqlite', file: join(dataDir, 'log.db') });
    return await measureRebuild({ directory: join(dataDir, 'read-models'), reader, registry: eventRegistry(), readModels, helper });
  } finally {
    await reader.close();
  }
});
