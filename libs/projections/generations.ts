/**
 * What the engine asks of the place where generations lie: a directory of SQLite files, or schemas of a PostgreSQL
 * database (ADR 0009). What is written is handed over as data, so that each store writes it as it does best.
 */
import type { Instant } from '#kernel';
import type { Checksum } from './checksum.js';
import type { Value } from './definition.js';
import type { Mark } from './known-at.js';
import type { ModelSet, TableLayout } from './model-set.js';
import type { PostgresPlace } from './postgres/place.js';
import type { Change, Tuple } from './rows.js';
import type { Failure } from './subject.js';
import type { Versions } from './versions.js';

export interface Checkpoint {
  readonly position: string | undefined;
  readonly ordinal: number;
  /** Running maximum of `recordedAt` up to there. */
  readonly knownAt: Instant | undefined;
}

export interface Quarantined {
  readonly subject: string;
  readonly readModel: string;
  readonly failure: Failure;
  /** Keys of all rows of that subject, by table. */
  readonly keys: Readonly<Record<string, readonly Tuple[]>>;
}

/** A generation says itself which models it holds. */
export interface Contents {
  readonly id: string;
  readonly models: readonly { readonly name: string; readonly version: number }[];
}

/** What is written in one transaction, in this order. */
export interface Writes {
  readonly streams?: readonly { readonly subject: string; readonly stream: string }[];
  readonly released?: readonly Pick<Quarantined, 'subject' | 'readModel'>[];
  readonly quarantined?: readonly Quarantined[];
  /** Of one batch, in any order of subjects. */
  readonly changes?: readonly Change[];
  /** Rows that go with their past, where a subject is replayed. */
  readonly erased?: readonly { readonly table: TableLayout; readonly keys: readonly Tuple[] }[];
  readonly versions?: readonly Versions[];
  readonly marks?: readonly Mark[];
  /** Where the generation stands afterwards; where it stood when absent. */
  readonly checkpoint?: Checkpoint;
}

/** Another projector has written since: what was folded here is no longer the difference to what is stored. */
export class CheckpointMovedError extends Error {
  constructor(expected: number) {
    super(`event ${expected} is no longer where these read models stand: another projector has written them`);
  }
}

/** Whoever waits for its turn to be the active projector. */
export interface Standby {
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** The wait begins. */
  onWaiting(because: ProjectorBusyError): void;
}

/** Another process projects into the same place; a standby tries again later. */
export class ProjectorBusyError extends Error {
  constructor(where: string) {
    super(`another projector works in ${where}`);
  }
}

/** A finished generation, to be kept up to date. */
export interface Generation {
  contents(): Promise<Contents>;
  checkpoint(): Promise<Checkpoint>;
  streamsOf(subject: string): Promise<readonly string[]>;
  quarantined(): Promise<readonly Quarantined[]>;
  /** Subjects with a quarantine in any read model. */
  incomplete(): Promise<number>;
  /**
   * All of it or nothing.
   *
   * @param from where the generation has to stand, compared in the same transaction
   * @throws CheckpointMovedError
   */
  commit(from: Checkpoint, writes: Writes): Promise<void>;
  /** Kept with the rows, so that every reader of them says the same. */
  saveStopped(reason: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** What a building thread adds to. */
export interface RowsBuild {
  addStream(subject: string, stream: string): void;
  addVersions(versions: Versions): void;
  addQuarantined(quarantined: Quarantined): void;
  /** Now and then, so that not too much waits in memory. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A generation in the making: nobody reads it, and nothing of it has to outlive a crash. */
export interface GenerationBuild extends RowsBuild {
  /** Everything was added: indexes, then the checkpoint. */
  complete(marks: readonly Mark[], checkpoint: Checkpoint): Promise<void>;
  /** Absent where no second thread can build along. */
  readonly beside?: Beside;
}

/** Where a second thread's rows go. */
export interface Beside {
  readonly place: BesidePlace;
  /** What that thread committed is part of the generation from now on. */
  absorb(): Promise<void>;
  /** Removes what is left of it, once the thread has ended. */
  discard(): void;
}

/** A file of its own, or the same schema over a connection of its own. Plain data; may hold a password. */
export type BesidePlace = { readonly file: string } | { readonly postgres: PostgresPlace; readonly schema: string };

/** What a second thread adds of a generation. */
export interface BesideBuild extends RowsBuild {
  /** Everything was added. */
  commit(): Promise<void>;
}

/** Asks for rows as arrays; `?` stands for a parameter. */
export type Ask = (sql: string, params?: readonly Value[]) => Promise<readonly Tuple[]>;

/** A generation whose rows can be compared with others by statements. */
export interface Comparable {
  /** Where its tables lie, in statements. */
  readonly schema: string;
  /** Over logical columns. */
  checksum(): Promise<Checksum>;
}

/** One moment of a generation, whatever is written to it meanwhile. */
export interface Moment extends Comparable {
  readonly contents: Contents;
  readonly checkpoint: Checkpoint;
  readonly ask: Ask;
  /** Fills a generation beside it, which is gone when the moment ends. */
  beside(name: string, set: ModelSet, fill: (into: GenerationBuild) => Promise<unknown>): Promise<Comparable>;
}

export interface Generations {
  /**
   * One projector writes at a time. To a standby the lock comes when the one before is gone; others are refused at once.
   *
   * @throws ProjectorBusyError also where the wait was ended
   */
  lock(onLost: (error: Error) => void, standby?: Standby): Promise<{ release(): Promise<void> }>;
  /** Name of what is served now, `<generation>` or `<generation>-<build>`; undefined before the first build. */
  current(): Promise<string | undefined>;
  /** A name not taken yet by a build of this generation. */
  freeName(generation: string): Promise<string>;
  create(name: string, set: ModelSet): Promise<GenerationBuild>;
  /** What was built and closed is there from now on, whatever happens: a build cut short is never served. */
  finish(name: string): Promise<void>;
  open(name: string): Promise<Generation>;
  /** Atomic: a reader finds the old name or the new one. */
  pointTo(name: string): Promise<void>;
  /** @param set its models */
  atOneMoment<T>(name: string, set: ModelSet, work: (moment: Moment) => Promise<T>): Promise<T>;
  /** Fills a generation that nobody will read, and gives its checksum. */
  trial(set: ModelSet, fill: (into: GenerationBuild) => Promise<unknown>): Promise<Checksum>;
  remove(name: string): Promise<void>;
  /** Deletes what no pointer names: generations left behind and builds cut short. */
  sweep(keep: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
