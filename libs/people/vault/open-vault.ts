import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Place } from '#database';
import { systemClock, type Clock } from '#kernel';
import { blindIndex, type BlindIndex } from './blind-index.js';
import { commandHasher } from './command-hash.js';
import { DestroyedLog } from './destroyed-log.js';
import { loadKey } from './key-files.js';
import { PersonKeys } from './person-keys.js';
import { PersonRows } from './person-rows.js';
import { keptByVault } from './tables.js';
import { openedIdentity, Vault } from './vault.js';

export interface VaultOptions {
  readonly place: Place;
  /**
   * The directory of the key files and of `destroyed.log`; backed up apart from the vault. Processes that share a vault
   * share the keys, in one directory or in copies of it.
   */
  readonly keys: string;
  readonly clock?: Clock;
}

export class WrongMasterKeyError extends Error {
  constructor() {
    super('the vault was written under another master key; restore the keys directory that belongs to it');
  }
}

/**
 * Opens the vault, and its keys, which a new vault makes. Keys destroyed earlier are destroyed again, also in a
 * vault restored from before that; and what others destroyed is noted with these keys too.
 *
 * @throws KeyMissingError, WrongMasterKeyError, NewerDatabaseError
 */
export async function openVault({ place, keys: directory, clock = systemClock }: VaultOptions): Promise<Vault> {
  const database = await place.open(keptByVault);
  try {
    const destroyed = new DestroyedLog(join(directory, 'destroyed.log'));
    const { master, index, command } = await database.alone(async (queries) => {
      const rows = new PersonRows(queries);
      const opened = await openKeys(rows, directory);
      await addMissingLikenesses(rows, opened);
      await destroyAgain(rows, destroyed);
      return opened;
    });
    await database.forgetOverwritten();
    const keys = new PersonKeys(new PersonRows(database.queries), master);
    return new Vault({ database, keys, index, destroyed, commandHash: commandHasher(command), clock });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Keys {
  readonly master: KeyObject;
  readonly command: KeyObject;
  readonly index: BlindIndex;
}

/** The first process of a new vault makes them. @throws KeyMissingError, WrongMasterKeyError */
async function openKeys(rows: PersonRows, directory: string): Promise<Keys> {
  const stored = await rows.masterCheck();
  const key = (name: string) => createSecretKey(loadKey(directory, name, stored === undefined));
  const [master, index, command] = [key('master'), key('index'), key('command')];
  const check = createHmac('sha256', master).update('throughcare vault').digest();
  if (!stored) await rows.setMasterCheck(check);
  else if (!timingSafeEqual(stored, check)) throw new WrongMasterKeyError();
  return { master, command, index: blindIndex(index) };
}

async function addMissingLikenesses(rows: PersonRows, { master, index }: Keys): Promise<void> {
  if (!(await rows.lacksLikenesses())) return;
  const keys = new PersonKeys(rows, master);
  for (const person of await rows.identified()) {
    const { wrapped_key: wrapped, identity } = (await rows.get(person))!;
    const likenesses = index.likenesses(openedIdentity(keys.unwrap(person, wrapped!), person, identity!));
    await rows.addLikenesses([{ person, sealed: { likenesses } }]);
  }
}

async function destroyAgain(rows: PersonRows, destroyed: DestroyedLog): Promise<void> {
  const logged = destroyed.entries();
  const inVault = await rows.destructions();
  const done = new Set(inVault.map(({ person }) => person));
  const returned = logged.filter(({ person }) => !done.has(person));
  if (returned.length > 0) await rows.erase(returned);
  // Another process, with its own copy of the keys, destroyed these: whichever log is put beside a restored vault
  // knows of them all.
  const known = new Set(logged.map(({ person }) => person));
  for (const destruction of inVault) if (!known.has(destruction.person)) destroyed.add(destruction);
}
