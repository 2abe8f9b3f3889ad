/** What readers ask of the place where generations lie: rows of the one that is served, and never a write. */
import type { Value } from './definition.js';

export type Params = Readonly<Record<string, Value>> | readonly Value[];

/**
 * Rows of one moment. Statements are written once, in what both stores understand: `:name`, `?` or `?1` for a parameter,
 * `inList` and `listRows` for a list, quotes around a name with capitals, NULLS FIRST or LAST wherever an order meets
 * them, FILTER where a condition would be added up, `rowid` for a row that is found in an index before it is read.
 */
export interface Rows {
  all<T = Record<string, Value>>(sql: string, params?: Params): Promise<readonly T[]>;
  get<T = Record<string, Value>>(sql: string, params?: Params): Promise<T | undefined>;
}

/** `all` and `get` each see a moment of their own. */
export interface ReadStore extends Rows {
  /**
   * All that `work` reads is of one moment of one generation. It waits for nothing but the rows that it is given.
   *
   * @throws ReadModelsNotReadyError, ReadModelsUnavailableError
   */
  atOneMoment<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Nothing is served yet: the first generation is still being built. */
export class ReadModelsNotReadyError extends Error {
  constructor() {
    super('the read models are being built for the first time');
  }
}

/** Where they lie does not answer, or answers for somebody else. */
export class ReadModelsUnavailableError extends Error {}
