import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raised with every change of shape; newer data is refused (DESIGN 4). */
const FORMAT = 1;

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

export class VaultFormatError extends Error {}

export class WrongMasterKeyError extends Error {
  constructor(file: string) {
    super(`${file} was written under another master key; restore the keys directory that belongs to it`);
  }
}

/** @throws VaultFormatError, WrongMasterKeyError */
export function openDatabase(file: string, masterKey: KeyObject): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 5000 });
  try {
    // secure_delete: what is erased is overwritten, not only unlinked.
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;');
    prepareFormat(db, file, createHmac('sha256', masterKey).update('throughcare vault').digest());
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function prepareFormat(db: DatabaseSync, file: string, masterCheck: Buffer): void {
  db.exec('begin immediate');
  try {
    const { user_version: format } = db.prepare('pragma user_version').get() as { user_version: number };
    if (format > FORMAT)
      throw new VaultFormatError(`${file} has format ${format}, this release knows ${FORMAT}; use the newer release`);
    if (format === 0) {
      db.exec(SCHEMA);
      db.prepare('insert into vault_key (master_check) values (?)').run(masterCheck);
      db.exec(`pragma user_version = ${FORMAT}`);
    }
    const stored = db.prepare('select master_check from vault_key').get() as { master_check: Uint8Array };
    if (!timingSafeEqual(stored.master_check, masterCheck)) throw new WrongMasterKeyError(file);
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}
