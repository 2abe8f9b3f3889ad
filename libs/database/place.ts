/**
 * Where the server keeps what is in neither log nor read models (ADR 0016): files of one process, or a PostgreSQL that
 * several processes of an organisation share. Whoever keeps something there writes each query once, for both.
 */
import type { Kysely } from 'kysely';
import type { ColumnTypes } from './columns.js';

export type Queries<Tables> = Kysely<Tables>;

/** One change of shape. What was released never changes. */
export type Migration = (columns: ColumnTypes) => readonly string[];

/** A table, by the columns of its key, in their order. */
export type CopiedTable<Tables> = {
  readonly [T in keyof Tables & string]: {
    readonly table: T;
    readonly by: readonly (keyof Tables[T] & string)[];
    /** Whose numbers the database gives: given anew, in the same order. */
    readonly numbered?: keyof Tables[T] & string;
  };
}[keyof Tables & string];

/** What somebody keeps. */
export interface Kept<Tables> {
  /** `<name>.db` in the data directory; the name of its format in PostgreSQL, where all share one schema. */
  readonly name: string;
  /** The first makes format 1. Data of a newer format is refused (DESIGN 4). */
  readonly migrations: readonly Migration[];
  /**
   * False where a commit that a power cut takes back is only done again: then none is waited for in a file. PostgreSQL
   * flushes as it is set up to.
   */
  readonly flushed?: boolean;
  /** What `copyKept` takes into another place. */
  readonly copied?: readonly CopiedTable<Tables>[];
  /** Never there: says which tables the queries know. */
  readonly tables?: Tables;
}

export interface Database<Tables> {
  /** Single statements. Not to be used inside `alone`, which hands its own. */
  readonly queries: Queries<Tables>;
  /** All or nothing, durable when it resolves, and after any other `alone` of this database in whatever process. */
  alone<T>(work: (queries: Queries<Tables>) => Promise<T>): Promise<T>;
  /** Takes what was overwritten out of the write-ahead log, where that is ours; PostgreSQL has it in its own hands. */
  forgetOverwritten(): Promise<void>;
  close(): Promise<void>;
}

export interface Place {
  /** @throws NewerDatabaseError; DatabaseUnavailableError nothing answers there */
  open<Tables>(kept: Kept<Tables>): Promise<Database<Tables>>;
  /** True where other processes may have it open as well. */
  readonly isShared: boolean;
  /** How far the clock of this process is before that of the place, which all share; 0 where there is no other. Milliseconds. */
  clockAhead(now: () => number): Promise<number>;
  /** After everything that was opened in it. */
  close(): Promise<void>;
}

/** Nothing is known of what was asked last; asking again is safe where it says so. */
export class DatabaseUnavailableError extends Error {}

/** Written by a newer release, which is the one to start. */
export class NewerDatabaseError extends Error {
  constructor(
    readonly where: string,
    readonly format: number,
    known: number,
  ) {
    super(`${where} has format ${format}, this release knows ${known}; use the newer release`);
  }
}

/** Not written yet, or by an older release, and not to be changed here: the next start does it. */
export class OlderDatabaseError extends Error {
  constructor(
    readonly where: string,
    readonly format: number,
    known: number,
  ) {
    super(`${where} has format ${format || 'none'}, this release knows ${known}; its first start raises it`);
  }
}
