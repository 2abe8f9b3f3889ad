/** A process that starts before its servers do waits for them a while, says so, and ends in plain words where they do not come. */
import { setTimeout as pause } from 'node:timers/promises';
import { lookAtPostgres, lookInto, type PostgresAddress } from '#database';
import { lookAtNodes, openEventStoreDb, type EventStoreDbAddress } from '#event-store';
import { eventStoreTrouble } from './event-store-trouble.js';
import { noWrites, postgresTrouble } from './postgres-trouble.js';
import type { Trouble } from './trouble.js';

/** What a process cannot do without. */
export interface Needed {
  readonly name: string;
  /** Undefined where it takes us in. */
  ask(): Promise<Trouble | undefined>;
  close(): Promise<void>;
}

/** Says which server it is, what is wrong with it, and what to do. */
export class ServerAwayError extends Error {}

export interface Patience {
  /** Milliseconds after which nobody waits any more. */
  readonly within: number;
  readonly askEvery: number;
  /** The same trouble is said no more often than this, milliseconds. */
  readonly sayEvery: number;
}

const atStart: Patience = { within: 60_000, askEvery: 1_000, sayEvery: 10_000 };

/**
 * Resolves once every server takes us in.
 *
 * @param say told what is waited for, and why
 * @throws ServerAwayError one did not come in time, or waiting would not help
 */
export async function serversThere(needed: readonly Needed[], say: (words: string) => void, patience = atStart): Promise<void> {
  const until = performance.now() + patience.within;
  const ending = new AbortController();
  try {
    await Promise.all(needed.map((one) => comes(one, { say, until, patience, signal: ending.signal })));
  } finally {
    ending.abort();
    await Promise.all(needed.map((one) => one.close()));
  }
}

interface Waiting {
  readonly say: (words: string) => void;
  readonly until: number;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

async function comes({ name, ask }: Needed, { say, until, patience, signal }: Waiting): Promise<void> {
  const { within, askEvery, sayEvery } = patience;
  for (let said = { words: '', at: 0 }; !signal.aborted; ) {
    const trouble = await ask();
    if (!trouble || signal.aborted) return;
    const now = performance.now();
    if (trouble.stays) throw new ServerAwayError(`${name}: ${trouble.says}`);
    if (now >= until) throw new ServerAwayError(`${name} did not take us in within ${Math.round(within / 1_000)} seconds: ${trouble.says}`);
    if (trouble.says !== said.words || now - said.at > sayEvery) {
      say(`waiting for ${name}: ${trouble.says}`);
      said = { words: trouble.says, at: now };
    }
    await pause(askEvery, undefined, { signal }).catch(() => undefined);
  }
}

/** One attempt of a few seconds each time: whoever waits wants to say why. */
export function eventStoreDbNeeded(address: EventStoreDbAddress): Needed {
  const opening = openEventStoreDb({ ...address, patience: 0 });
  return {
    name: 'EventStoreDB',
    async ask() {
      const store = await opening;
      const error = await store.head().then(() => undefined, (error: unknown) => error ?? new Error('no answer'));
      if (error === undefined) return undefined;
      return eventStoreTrouble(await lookAtNodes(address), error);
    },
    close: async () => (await opening).close(),
  };
}

export function postgresNeeded(address: PostgresAddress): Needed {
  const { host } = new URL(address.url);
  return {
    name: `PostgreSQL ${host}`,
    async ask() {
      try {
        const { formats, mayMakeSchemas, takesNoWrites, user } = await lookInto(address, lookAtPostgres);
        if (takesNoWrites) return noWrites[takesNoWrites];
        if (formats.size > 0 || mayMakeSchemas) return undefined;
        return { says: `${user} may not make schemas in the database: let it own the database`, stays: true };
      } catch (error) {
        return postgresTrouble(error);
      }
    },
    async close() {},
  };
}
