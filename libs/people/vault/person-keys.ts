import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { decrypt, encrypt } from './cipher.js';
import type { PersonRows, StoredPerson } from './person-rows.js';

/** Nobody with this id is in the vault. */
export class UnknownPersonError extends Error {
  constructor(readonly personId: string) {
    super(`person ${personId} is not in the vault`);
  }
}

export class PersonErasedError extends Error {
  constructor(readonly personId: string) {
    super(`the key of person ${personId} was destroyed; nothing can be written for this id`);
  }
}

const CACHED_KEYS = 20_000;
/** How long a key that another process destroyed may still open things here. */
const RECHECK_MILLIS = 1000;

/** A key, and what free text under it is bound to: made once, because sealing is the hot path. */
export interface PersonKey {
  readonly key: KeyObject;
  readonly text: Buffer;
}

/** The keys of people, unwrapped as they are needed and kept while they are in use. */
export class PersonKeys {
  private readonly cache = new LRUCache<string, PersonKey>({ max: CACHED_KEYS });
  private seenChanges: number | undefined;
  private checkedAt = -Infinity;
  private checking: Promise<void> | undefined;
  /** Grows with whatever is forgotten: a key that was being read meanwhile is not kept. */
  private forgotten = 0;

  constructor(
    private readonly rows: PersonRows,
    private readonly masterKey: KeyObject,
  ) {}

  /** A new key and its wrapped form; the caller stores it. */
  create(personId: string): { key: KeyObject; wrapped: Buffer } {
    const bytes = randomBytes(32);
    const wrapped = encrypt(this.masterKey, bytes, wrapping(personId));
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return { key, wrapped };
  }

  /** Without waiting; undefined where it has to be looked for. */
  atHand(personId: string): PersonKey | undefined {
    return this.isChecked() ? this.cache.get(personId) : undefined;
  }

  /** Undefined where it was destroyed. @throws UnknownPersonError */
  async find(personId: string): Promise<PersonKey | undefined> {
    const cached = await this.cached(personId);
    if (cached) return cached;
    const asked = this.forgotten;
    const row = await this.rows.get(personId);
    if (!row) throw new UnknownPersonError(personId);
    return this.keyIn(row, asked);
  }

  /** For a page of people: undefined where it was destroyed, absent where nobody is known by the id. */
  async findAll(people: readonly string[]): Promise<ReadonlyMap<string, PersonKey | undefined>> {
    const found = new Map<string, PersonKey | undefined>();
    const wanted: string[] = [];
    for (const person of people) {
      const cached = await this.cached(person);
      if (cached) found.set(person, cached);
      else wanted.push(person);
    }
    for (const row of await this.read(wanted)) found.set(row.person, row.key);
    return found;
  }

  /** Rows of people, each with its key. */
  async read(people: readonly string[]): Promise<readonly (StoredPerson & { readonly key: PersonKey | undefined })[]> {
    const asked = this.forgotten;
    return (await this.rows.many(people)).map((row) => ({ ...row, key: this.keyIn(row, asked) }));
  }

  /** @throws UnknownPersonError, PersonErasedError */
  async require(personId: string): Promise<PersonKey> {
    const key = await this.find(personId);
    if (!key) throw new PersonErasedError(personId);
    return key;
  }

  /** Outside the cache: for what may be undone. */
  unwrap(personId: string, wrapped: Uint8Array): KeyObject {
    const bytes = decrypt(this.masterKey, wrapped, wrapping(personId));
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return key;
  }

  forget(personId: string): void {
    this.forgotten++;
    this.cache.delete(personId);
  }

  forgetAll(): void {
    this.forgotten++;
    this.cache.clear();
  }

  private async cached(personId: string): Promise<PersonKey | undefined> {
    if (!this.isChecked()) await this.forgetWhatOthersChanged();
    return this.cache.get(personId);
  }

  private isChecked(): boolean {
    return performance.now() - this.checkedAt < RECHECK_MILLIS;
  }

  /** @param asked `forgotten` before the row was read */
  private keyIn({ person, wrapped_key: wrapped }: StoredPerson, asked: number): PersonKey | undefined {
    if (!wrapped) return undefined;
    const cached = this.cache.get(person);
    if (cached) return cached;
    const key = { key: this.unwrap(person, wrapped), text: Buffer.from(`text:${person}`) };
    if (asked === this.forgotten) this.cache.set(person, key);
    return key;
  }

  private forgetWhatOthersChanged(): Promise<void> {
    return (this.checking ??= this.lookForChanges().finally(() => (this.checking = undefined)));
  }

  private async lookForChanges(): Promise<void> {
    const asked = performance.now();
    const changes = await this.rows.changes();
    if (changes !== this.seenChanges) this.forgetAll();
    this.seenChanges = changes;
    this.checkedAt = asked;
  }
}

const wrapping = (personId: string): Buffer => Buffer.from(`key:${personId}`);
