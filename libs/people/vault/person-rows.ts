/** The vault's statements, in one place; rows hold ciphertext and HMACs only. */
import type { DatabaseSync } from 'node:sqlite';
import type { Destruction } from './destroyed-log.js';

export interface StoredPerson {
  readonly wrapped_key: Uint8Array | null;
  readonly identity: Uint8Array | null;
  readonly destroyed_at: string | null;
}

export interface SealedIdentity {
  readonly identity: Buffer;
  readonly nhsNumberIndex: Buffer | null;
  readonly surnameIndex: Buffer;
  readonly likenesses: readonly Buffer[];
}

export type PersonRows = ReturnType<typeof personRows>;

export function personRows(db: DatabaseSync) {
  const get = db.prepare('select wrapped_key, identity, destroyed_at from person where person = ?');
  const byNhsNumber = db.prepare('select person from person where nhs_number_index = ?');
  const bySurname = db.prepare('select person from person where surname_index = ? order by person');
  const holders = db.prepare('select person from person where nhs_number_index is not null order by person');
  const alike = db.prepare('select distinct person from likeness where likeness in (?, ?, ?) order by person');
  const identified = db.prepare('select person from person where identity is not null');
  const remove = db.prepare('delete from person where person = ?');
  const insertLikeness = db.prepare('insert or ignore into likeness (likeness, person) values (?, ?)');
  const removeLikenesses = db.prepare('delete from likeness where person = ?');
  const insert = db.prepare(
    'insert into person (person, wrapped_key, identity, nhs_number_index, surname_index) values (?, ?, ?, ?, ?)',
  );
  const replace = db.prepare(
    'update person set identity = ?, nhs_number_index = ?, surname_index = ? where person = ? and destroyed_at is null',
  );
  const erase = db.prepare(
    `insert into person (person, destroyed_at, destroyed_reason) values (?, ?, ?)
     on conflict (person) do update set wrapped_key = null, identity = null, nhs_number_index = null,
       surname_index = null, destroyed_at = excluded.destroyed_at, destroyed_reason = excluded.destroyed_reason`,
  );
  const dataVersion = db.prepare('pragma data_version');
  const personsOf = (rows: readonly unknown[]): readonly string[] =>
    (rows as readonly { person: string }[]).map((row) => row.person);

  function setLikenesses(person: string, likenesses: readonly Buffer[]): void {
    removeLikenesses.run(person);
    for (const likeness of likenesses) insertLikeness.run(likeness, person);
  }

  return {
    get: (person: string) => get.get(person) as StoredPerson | undefined,
    withNhsNumber: (index: Buffer): string | undefined => personsOf(byNhsNumber.all(index))[0],
    withSurname: (index: Buffer) => personsOf(bySurname.all(index)),
    withAnyNhsNumber: () => personsOf(holders.all()),
    withLikeness: (likenesses: readonly Buffer[]) => personsOf(alike.all(...likenesses)),
    identified: () => personsOf(identified.all()),
    setLikenesses,
    remove(person: string): void {
      remove.run(person);
      removeLikenesses.run(person);
    },
    insert(person: string, wrappedKey: Buffer, sealed: SealedIdentity): void {
      insert.run(person, wrappedKey, sealed.identity, sealed.nhsNumberIndex, sealed.surnameIndex);
      setLikenesses(person, sealed.likenesses);
    },
    replace(person: string, sealed: SealedIdentity): void {
      replace.run(sealed.identity, sealed.nhsNumberIndex, sealed.surnameIndex, person);
      setLikenesses(person, sealed.likenesses);
    },
    /** Also where the row is not there yet: the id must not be registered again. */
    erase(destruction: Destruction): void {
      erase.run(destruction.person, destruction.at, destruction.reason);
      removeLikenesses.run(destruction.person);
    },
    /** Changes whenever another connection or process has written. */
    dataVersion: () => (dataVersion.get() as { data_version: number }).data_version,
    /** All or nothing. */
    inTransaction<T>(work: () => T): T {
      db.exec('begin immediate');
      try {
        const result = work();
        db.exec('commit');
        return result;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    /** Takes overwritten pages out of the write-ahead log as well, unless a reader still needs them. */
    forgetWriteAheadLog: () => db.exec('pragma wal_checkpoint(truncate)'),
    close: () => db.close(),
  };
}
