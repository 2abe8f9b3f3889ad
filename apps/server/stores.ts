/** Which store a process opens, by configuration; the projector's thread opens its own. */
import { existsSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { postgresPlace, sqlitePlace, type Place, type PostgresAddress } from '#database';
import {
  openEventStoreDb, openKeptEventStore, openSqliteEventStore, type EventReader, type EventStore, type EventStoreDbAddress,
} from '#event-store';
import { ConfigurationError } from './config.js';

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

/** In a data directory whose names, sessions and access log lie in PostgreSQL. */
const MARK = 'state-in-postgres';

/**
 * Where names, sessions, the access log and what is to be told outside are kept (ADR 0016).
 * @throws as `refuseStateElsewhere`
 */
export async function openState(directory: string, postgres: PostgresAddress | undefined): Promise<Place> {
  refuseStateElsewhere(directory, postgres);
  if (!postgres) return sqlitePlace(directory);
  const place = await postgresPlace(postgres);
  markAsShared(directory);
  return place;
}

/** @throws ConfigurationError the directory has them elsewhere: everybody's name would seem to be lost */
export function refuseStateElsewhere(directory: string, postgres: PostgresAddress | undefined): void {
  const isShared = existsSync(join(directory, MARK));
  if (!postgres && isShared)
    throw new ConfigurationError(`names of ${directory} are kept in PostgreSQL; set THROUGHCARE_POSTGRES_URL`);
  if (postgres && !isShared && existsSync(join(directory, 'vault.db')))
    throw new ConfigurationError(
      `names of ${directory} are kept in its vault.db: copy them with throughcare copy-state --from ${directory}, unset ` +
        'THROUGHCARE_POSTGRES_URL, or begin with an empty directory',
    );
}

/** From now on nobody is served out of files of this directory that hold names. */
export const markAsShared = (directory: string): void => writeFileSync(join(directory, MARK), '');

export interface AccessStore {
  readonly store: EventStore;
  /** Names the streams that this process appends to; unlike that of any other process on the log. */
  readonly node: string;
  /** Of the rows that this process makes out of the log for itself. */
  rowsFile(name: string): string;
}

/** The access log: shared where the state is, else a file. */
export const openAccessStore = async (state: Place, file: (name: string) => string): Promise<AccessStore> =>
  state.isShared
    ? {
        store: await openKeptEventStore(state),
        node: `${hostname()}-${randomUUID().slice(0, 8)}`,
        rowsFile: (name) => file(`${name}.shared.db`),
      }
    : { store: await openSqliteEventStore({ file: file('access.db') }), node: hostname(), rowsFile: (name) => file(`${name}.db`) };
