import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raised with every change of shape; newer data is refused (DESIGN 4). */
const FORMAT = 2;

const SCHEMA = `
  create table vault_key (master_check blob not null) strict;
  create table person (
    person text primary key,
    wrapped_key blob,
    identity blob,
    nhs_number_index blob unique,
    surname_index blob,
    destroyed_at text,
    destroyed_reason text
  ) strict, without rowid;
  create index person_by_surname on person (surname_index) where surname_index is not null;
`;

/** Since format 2. */
const LIKENESS = `
  create table likeness (likeness blob not null, person text not null, primary key (likeness, person))
    strict, without rowid;
  create index likeness_of_person on likeness (person);
`;

export class VaultFormatError extends Error {}

export class WrongMasterKeyError extends Error {
  constructor(file: string) {
    super(`${file} was written under another master key; restore the keys directory that belongs to it`);
  }
}

/**
 * @param indexLikenesses fills the table of likenesses, where the vault is from before there was one
 * @throws VaultFormatError, WrongMasterKeyError
 */
export function openDatabase(
  file: string,
  masterKey: KeyObject,
  indexLikenesses: (db: DatabaseSync) => void,
): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 5000 });
  try {
    // secure_delete: what is erased is overwritten, not only unlinked.
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;');
    prepareFormat(db, file, createHmac('sha256', masterKey).update('throughcare vault').digest(), indexLikenesses);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function prepareFormat(
  db: DatabaseSync,
  file: string,
  masterCheck: Buffer,
  indexLikenesses: (db: DatabaseSync) => void,
): void {
  db.exec('begin immediate');
  try {
    const { user_version: format } = db.prepare('pragma user_version').get() as { user_version: number };
    if (format > FORMAT)
      throw new VaultFormatError(`${file} has format ${format}, this release knows ${FORMAT}; use the newer release`);
    if (format === 0) {
      db.exec(SCHEMA);
      db.prepare('insert into vault_key (master_check) values (?)').run(masterCheck);
    }
    const stored = db.prepare('select master_check from vault_key').get() as { master_check: Uint8Array };
    if (!timingSafeEqual(stored.master_check, masterCheck)) throw new WrongMasterKeyError(file);
    if (format < 2) {
      db.exec(LIKENESS);
      indexLikenesses(db);
    }
    if (format < FORMAT) db.exec(`pragma user_version = ${FORMAT}`);
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}
