import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { decrypt, encrypt } from './cipher.js';
import type { PersonRows } from './person-rows.js';

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
  private seenVersion: number;
  private checkedAt = performance.now();

  constructor(
    private readonly rows: PersonRows,
    private readonly masterKey: KeyObject,
  ) {
    this.seenVersion = rows.dataVersion();
  }

  /** A new key and its wrapped form; the caller stores it. */
  create(personId: string): { key: KeyObject; wrapped: Buffer } {
    const bytes = randomBytes(32);
    const wrapped = encrypt(this.masterKey, bytes, wrapping(personId));
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return { key, wrapped };
  }

  /** Undefined where it was destroyed. @throws UnknownPersonError */
  find(personId: string): PersonKey | undefined {
    this.forgetWhatOthersChanged();
    const cached = this.cache.get(personId);
    if (cached) return cached;
    const row = this.rows.get(personId);
    if (!row) throw new UnknownPersonError(personId);
    return row.wrapped_key ? this.unwrap(personId, row.wrapped_key) : undefined;
  }

  /** @throws UnknownPersonError, PersonErasedError */
  require(personId: string): PersonKey {
    const key = this.find(personId);
    if (!key) throw new PersonErasedError(personId);
    return key;
  }

  forget(personId: string): void {
    this.cache.delete(personId);
  }

  forgetAll(): void {
    this.cache.clear();
  }

  private unwrap(personId: string, wrapped: Uint8Array): PersonKey {
    const bytes = decrypt(this.masterKey, wrapped, wrapping(personId));
    const key = { key: createSecretKey(bytes), text: Buffer.from(`text:${personId}`) };
    bytes.fill(0);
    this.cache.set(personId, key);
    return key;
  }

  private forgetWhatOthersChanged(): void {
    const now = performance.now();
    if (now - this.checkedAt < RECHECK_MILLIS) return;
    this.checkedAt = now;
    const version = this.rows.dataVersion();
    if (version !== this.seenVersion) this.cache.clear();
    this.seenVersion = version;
  }
}

const wrapping = (personId: string): Buffer => Buffer.from(`key:${personId}`);
