import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '#kernel';

/** When a member of staff last looked at the worklist, whichever browser they used; shared by all processes. */
export interface Visits {
  /**
   * When the session before this one was last here; undefined where there was none.
   *
   * @param session when it began
   */
  before(staff: string, session: Instant): Instant | undefined;
  /** Only a later session moves the mark: within one, and in an older browser window, what is new stays new. */
  note(staff: string, session: Instant, now: Instant): void;
  close(): void;
}

interface Mark {
  readonly session: Instant;
  readonly before: Instant | null;
  readonly seen: Instant;
}

/** @param file `sessions.db` of the data directory */
export function openVisits(file: string): Visits {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('pragma journal_mode = wal; pragma synchronous = normal;');
  db.exec(`create table if not exists visit (
    staff text primary key, session text not null, before text, seen text not null
  ) strict, without rowid`);
  const find = db.prepare('select session, before, seen from visit where staff = ?');
  const write = db.prepare(`insert into visit values (:staff, :session, null, :now) on conflict do update set
    before = case when :session > session then seen else before end,
    session = max(session, :session), seen = max(seen, :now)`);
  return {
    before(staff, session) {
      const mark = find.get(staff) as Mark | undefined;
      return (mark && (session > mark.session ? mark.seen : mark.before)) ?? undefined;
    },
    note: (staff, session, now) => void write.run({ staff, session, now }),
    close: () => db.close(),
  };
}
