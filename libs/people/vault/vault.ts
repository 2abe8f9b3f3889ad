import { createSecretKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, type Clock } from '#kernel';
import { normaliseIdentity, type Erased, type Identity, type Named } from '../domain/identity.js';
import { normaliseNhsNumber } from '../domain/nhs-number.js';
import { blindIndex, type BlindIndex } from './blind-index.js';
import { decrypt, encrypt, SealBrokenError } from './cipher.js';
import { commandHasher } from './command-hash.js';
import { openDatabase } from './database.js';
import { DestroyedLog, type DestructionReason } from './destroyed-log.js';
import { loadKey } from './key-files.js';
import { PersonErasedError, PersonKeys, UnknownPersonError } from './person-keys.js';
import { personRows, type PersonRows, type SealedIdentity } from './person-rows.js';

/** Another person holds this NHS number. Which one is said by id; the number is not repeated. */
export class NhsNumberTakenError extends Error {
  constructor(readonly heldBy: string) {
    super(`this NHS number belongs to person ${heldBy} already`);
  }
}

/** `differs`: the id is there with another identity, and nothing was changed; `update` changes it. */
export type Registered = 'registered' | 'unchanged' | 'differs';

export type PersonQuery =
  | { readonly nhsNumber: string }
  | { readonly surname: string; readonly birthDate: string }
  /** Whoever one slip of ear or hand could make of them: another surname, day or year of birth. */
  | { readonly alike: Named };

export interface PersonMatch {
  readonly personId: string;
  readonly identity: Identity;
}

export interface VaultOptions {
  /** `vault.db` */
  readonly file: string;
  /** The directory of the key files and of `destroyed.log`; backed up apart from the vault. */
  readonly keys: string;
  readonly clock?: Clock;
}

const SEALED = 'sealed:v1:';

/**
 * Opens the vault, and its keys, which a new vault makes. Keys destroyed earlier are destroyed again, also in a
 * vault restored from before that.
 *
 * @throws KeyMissingError, WrongMasterKeyError, VaultFormatError
 */
export function openVault({ file, keys, clock = systemClock }: VaultOptions): Vault {
  const isNew = !existsSync(file);
  const key = (name: string): KeyObject => createSecretKey(loadKey(keys, name, isNew));
  const masterKey = key('master');
  const index = blindIndex(key('index'));
  const commandHash = commandHasher(key('command'));
  const database = openDatabase(file, masterKey, (old) => {
    const people = personRows(old);
    const keysOf = new PersonKeys(people, masterKey);
    for (const personId of people.identified()) {
      const { identity } = people.get(personId)!;
      people.setLikenesses(personId, index.likenesses(opened(keysOf.require(personId).key, personId, identity!)));
    }
  });
  const rows = personRows(database);
  const destroyed = new DestroyedLog(join(keys, 'destroyed.log'));
  try {
    const returned = destroyed.entries().filter(({ person }) => !rows.get(person)?.destroyed_at);
    if (returned.length > 0) {
      rows.inTransaction(() => returned.forEach((entry) => rows.erase(entry)));
      rows.forgetWriteAheadLog();
    }
  } catch (error) {
    rows.close();
    throw error;
  }
  return new Vault(rows, new PersonKeys(rows, masterKey), index, destroyed, commandHash, clock);
}

/** Who people are, and their keys (DESIGN 7). Every call is synchronous; writes are durable when they return. */
export class Vault {
  constructor(
    private readonly rows: PersonRows,
    private readonly keys: PersonKeys,
    private readonly index: BlindIndex,
    private readonly destroyed: DestroyedLog,
    /** The keyed hash of a command's content, before free text is sealed; equal for equal JSON (RFC 8785). */
    readonly commandHash: (content: unknown) => string,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidIdentityError, NhsNumberTakenError, PersonErasedError */
  register(personId: string, identity: Identity): Registered {
    return this.registerAll([{ personId, identity }])[0]!;
  }

  /** Many people in one flush to disk; all or none. @throws as `register` */
  registerAll(people: readonly PersonMatch[]): readonly Registered[] {
    try {
      return this.rows.inTransaction(() =>
        people.map(({ personId, identity }) => this.registerOne(personId, normaliseIdentity(identity))),
      );
    } catch (error) {
      // A key that was undone with the transaction must not seal anything later.
      this.keys.forgetAll();
      throw error;
    }
  }

  /** Replaces the identity. @throws UnknownPersonError, PersonErasedError, InvalidIdentityError, NhsNumberTakenError */
  update(personId: string, identity: Identity): void {
    const normal = normaliseIdentity(identity);
    this.rows.inTransaction(() => {
      const { key } = this.keys.require(personId);
      this.refuseTaken(personId, normal);
      this.rows.replace(personId, this.sealIdentity(personId, key, normal));
    });
  }

  /** Undefined where the person is not in the vault. */
  identity(personId: string): Identity | Erased | undefined {
    const row = this.rows.get(personId);
    if (!row) return undefined;
    const found = row.identity && this.keys.find(personId);
    if (!row.identity || !found) return { erased: true };
    return opened(found.key, personId, row.identity);
  }

  /** For a page of people; those that are not in the vault are not in the answer. */
  identities(personIds: Iterable<string>): ReadonlyMap<string, Identity | Erased> {
    const found = new Map<string, Identity | Erased>();
    for (const personId of personIds) {
      const identity = found.has(personId) ? undefined : this.identity(personId);
      if (identity) found.set(personId, identity);
    }
    return found;
  }

  /** At most one match by NHS number; any number by the others. */
  find(query: PersonQuery): readonly PersonMatch[] {
    return this.idsFor(query).flatMap((personId) => {
      const identity = this.identity(personId);
      return identity && !('erased' in identity) ? [{ personId, identity }] : [];
    });
  }

  /** Everybody whose NHS number nobody else can be registered with, by id. */
  holdersOfNhsNumbers(): readonly string[] {
    return this.rows.withAnyNhsNumber();
  }

  /**
   * Takes out somebody whose registration never reached the log, so that nothing was ever sealed for them: identity,
   * key and the hold on the NHS number. Only for ids without a record; a person's identity is erased by `destroyKey`.
   */
  release(personId: string): void {
    this.rows.inTransaction(() => this.rows.remove(personId));
    this.keys.forget(personId);
  }

  /** Free text about a person as it goes into an event. @throws UnknownPersonError, PersonErasedError */
  seal(personId: string, text: string): string {
    const { key, text: binds } = this.keys.require(personId);
    return SEALED + encrypt(key, Buffer.from(text), binds).toString('base64');
  }

  /** @throws UnknownPersonError; SealBrokenError changed, or sealed for somebody else */
  open(personId: string, sealed: string): string | Erased {
    if (!sealed.startsWith(SEALED)) throw new SealBrokenError();
    const found = this.keys.find(personId);
    if (!found) return { erased: true };
    return decrypt(found.key, Buffer.from(sealed.slice(SEALED.length), 'base64'), found.text).toString();
  }

  /**
   * Erases identity and key for ever: nothing sealed for this person can be read again, here or in any backup of
   * the vault that is opened with these keys. Repeating it does nothing. @throws UnknownPersonError
   */
  destroyKey(personId: string, reason: DestructionReason): void {
    const row = this.rows.get(personId);
    if (!row) throw new UnknownPersonError(personId);
    if (row.destroyed_at) return;
    const destruction = { person: personId, reason, at: this.clock.now() };
    // The log first: a crash between the two is completed by the next start.
    this.destroyed.add(destruction);
    this.rows.inTransaction(() => this.rows.erase(destruction));
    this.rows.forgetWriteAheadLog();
    this.keys.forget(personId);
  }

  close(): void {
    this.keys.forgetAll();
    this.rows.close();
  }

  private registerOne(personId: string, identity: Identity): Registered {
    const existing = this.identity(personId);
    if (existing) {
      if ('erased' in existing) throw new PersonErasedError(personId);
      return this.commandHash(existing) === this.commandHash(identity) ? 'unchanged' : 'differs';
    }
    this.refuseTaken(personId, identity);
    const { key, wrapped } = this.keys.create(personId);
    this.rows.insert(personId, wrapped, this.sealIdentity(personId, key, identity));
    return 'registered';
  }

  private refuseTaken(personId: string, { nhsNumber }: Identity): void {
    const heldBy = nhsNumber && this.rows.withNhsNumber(this.index.nhsNumber(nhsNumber));
    if (heldBy && heldBy !== personId) throw new NhsNumberTakenError(heldBy);
  }

  private sealIdentity(personId: string, key: KeyObject, identity: Identity): SealedIdentity {
    return {
      identity: encrypt(key, Buffer.from(JSON.stringify(identity)), identityOf(personId)),
      nhsNumberIndex: identity.nhsNumber ? this.index.nhsNumber(identity.nhsNumber) : null,
      surnameIndex: this.index.surnameAndBirthDate(identity.familyName, identity.birthDate),
      likenesses: this.index.likenesses(identity),
    };
  }

  private idsFor(query: PersonQuery): readonly string[] {
    if ('alike' in query) return this.rows.withLikeness(this.index.likenesses(query.alike));
    if ('surname' in query) {
      const { surname, birthDate } = query;
      return this.rows.withSurname(this.index.surnameAndBirthDate(surname, birthDate));
    }
    const number = normaliseNhsNumber(query.nhsNumber);
    const personId = number && this.rows.withNhsNumber(this.index.nhsNumber(number));
    return personId ? [personId] : [];
  }
}

const opened = (key: KeyObject, personId: string, sealed: Uint8Array): Identity =>
  JSON.parse(decrypt(key, sealed, identityOf(personId)).toString()) as Identity;
const identityOf = (personId: string): Buffer => Buffer.from(`identity:${personId}`);
