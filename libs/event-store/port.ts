/**
 * The event store's port (DESIGN 4). What it promises is written once more, executable, in `contract/`; every
 * adapter passes that suite.
 */
import type { NewEvent, RecordedEvent } from '#kernel';
import type { EventJson } from './event-json.js';

/**
 * The revision a writer expects the stream to be at: `none` where it must not exist yet, the revision of its last
 * event, or `any`.
 */
export type Expected = 'none' | 'any' | number;

/** Opaque: it resumes a reader and compares through `comparePositions` of the store that gave it. */
export type Position = string;

export interface Appended {
  /** Revision of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
  /** True where these very events were there already: the first answer given again. */
  readonly repeated: boolean;
}

export interface ReadStreamOptions {
  /** First revision wanted, inclusive; 0 when absent. */
  readonly from?: number;
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive; from the beginning when absent. */
  readonly after?: Position;
  /** Ordinal of the event at `after`, for stores that do not count; 0 when absent. */
  readonly afterOrdinal?: number;
  /** At most this many events. */
  readonly limit: number;
  /** Stop after this ordinal. */
  readonly toOrdinal?: number;
  /**
   * Only events whose subject (person, else stream) falls into one of `of` parts. Ordinals still count the whole
   * log. A rebuild works through the parts one by one, so memory stays bounded.
   */
  readonly part?: { readonly index: number; readonly of: number };
}

export interface Page {
  readonly events: readonly RecordedEvent[];
  /** Where to go on, also where `part` left every event out; the `after` given when there was nothing. */
  readonly next: { readonly position: Position; readonly ordinal: number } | undefined;
  /** True where the page reached the head of the log as it was when read. */
  readonly atHead: boolean;
}

/** An event as its store sent it, to be put aside and read later, in whatever thread: by what `openRaw` gives. */
export interface RawEvent {
  /** Its person, else its stream. */
  readonly subject: string;
  readonly bytes: Uint8Array;
}

export type RawPage = Omit<Page, 'events'> & { readonly events: readonly RawEvent[] };

export interface Head {
  /** Absent on an empty log. */
  readonly position?: Position;
  /** Events in the log where the store counts them; absent where only a reader can tell. */
  readonly ordinal?: number;
}

export interface EventReader {
  /** True where a part costs what it holds; elsewhere every part costs a pass over the whole log. */
  readonly partsAreCheap?: boolean;
  /** Events of one stream in order of revision; empty where the stream does not exist. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  readAll(options: ReadAllOptions): Promise<Page>;
  /** The same without reading what an event says. Absent where that saves nothing. */
  readRaw?(options: Omit<ReadAllOptions, 'part'>): Promise<RawPage>;
  /**
   * Every event after `after`, once, in order, in batches of at most `batch`, and then live, until `signal` aborts.
   * Pulls: nothing is buffered for a slow reader beyond one batch. Lost connections are resumed inside, from the last
   * batch that was taken; an adapter reports each resumption through `onResume`.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  head(): Promise<Head>;
  /** Negative where `a` lies before `b`. */
  comparePositions(a: Position, b: Position): number;
  close(): Promise<void>;
}

export interface SubscribeOptions {
  readonly after?: Position;
  readonly afterOrdinal?: number;
  readonly batch?: number;
  readonly signal: AbortSignal;
  readonly onResume?: (cause: Error) => void;
}

export interface EventStore extends EventReader {
  /**
   * Appends all events or none, durable before the promise resolves.
   *
   * A repeat of the same event ids with the same content is answered as the first time, with `repeated: true`. The
   * same id with other content is an `IdConflictError`, at whatever revision.
   *
   * @throws WrongRevisionError the stream is not at `expected`
   * @throws IdConflictError an event id is in the stream already with other content, or twice in `events`
   * @throws InvalidAppendError empty `events`, a bad name, an event over the size limit
   * @throws StoreUnavailableError outcome unknown or not written; repeating the same call is safe
   */
  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended>;
  /**
   * Appends the runs so that the log has them in the order given, also of different streams: for a copy, while nobody
   * else writes. Absent where `append` called again and again does that already.
   * @throws as `append`
   */
  appendInOrder?(runs: AsyncIterable<Run>, onAppended: (events: number) => void): Promise<void>;
  /**
   * Begins to read back what lies in the log, from its first event on, and to sum it beside the calling thread while the
   * log grows. Absent where what is appended is only certain at the end, or where a thread of its own cannot open the log.
   */
  sumBeside?(): RunningSum;
}

/** See LogChecksum. */
export interface Summed {
  readonly events: number;
  readonly checksum: string;
}

export interface RunningSum {
  /** The log has grown so far, at least: it may be read. */
  upTo(ordinal: number): void;
  /** Reads to the head. @throws StoreUnavailableError it cannot be read */
  end(onProgress: (events: number) => void): Promise<Summed>;
  /** Leaves no thread behind, whether it has come to its end or not. */
  close(): Promise<void>;
}

/** One append of a sequence whose order matters. */
export interface Run {
  readonly stream: string;
  /** Exact: never `any`. */
  readonly expected: Expected;
  /** Of another log perhaps, and then with where they lie there. */
  readonly events: readonly (NewEvent | RecordedEvent)[];
  /** The same as they are stored: made once, for whoever chose them had to know their size. */
  readonly json: readonly EventJson[];
}

export class WrongRevisionError extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    /** -1 where the stream does not exist; undefined where the server did not say. */
    readonly actual: number | undefined,
  ) {
    super(`${stream} was expected at ${expected} and is at ${actual ?? 'another revision'}`);
  }
}

export class IdConflictError extends Error {
  constructor(
    readonly stream: string,
    readonly eventId: string,
  ) {
    super(`event ${eventId} is in ${stream} already with other content`);
  }
}

export class InvalidAppendError extends Error {}

export class StoreUnavailableError extends Error {}

/** Largest single event, in bytes of stored JSON, and largest append; the same on every adapter. */
export const MAX_EVENT_BYTES = 256 * 1024;
export const MAX_APPEND_BYTES = 1000 * 1024;
export const MAX_STREAM_NAME = 200;
