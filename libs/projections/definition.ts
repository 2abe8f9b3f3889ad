/**
 * What a read model is (DESIGN 3): a name, a version, a fold and the rows it yields. The engine reads the log once
 * for all of them. A subject is a person, or a stream for events that concern no person.
 */
import type { Instant, RecordedEvent } from '#kernel';

/**
 * A total, pure fold over one subject's effective history. Read models that name the same fold object share its
 * state: it is folded once.
 */
export interface Fold<State> {
  readonly name: string;
  initial(subject: string): State;
  /** Never throws on a registered event, never mutates `state`. */
  evolve(state: State, event: RecordedEvent): State;
}

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;
export type ColumnType = 'text' | 'integer' | 'real';

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that identify a row; they include nothing that changes in the life of that row. */
  readonly key: readonly string[];
  /**
   * Columns that tell when we learned something, not what is so. They are stored and verified like all others, and left
   * out of the checksum: two stores that hold the same care learned it at different times.
   */
  readonly learned?: readonly string[];
  /** Each a list of columns. */
  readonly indexes?: readonly (readonly string[])[];
  /**
   * `latest` holds what is so now. `bitemporal` also keeps every earlier version of a row in `<name>_past`: both then
   * carry `known_from` and `_past` also `known_to`, the ordinals between which (from inclusive, to exclusive) it was
   * what we knew.
   */
  readonly history: 'latest' | 'bitemporal';
}

export interface ReadModel<State = unknown> {
  readonly name: string;
  /** Raise it when rows of the same history come out differently; a new generation is built. */
  readonly version: number;
  /** `person`: subjects that are people. `stream`: events without a person, by their stream. */
  readonly subject: 'person' | 'stream';
  /** Event types after which rows may differ. Others still reach the fold. */
  readonly affectedBy: readonly string[];
  readonly fold: Fold<State>;
  readonly tables: readonly Table[];
  /** Rows of one subject, by table; pure, the same for the same state. */
  rows(state: State, subject: string): Readonly<Record<string, readonly Row[]>>;
}

/** How fresh an answer is; every query carries it (DESIGN 3). */
export interface Freshness {
  /** Position and ordinal of the last event that the answer includes. */
  readonly position: string | undefined;
  readonly ordinal: number;
  /** Events in the log that the answer does not include yet. */
  readonly eventsBehind: number;
  /** When the first of those was recorded; absent where there is none. */
  readonly behindSince?: Instant;
  /** When the last event that it includes was recorded. */
  readonly asOf: Instant | undefined;
  readonly status: 'live' | 'catchingUp' | 'stopped';
  /** Subjects whose fold failed: figures that touch them are incomplete and say so. */
  readonly incomplete: number;
}
