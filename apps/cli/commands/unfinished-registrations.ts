import type { EventReader } from '#event-store';
import { personStream } from '#kernel';
import type { Vault } from '#people';
import { COMMAND_PATIENCE } from '../../server/engine.js';

interface Parts {
  readonly store: Pick<EventReader, 'readStream'>;
  readonly vault: Pick<Vault, 'holdersOfNhsNumbers' | 'release'>;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** The vault is written before the log: what is still without a record after this was given up, with something to spare. */
const LOOK_AGAIN_AFTER = COMMAND_PATIENCE + 5_000;

/**
 * People whose identity is in the vault and who have no record: the process ended between the two, and nobody sent the
 * registration again. Nobody else can be registered with their NHS number. Where there are any it looks twice, since
 * other processes may be registering people meanwhile.
 */
export async function unfinishedRegistrations(parts: Parts): Promise<readonly string[]> {
  const { store, vault, pause } = parts;
  const first = await withoutRecord(store, await vault.holdersOfNhsNumbers());
  if (first.length === 0) return first;
  await pause(LOOK_AGAIN_AFTER);
  const holders = new Set(await vault.holdersOfNhsNumbers());
  return withoutRecord(store, first.filter((person) => holders.has(person)));
}

async function withoutRecord(store: Parts['store'], people: readonly string[]): Promise<readonly string[]> {
  const without: string[] = [];
  for (const person of people) {
    const [first] = await store.readStream(personStream(person), { limit: 1 });
    if (!first) without.push(person);
  }
  return without;
}

/** While nobody else writes to the store: one that is sent again at this very moment would lose its identity. How many there were. */
export async function releaseUnfinished(parts: Parts): Promise<number> {
  const unfinished = await unfinishedRegistrations(parts);
  for (const person of unfinished) await parts.vault.release(person);
  return unfinished.length;
}
