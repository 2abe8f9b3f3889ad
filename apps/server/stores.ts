/** Which store a process opens, by configuration; the projector's thread opens its own. */
import { postgresPlace, sqlitePlace, type Place, type PostgresAddress } from '#database';
import {
  openEventStoreDb, openSqliteEventStore, type EventReader, type EventStore, type EventStoreDbAddress,
} from '#event-store';

/** Where what is in neither log nor read models is kept. */
export const openState = async (directory: string, postgres: PostgresAddress | undefined): Promise<Place> =>
  postgres ? postgresPlace(postgres) : sqlitePlace(directory);

/** Plain data, so that it crosses threads. May hold a password: never to be shown. */
export type StoreAddress =
  { readonly kind: 'sqlite'; readonly file: string } | ({ readonly kind: 'eventstoredb' } & EventStoreDbAddress);

export const openStore = async (at: StoreAddress): Promise<EventStore> =>
  at.kind === 'sqlite'
    ? openSqliteEventStore({ file: at.file })
    : openEventStoreDb(at);

export const openReader = async (at: StoreAddress): Promise<EventReader> =>
  at.kind === 'sqlite'
    ? openSqliteEventStore({ file: at.file, readOnly: true })
    : openEventStoreDb(at);
