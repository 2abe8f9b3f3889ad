import type { EventReader } from '#event-store';
import { personStream } from '#kernel';
import type { Vault } from '#people';

interface Parts {
  readonly store: Pick<EventReader, 'readStream'>;
  readonly vault: Pick<Vault, 'holdersOfNhsNumbers' | 'release'>;
}

/**
 * People whose identity is in the vault and who have no record: the process ended between the two, and nobody sent the
 * registration again. Nobody else can be registered with their NHS number.
 */
export async function unfinishedRegistrations({ store, vault }: Parts): Promise<readonly string[]> {
  const unfinished: string[] = [];
  for (const person of await vault.holdersOfNhsNumbers()) {
    const [first] = await store.readStream(personStream(person), { limit: 1 });
    if (!first) unfinished.push(person);
  }
  return unfinished;
}

/** While nobody else writes to the store: a registration under way would lose its identity. How many there were. */
export async function releaseUnfinished(parts: Parts): Promise<number> {
  const unfinished = await unfinishedRegistrations(parts);
  for (const person of unfinished) await parts.vault.release(person);
  return unfinished.length;
}
