import type { EventStoreDb, EventStoreDbOptions } from './store.js';

export { AddressError, readAddress, type EventStoreDbAddress } from './address.js';
export { lookAtNodes, type NodeAnswered, type NodeLook, type NodeTrouble } from './look.js';
export type { EventStoreDb, EventStoreDbOptions };

/** The gRPC client is loaded here and not before: a start on the embedded store does without it. */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> =>
  (await import('./store.js')).createEventStoreDb(options);
