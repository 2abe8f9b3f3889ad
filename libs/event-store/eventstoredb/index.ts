import type { RecordedEvent } from '#kernel';
import type { EventStoreDb, EventStoreDbOptions } from './store.js';

export { AddressError, readAddress, type EventStoreDbAddress } from './address.js';
export { lookAtNodes, type NodeAnswered, type NodeLook, type NodeTrouble } from './look.js';
export type { EventStoreDb, EventStoreDbOptions };

/** The gRPC client is loaded here and not before: a start on the embedded store does without it. */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> =>
  (await import('./store.js')).createEventStoreDb(options);

/** What takes apart the bytes of a `RawEvent`, given its ordinal; in whatever thread. It throws MalformedEventError. */
export const openRaw = async (): Promise<(bytes: Uint8Array, ordinal: number) => RecordedEvent> => (await import('./raw.js')).eventInRaw;
