/** Which store a process opens, by configuration; the projector's thread opens its own. */
import { openEventStoreDb, openSqliteEventStore, type EventReader, type EventStore } from '#event-store';

/** Plain data, so that it crosses threads. */
export type StoreAddress =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'eventstoredb'; readonly url: string };

export const openStore = async (at: StoreAddress): Promise<EventStore> =>
  at.kind === 'sqlite'
    ? openSqliteEventStore({ file: at.file })
    : openEventStoreDb({ connectionString: at.url });

export const openReader = async (at: StoreAddress): Promise<EventReader> =>
  at.kind === 'sqlite'
    ? openSqliteEventStore({ file: at.file, readOnly: true })
    : openEventStoreDb({ connectionString: at.url });
