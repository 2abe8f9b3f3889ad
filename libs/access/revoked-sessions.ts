import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '#kernel';

/** Sessions that were signed out before their end; shared by all processes on this data directory. */
export interface RevokedSessions {
  has(sessionId: string): boolean;
  /** Durable when it returns. Entries whose session is over anyway are dropped on the way. */
  add(sessionId: string, endsAt: Instant, now: Instant): void;
  close(): void;
}

/** @param file `sessions.db` of the data directory */
export function openRevokedSessions(file: string): RevokedSessions {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('pragma journal_mode = wal; pragma synchronous = full;');
  db.exec('create table if not exists revoked (session text primary key, ends_at text not null) strict, without rowid');
  const find = db.prepare('select 1 from revoked where session = ?');
  const insert = db.prepare('insert into revoked (session, ends_at) values (?, ?) on conflict do nothing');
  const drop = db.prepare('delete from revoked where ends_at < ?');
  return {
    has: (sessionId) => find.get(sessionId) !== undefined,
    add(sessionId, endsAt, now) {
      insert.run(sessionId, endsAt);
      drop.run(now);
    },
    close: () => db.close(),
  };
}
