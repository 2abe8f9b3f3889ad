import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store';
import { benchRebuild } from '#projections';
import { eventRegistry, readModels } from '../../server/catalogue.js';
import { answering } from './processes.js';
import type { RebuildQuestion } from './rebuild.js';

answering(async ({ dataDir }: RebuildQuestion) => {
  const reader = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  try {
    return await benchRebuild({ directory: join(dataDir, 'read-models'), reader, registry: eventRegistry(), readModels });
  } finally {
    await reader.close();
  }
});
