import type { KeyObject } from 'node:crypto';
import type { Database } from '#database';
import { type Clock } from '#kernel';
import { normaliseIdentity, type Erased, type Identity, type Named } from '../domain/identity.js';
import { normaliseNhsNumber } from '../domain/nhs-number.js';
import type { BlindIndex } from './blind-index.js';
import { decrypt, encrypt, SealBrokenError } from './cipher.js';
import type { DestroyedLog, DestructionReason } from './destroyed-log.js';
import { PersonErasedError, UnknownPersonError, type PersonKey, type PersonKeys } from './person-keys.js';
import { PersonRows, type NewPerson, type SealedIdentity, type StoredPerson } from './person-rows.js';
import type { VaultTables } from './tables.js';

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

export interface VaultParts {
  readonly database: Database<VaultTables>;
  readonly keys: PersonKeys;
  readonly index: BlindIndex;
  readonly destroyed: DestroyedLog;
  /** The keyed hash of a command's content, before free text is sealed; equal for equal JSON (RFC 8785). */
  readonly commandHash: (content: unknown) => string;
  readonly clock: Clock;
}

const SEALED = 'sealed:v1:';

/** Who people are, and their keys (DESIGN 7). Writes are durable when they resolve. */
export class Vault {
  readonly commandHash: (content: unknown) => string;
  private readonly rows: PersonRows;

  constructor(private readonly parts: VaultParts) {
    this.commandHash = parts.commandHash;
    this.rows = new PersonRows(parts.database.queries);
  }

  /** @throws InvalidIdentityError, NhsNumberTakenError, PersonErasedError */
  async register(personId: string, identity: Identity): Promise<Registered> {
    const [registered] = await this.registerAll([{ personId, identity }]);
    return registered!;
  }

  /** Many people in one flush to disk; all or none. @throws as `register` */
  registerAll(people: readonly PersonMatch[]): Promise<readonly Registered[]> {
    return this.alone(async (rows) => {
      const normal = people.map(({ personId, identity }) => ({ personId, identity: normaliseIdentity(identity) }));
      const known = new Map((await rows.many(normal.map(({ personId }) => personId))).map((row) => [row.person, row]));
      const holders = await this.holdersOf(rows, normal);
      const added = new Map<string, NewPerson & { readonly identity: Identity }>();
      const outcomes = normal.map(({ personId, identity }): Registered => {
        const row = known.get(personId);
        const there = added.get(personId)?.identity ?? (row && identityIn(row, row.wrapped_key ? this.parts.keys.unwrap(personId, row.wrapped_key) : undefined));
        if (there) {
          if ('erased' in there) throw new PersonErasedError(personId);
          return this.commandHash(there) === this.commandHash(identity) ? 'unchanged' : 'differs';
        }
        const number = identity.nhsNumber;
        const heldBy = number && holders.get(number);
        if (heldBy) throw new NhsNumberTakenError(heldBy);
        if (number) holders.set(number, personId);
        const { key, wrapped } = this.parts.keys.create(personId);
        added.set(personId, { person: personId, wrappedKey: wrapped, sealed: this.sealIdentity(personId, key, identity), identity });
        return 'registered';
      });
      await rows.insert([...added.values()]);
      return outcomes;
    });
  }

  /** Replaces the identity. @throws UnknownPersonError, PersonErasedError, InvalidIdentityError, NhsNumberTakenError */
  async update(personId: string, identity: Identity): Promise<void> {
    const normal = normaliseIdentity(identity);
    await this.alone(async (rows) => {
      const row = await rows.get(personId);
      if (!row) throw new UnknownPersonError(personId);
      if (!row.wrapped_key) throw new PersonErasedError(personId);
      const heldBy = normal.nhsNumber && (await rows.withNhsNumber(this.parts.index.nhsNumber(normal.nhsNumber)));
      if (heldBy && heldBy !== personId) throw new NhsNumberTakenError(heldBy);
      await rows.replace(personId, this.sealIdentity(personId, this.parts.keys.unwrap(personId, row.wrapped_key), normal));
    });
  }

  /** Undefined where the person is not in the vault. */
  async identity(personId: string): Promise<Identity | Erased | undefined> {
    return (await this.identities([personId])).get(personId);
  }

  /** For a page of people; those that are not in the vault are not in the answer. */
  async identities(personIds: Iterable<string>): Promise<ReadonlyMap<string, Identity | Erased>> {
    const wanted = [...new Set(personIds)];
    const rows = new Map((await this.parts.keys.read(wanted)).map((row) => [row.person, row]));
    return new Map(wanted.flatMap((personId) => {
      const row = rows.get(personId);
      return row ? [[personId, identityIn(row, row.key?.key)] as const] : [];
    }));
  }

  /** At most one match by NHS number; any number by the others. */
  async find(query: PersonQuery): Promise<readonly PersonMatch[]> {
    const identities = await this.identities(await this.idsFor(query));
    return [...identities].flatMap(([personId, identity]) => ('erased' in identity ? [] : [{ personId, identity }]));
  }

  /** Everybody whose NHS number nobody else can be registered with, by id. */
  holdersOfNhsNumbers(): Promise<readonly string[]> {
    return this.rows.withAnyNhsNumber();
  }

  /**
   * Takes out somebody whose registration never reached the log, so that nothing was ever sealed for them: identity,
   * key and the hold on the NHS number. Only for ids without a record; a person's identity is erased by `destroyKey`.
   */
  async release(personId: string): Promise<void> {
    await this.alone((rows) => rows.remove(personId));
    this.parts.keys.forget(personId);
  }

  /** Free text about a person as it goes into an event. @throws UnknownPersonError, PersonErasedError */
  async seal(personId: string, text: string): Promise<string> {
    const { keys } = this.parts;
    return sealed(keys.atHand(personId) ?? (await keys.require(personId)), text);
  }

  /** Seals many texts about one person. @throws as `seal` */
  async sealing(personId: string): Promise<(text: string) => string> {
    const key = await this.parts.keys.require(personId);
    return (text) => sealed(key, text);
  }

  /** @throws UnknownPersonError; SealBrokenError changed, or sealed for somebody else */
  async open(personId: string, text: string): Promise<string | Erased> {
    const { keys } = this.parts;
    return opened(keys.atHand(personId) ?? (await keys.find(personId)), text);
  }

  /**
   * Opens many texts, for one page about these people.
   * @throws as `open`, where a text is opened; UnknownPersonError also for somebody who was not asked for
   */
  async opening(people: Iterable<string>): Promise<(personId: string, text: string) => string | Erased> {
    const keys = await this.parts.keys.findAll([...new Set(people)]);
    return (personId, text) => {
      if (!keys.has(personId)) throw new UnknownPersonError(personId);
      return opened(keys.get(personId), text);
    };
  }

  /**
   * Erases identity and key for ever: nothing sealed for this person can be read again, here or in any backup of
   * the vault that is opened with these keys. Repeating it does nothing. @throws UnknownPersonError
   */
  async destroyKey(personId: string, reason: DestructionReason): Promise<void> {
    const { database, keys, destroyed, clock } = this.parts;
    await this.alone(async (rows) => {
      const row = await rows.get(personId);
      if (!row) throw new UnknownPersonError(personId);
      if (row.destroyed_at) return;
      const destruction = { person: personId, reason, at: clock.now() };
      // The log first: a crash between the two is completed by the next start.
      destroyed.add(destruction);
      await rows.erase([destruction]);
    });
    await database.forgetOverwritten();
    keys.forget(personId);
  }

  async close(): Promise<void> {
    this.parts.keys.forgetAll();
    await this.parts.database.close();
  }

  /** What is read and what follows from it are one: nobody else writes to the vault meanwhile. */
  private alone<T>(work: (rows: PersonRows) => Promise<T>): Promise<T> {
    return this.parts.database.alone((queries) => work(new PersonRows(queries)));
  }

  /** Who holds one of their NHS numbers already, by number. */
  private async holdersOf(rows: PersonRows, people: readonly PersonMatch[]): Promise<Map<string, string>> {
    const numbers = new Map(people.flatMap(({ identity: { nhsNumber } }) => {
      if (!nhsNumber) return [];
      const index = this.parts.index.nhsNumber(nhsNumber);
      return [[index.toString('hex'), { nhsNumber, index }] as const];
    }));
    const held = await rows.holdersOf([...numbers.values()].map(({ index }) => index));
    return new Map(held.map(({ person, index }) => [numbers.get(Buffer.from(index).toString('hex'))!.nhsNumber, person]));
  }

  private sealIdentity(personId: string, key: KeyObject, identity: Identity): SealedIdentity {
    const { index } = this.parts;
    return {
      identity: encrypt(key, Buffer.from(JSON.stringify(identity)), identityOf(personId)),
      nhsNumberIndex: identity.nhsNumber ? index.nhsNumber(identity.nhsNumber) : null,
      surnameIndex: index.surnameAndBirthDate(identity.familyName, identity.birthDate),
      likenesses: index.likenesses(identity),
    };
  }

  private async idsFor(query: PersonQuery): Promise<readonly string[]> {
    const { index } = this.parts;
    if ('alike' in query) return this.rows.withLikeness(index.likenesses(query.alike));
    if ('surname' in query) return this.rows.withSurname(index.surnameAndBirthDate(query.surname, query.birthDate));
    const number = normaliseNhsNumber(query.nhsNumber);
    const personId = number && (await this.rows.withNhsNumber(index.nhsNumber(number)));
    return personId ? [personId] : [];
  }
}

const sealed = ({ key, text: binds }: PersonKey, text: string): string =>
  SEALED + encrypt(key, Buffer.from(text), binds).toString('base64');

function opened(found: PersonKey | undefined, text: string): string | Erased {
  if (!text.startsWith(SEALED)) throw new SealBrokenError();
  if (!found) return { erased: true };
  return decrypt(found.key, Buffer.from(text.slice(SEALED.length), 'base64'), found.text).toString();
}

const identityIn = ({ person, identity }: StoredPerson, key: KeyObject | undefined): Identity | Erased =>
  identity && key ? openedIdentity(key, person, identity) : { erased: true };

export const openedIdentity = (key: KeyObject, personId: string, identity: Uint8Array): Identity =>
  JSON.parse(decrypt(key, identity, identityOf(personId)).toString()) as Identity;
const identityOf = (personId: string): Buffer => Buffer.from(`identity:${personId}`);
