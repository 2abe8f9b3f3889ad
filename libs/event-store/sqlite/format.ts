import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailableError } from '../port.js';

/** Raised with every change of the tables below; this code reads no number above it. */
export const LOG_FORMAT = 1;

/** `TCLG`: tells a log from any other SQLite file. */
const APPLICATION_ID = 0x54434c47;

/**
 * `events` grows at its end only. `revisions` finds a stream's events; beside the ordinal it holds a hash of the event
 * id, so that a writer sees whether an id was used from the page that it is about to change, not from the events.
 * `subject` is the part of the log an event falls into.
 */
const tables = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (ordinal INTEGER PRIMARY KEY, subject INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE revisions (
    stream INTEGER NOT NULL, revision INTEGER NOT NULL, id_hash INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
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
