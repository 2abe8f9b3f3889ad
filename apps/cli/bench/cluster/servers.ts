import type { PostgresAddress } from '#database';
import { openEventStoreDb, type EventStoreDbAddress } from '#event-store';
import { eventStoreDbAccess, postgresOf, readConfig } from '../../../server/config.js';

/** Plain data, so that it crosses processes. May hold a password: never to be shown. */
export interface ClusterServers {
  readonly eventStoreDb: EventStoreDbAddress;
  readonly postgres: PostgresAddress;
}

/** Where the environment says they are; what is missing, in words, where it does not. */
export function clusterServers(env: NodeJS.ProcessEnv): ClusterServers | { readonly missing: string } {
  const config = readConfig(env);
  const connectionString = config.EVENTSTOREDB_URL;
  const postgres = postgresOf(config);
  const missing = [!connectionString && 'EVENTSTOREDB_URL', !postgres && 'THROUGHCARE_POSTGRES_URL'].filter(Boolean);
  if (!connectionString || !postgres) return { missing: missing.join(' and ') };
  return { eventStoreDb: { connectionString, ...eventStoreDbAccess(config) }, postgres };
}

/** What is measured is written there, and stays. */
export async function isEmpty({ eventStoreDb }: ClusterServers): Promise<boolean> {
  const store = await openEventStoreDb(eventStoreDb);
  try {
    return (await store.head()).position === undefined;
  } finally {
    await store.close();
  }
}
