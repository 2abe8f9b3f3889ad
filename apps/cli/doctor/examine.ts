/**
 * Everything that an operator may ask about, from the outside in: the machine, the settings, each server by itself, and
 * only then what the product keeps in them. Nothing is written, unless numbers are to be freed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as realPause } from 'node:timers/promises';
import { postgresPlace, type PostgresAddress } from '#database';
import { openEventStoreDb, type EventReader, type EventStoreDbAddress } from '#event-store';
import { openVault } from '#people';
import { eventStoreDbOf, postgresOf, readConfig, type Config } from '../../server/config.js';
import type { Mode } from '../../server/data-directory.js';
import { engineOptions, openEngine, type Engine } from '../../server/engine.js';
import { refuseStateElsewhere } from '../../server/stores.js';
import { releaseUnfinished } from '../commands/unfinished-registrations.js';
import { examineEventStore } from './event-store.js';
import { counted, Findings, type Finding } from './findings.js';
import { registrations, signIn, webhooks } from './inside.js';
import { disk, nodeVersion } from './machine.js';
import { examinePostgres, type Shared } from './postgres.js';
import { examineReadModels } from './read-models.js';

export interface Orders {
  /** The settings. */
  readonly env: NodeJS.ProcessEnv;
  /** Frees the NHS numbers of registrations that were cut short. */
  readonly release: boolean;
  /** Resolves after so many milliseconds; what is looked at twice waits by it. The real one when absent. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export async function examine(orders: Orders): Promise<readonly Finding[]> {
  const findings = new Findings();
  await lookAround(orders, findings);
  // Whoever asked for it is never left to believe that it was done.
  if (orders.release && !findings.all.some(({ check }) => check === REGISTRATIONS)) {
    findings.add(REGISTRATIONS, false, 'no number was freed: put right first what is wrong here');
  }
  return findings.all;
}

const REGISTRATIONS = 'registrations';

async function lookAround({ env, release, pause = realPause }: Orders, findings: Findings): Promise<void> {
  await findings.check('node', nodeVersion);
  const isRead = await findings.check('configuration', () => {
    readConfig(env);
    return 'every variable can be read';
  });
  if (!isRead) return;
  const config = readConfig(env);
  await findings.check('disk', () => disk(config.THROUGHCARE_DATA));
  const [eventStoreDb, postgres] = [eventStoreDbOf(config), postgresOf(config)];
  const hasLog = eventStoreDb ? await examineEventStore(eventStoreDb, findings) : true;
  const asked: Asked = { config, env, release, pause };
  if (!postgres) {
    if (hasLog) await examineDirectory(asked, findings);
  } else if (!eventStoreDb) {
    const shared = await examinePostgres(postgres, config.THROUGHCARE_MODE, findings, async () => {});
    if (shared && isUsable(shared, asked, findings)) await examineDirectory(asked, findings);
  } else await examineShared({ ...asked, eventStoreDb, postgres, hasLog }, findings);
}

interface Asked extends Required<Orders> {
  readonly config: Config;
}

interface SharedServers extends Asked {
  readonly eventStoreDb: EventStoreDbAddress;
  readonly postgres: PostgresAddress;
  readonly hasLog: boolean;
}

/** Beside running processes: neither their directories nor their locks are needed. */
async function examineShared({ eventStoreDb, postgres, hasLog, ...asked }: SharedServers, findings: Findings): Promise<void> {
  const log = hasLog ? await openEventStoreDb(eventStoreDb) : undefined;
  try {
    const shared = await examinePostgres(postgres, asked.config.THROUGHCARE_MODE, findings, async (ask) => {
      if (log) await examineReadModels({ ask, log, pause: asked.pause }, findings);
    });
    if (shared && log) await examineState({ ...asked, postgres, log, shared }, findings);
  } finally {
    await log?.close();
  }
}

interface State extends Asked {
  readonly postgres: PostgresAddress;
  readonly log: EventReader;
  readonly shared: Shared;
}

/** Whether this release can look into what lies there. */
function isUsable(shared: Shared, { release }: Asked, findings: Findings): shared is Shared & { readonly mode: Mode } {
  const { mode, isOfThisRelease } = shared;
  if (mode !== undefined && isOfThisRelease) return true;
  const why = mode === undefined ? 'no programme is there yet' : 'the tables are those of another release: free numbers with that one, or start this one first';
  if (release) findings.add(REGISTRATIONS, false, `no number was freed: ${why}`);
  return false;
}

async function examineState({ postgres, log, shared, ...asked }: State, findings: Findings): Promise<void> {
  const { config, env, release, pause } = asked;
  if (!isUsable(shared, asked, findings)) return;
  const { mode } = shared;
  await findings.check('sign-in', () => signIn(env, mode));
  const keys = config.THROUGHCARE_KEYS ?? join(config.THROUGHCARE_DATA, 'keys');
  const directory = await findings.check('data directory', () => {
    refuseStateElsewhere(config.THROUGHCARE_DATA, postgres);
    return `names are not kept in ${config.THROUGHCARE_DATA}`;
  });
  const hasKeys = await findings.check('keys', () => {
    const missing = ['master', 'index', 'command', 'sign-in'].filter((name) => !existsSync(join(keys, `${name}.key`)));
    if (missing.length > 0) throw new Error(`${missing.join(', ')} missing in ${keys}: every process needs the same THROUGHCARE_KEYS`);
    return `in ${keys}`;
  });
  if (!directory || !hasKeys) return;
  const place = await postgresPlace(postgres, { onlyReads: !release });
  try {
    await findings.check(REGISTRATIONS, async () => {
      const vault = await openVault({ place, keys }).catch(unlessErasedAreBack);
      const parts = { store: log, vault, pause };
      try {
        return release ? await freed(parts) : await registrations(parts);
      } finally {
        await vault.close();
      }
    });
    await findings.check('webhooks', () => webhooks(config, place));
  } finally {
    await place.close();
  }
}

/** What a start would write, and who only looks may not. */
function unlessErasedAreBack(error: unknown): never {
  if ((error as { code?: string }).code !== '25006') throw error;
  throw new Error('somebody who was erased is back from a backup, or what they are found by is missing: start one process, which puts that right');
}

async function freed(parts: Parameters<typeof releaseUnfinished>[0]): Promise<string> {
  const count = await releaseUnfinished(parts);
  return count === 0 ? 'none was cut short' : `${count} that were cut short were taken out; register these people again`;
}

/** Files of a directory, which one process holds at a time. */
async function examineDirectory({ config, env, release, pause }: Asked, findings: Findings): Promise<void> {
  // A directory alone is none yet, such as a volume that was only just mounted.
  if (!existsSync(join(config.THROUGHCARE_DATA, 'store.json'))) {
    if (release) findings.add(REGISTRATIONS, false, 'no number was freed: nothing is there yet');
    return findings.add('store', true, `nothing at ${config.THROUGHCARE_DATA} yet; npm start makes a demo there`);
  }
  let engine: Engine | undefined;
  await findings.check('store', async () => {
    // What a first start would write is not written here.
    engine = await openEngine({ ...engineOptions(config), project: false, projectsHere: false });
    const { ordinal } = await engine.store.head();
    return `${engine.mode}, ${engine.storeAddress.kind}, ${ordinal === undefined ? 'not empty' : `${counted(ordinal)} events`}`;
  });
  if (!engine) return;
  const opened = engine;
  try {
    const { mode, reader, clock, state, vault, store } = opened;
    const parts = { store, vault, pause };
    await findings.check(REGISTRATIONS, () => (release ? freed(parts) : registrations(parts)));
    await findings.check('sign-in', () => signIn(env, mode));
    await findings.check('read models', async () => {
      const { freshness } = await reader.withFreshness(async () => undefined);
      if (freshness.incomplete > 0) {
        throw new Error(`${freshness.incomplete} records could not be read in full: see /status, install the fix and start again`);
      }
      return `up to event ${counted(freshness.ordinal)}, ${counted(freshness.eventsBehind)} behind (a running server catches up)`;
    });
    await findings.check('webhooks', () => webhooks(config, state));
    await findings.check('clock', () => `care is at ${clock.now()}${mode === 'demo' ? ', the demo\'s own clock' : ''}`);
  } finally {
    await opened.close();
  }
}
