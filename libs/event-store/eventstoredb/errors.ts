import {
  AccessDeniedError, DeadlineExceededError, ErrorType, InvalidArgumentError, isCommandError,
  MaxAppendSizeExceededError, NotLeaderError, StreamDeletedError, StreamNotFoundError, TimeoutError, UnknownError,
  UnsupportedError, WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Position } from '../port.js';
import { CallTimeoutError } from './timing.js';

/** An event in the log that is not whole: redacted, damaged, or written by another program. Nothing is guessed. */
export class MalformedEventError extends Error {
  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly position: Position,
    what: string,
  ) {
    super(`event ${revision} of ${stream} at ${position} cannot be read: ${what}`);
  }
}

/**
 * The log ends before a position we were given, or holds nothing there: restored short, or another log. Believed only
 * when patience is over: a node that lags behind looks the same.
 */
export class PositionGoneError extends Error {
  constructor(readonly position: Position) {
    super(`the log has no event at ${position}: it was restored short, or the position is of another log`);
  }
}

/** A stream without its beginning: someone deleted or cut it, as Throughcare never does. Deciding on it is unsafe. */
export class TruncatedStreamError extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(`${stream} has lost events: revision ${found} lies where ${expected} belongs`);
  }
}

/** A node that has been deposed and does not know it yet gave less than we know to be there. Another is asked. */
export class StaleReadError extends Error {}

/** The connection has been given up while the call was under way. */
export class SessionEndedError extends Error {}

/**
 * - `answer`: the server understood and said no; the caller translates it
 * - `fail`: repeating the call cannot help
 * - `again`: the server is there and could not say: another node leads, or its own write timed out. The same session
 *   goes on. Of two that send the same event at one moment the server leaves one without an answer for 2 to 3 seconds
 * - `lost`: known trouble of the connection or the server; the outcome is unknown, repeat with the same ids
 * - `unknown`: not on the list; repeated like `lost`, though never without an end
 */
export type Verdict = 'answer' | 'fail' | 'again' | 'lost' | 'unknown';

const answers = [
  WrongExpectedVersionError, StreamNotFoundError, StreamDeletedError, MaxAppendSizeExceededError, InvalidArgumentError,
];
const failures = [AccessDeniedError, UnsupportedError, MalformedEventError, TruncatedStreamError];
const ours = [CallTimeoutError, SessionEndedError, StaleReadError];
const repeatable = [NotLeaderError, DeadlineExceededError, TimeoutError];
/** Bugs, ours or the client's: a second try only hides them. */
const bugs = [TypeError, ReferenceError, SyntaxError, RangeError];
const lostTypes = new Set<string>([ErrorType.UNAVAILABLE, ErrorType.CANCELLED]);
/** gRPC: cancelled, deadline exceeded, resource exhausted, aborted, internal (RST_STREAM), unavailable. */
const lostCodes = new Set<unknown>([1, 4, 8, 10, 13, 14]);
const lostMessages = new RegExp([
  'server is (not ready|too busy|busy)', 'RST_STREAM', 'GOAWAY', 'failed to discover', 'channel has been shut down',
  'write after end', 'ECONN', 'socket hang up',
].join('|'), 'i');

const isOneOf = (error: unknown, kinds: readonly (abstract new (...args: never[]) => unknown)[]): boolean =>
  kinds.some((kind) => error instanceof kind);

/** A request the server could not read: a bad id, an empty type or name, a `maxCount` of 0, a position never given. */
export const isBadRequest = (error: unknown): boolean =>
  error instanceof UnknownError && /BadRequest/.test(error.message);

/** Sorts whatever a call may throw (docs/event-store-eventstoredb.md). */
export function verdictOn(error: unknown): Verdict {
  if (isOneOf(error, answers) || isBadRequest(error)) return 'answer';
  if (isOneOf(error, failures)) return 'fail';
  if (isOneOf(error, repeatable)) return 'again';
  if (!(error instanceof Error)) return 'unknown';
  if (lostMessages.test(error.message)) return 'lost';
  if (isCommandError(error) && lostTypes.has(error.type)) return 'lost';
  // With the server down an append fails with a bare gRPC error: a code and no type.
  if ('code' in error && lostCodes.has(error.code)) return 'lost';
  if (isOneOf(error, ours) || error.name === 'AbortError') return 'lost';
  return isOneOf(error, bugs) ? 'fail' : 'unknown';
}

/** What a log or an operator can read; some errors of the client have an empty message. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? error.message || error.constructor.name : String(error);
