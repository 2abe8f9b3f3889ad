import type { EventStoreDb, EventStoreDbOptions } from './store.js';

export type { EventStoreDb, EventStoreDbOptions };

/** The gRPC client is loaded here and not before: a start on the embedded store does without it. */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> =>
  (await import('./store.js')).createEventStoreDb(options);
