import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailableError } from '../port.js';

/** Raised with every change of the tables below; this code reads no number above it. */
export const LOG_FORMAT = 1;

/** `TCLG`: tells a log from any other SQLite file. */
const APPLICATION_ID = 0x54434c47;

/**
 * `events` grows at its end only: that is all a commit must write. `by_stream` finds a stream's events, in order; its
 * rows are written late (late-index.ts), and every event up to `progress.indexed` has one. Both name a stream by a hash
 * and an event id by another: the event itself has the last word, equal hashes only cost a look at it. `subject` is the
 * part of the log an event falls into.
 */
const tables = `
  CREATE TABLE events (
    ordinal INTEGER PRIMARY KEY, stream_hash INTEGER NOT NULL, subject INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE by_stream (
    stream_hash INTEGER NOT NULL, ordinal INTEGER NOT NULL, id_hash INTEGER NOT NULL,
    PRIMARY KEY (stream_hash, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (indexed INTEGER NOT NULL) STRICT;
  INSERT INTO progress VALUES (0);
`;

/** The file was written by a newer release: older code refuses newer data (DESIGN 4). */
export class NewerFormatError extends Error {
  constructor(
    readonly file: string,
    readonly format: number,
  ) {
    super(`${file} has format ${format}; this release reads formats up to ${LOG_FORMAT}. Start a newer release.`);
  }
}

/** Another process, or another store of this one, writes to the file. */
export class StoreLockedError extends StoreUnavailableError {
  constructor(readonly file: string) {
    super(`${file} is being written by another process; one writer at a time`);
  }
}

const SQLITE_BUSY = 5;

/** A lock that the system drops with the process, however it ends. @throws StoreLockedError */
export function lockForWriting(file: string): { release(): void } {
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw (cause as { errcode?: unknown }).errcode === SQLITE_BUSY ? new StoreLockedError(file) : cause;
  }
  return { release: () => lock.close() };
}

/**
 * Makes the tables where the file is new.
 * @throws NewerFormatError, and Error where the file is something else
 */
export function createOrCheck(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5000 });
  try {
    if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) {
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN; ${tables}
        PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LOG_FORMAT}; COMMIT`);
    }
    checkFormat(db, file);
  } finally {
    db.close();
  }
}

/** A connection that reads. @throws NewerFormatError, and Error where the file is missing or something else */
export function openForReading(file: string): DatabaseSync {
  if (!existsSync(file)) throw new Error(`there is no event log at ${file}`);
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    checkFormat(db, file);
    db.exec('PRAGMA cache_size = -16384');
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function checkFormat(db: DatabaseSync, file: string): void {
  const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
  if (pragma('application_id') !== APPLICATION_ID) throw new Error(`${file} is not an event log`);
  const format = pragma('user_version');
  if (format > LOG_FORMAT) throw new NewerFormatError(file, format);
}
