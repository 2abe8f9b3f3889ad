import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';

/** One time that somebody saw, found or asked for a person's record. */
export interface AccessEntry {
  readonly at: Instant;
  /** Type of the access event. */
  readonly what: string;
  readonly page: string;
  readonly staff: string;
  readonly role: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly journey?: string;
  readonly eventId: string;
  /** Up to which entry the page went; 0 where the store does not count. */
  readonly ordinal?: number;
  readonly position?: string;
}

/** Small, because a page is taken in on the thread that serves requests. */
const PAGE = 500;

const SCHEMA = `
  create table if not exists access (person text, ordinal integer, entry text not null, primary key (person, ordinal))
    strict, without rowid;
  create table if not exists checkpoint (
    id integer primary key check (id = 1), position text not null, ordinal integer not null
  ) strict;
`;

/**
 * Who looked at whom, across all nodes. Writing the access log pays nothing for it: each question first reads what
 * was logged since the last one (about 25 microseconds an event), then looks up one person. The file can be deleted;
 * the next question builds it again from the whole access log.
 */
export class WhoViewed {
  private readonly db: DatabaseSync;
  private catchingUp: Promise<void> | undefined;

  /** @param file `who-viewed.db`; @param store the access log's */
  constructor(
    file: string,
    private readonly store: EventReader,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.db = new DatabaseSync(file, { timeout: 5000 });
    this.db.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    this.db.exec(SCHEMA);
  }

  /** Newest first. */
  async of(personId: string, limit = 200): Promise<readonly AccessEntry[]> {
    await this.catchUp();
    const rows = this.db
      .prepare('select entry from access where person = ? order by ordinal desc limit ?')
      .all(personId, limit) as { entry: string }[];
    return rows.map(({ entry }) => JSON.parse(entry) as AccessEntry);
  }

  close(): void {
    this.db.close();
  }

  private async catchUp(): Promise<void> {
    // A question asked while another catches up waits for that one, and then for what came meanwhile.
    while (this.catchingUp) await this.catchingUp;
    this.catchingUp = this.readOn();
    try {
      await this.catchingUp;
    } finally {
      this.catchingUp = undefined;
    }
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const from = this.db.prepare('select position, ordinal from checkpoint').get() as
        | { position: string; ordinal: number }
        | undefined;
      const page = await this.store.readAll({
        limit: PAGE,
        ...(from && { after: from.position, afterOrdinal: from.ordinal }),
      });
      if (page.next && page.next.position !== from?.position) this.take(page.events, page.next);
      if (page.atHead) return;
    }
  }

  private take(events: readonly RecordedEvent[], next: { position: string; ordinal: number }): void {
    const insert = this.db.prepare('insert into access values (?, ?, ?) on conflict do nothing');
    this.db.exec('begin immediate');
    try {
      for (const event of events) {
        const entry = JSON.stringify(entryOf(event));
        for (const person of peopleIn(event)) insert.run(person, event.ordinal, entry);
      }
      this.db
        .prepare('insert or replace into checkpoint values (1, ?, ?)')
        .run(next.position, next.ordinal);
      this.db.exec('commit');
    } catch (error) {
      this.db.exec('rollback');
      throw error;
    }
  }
}

interface AccessData {
  readonly people?: readonly string[];
  readonly page?: string;
  readonly journey?: string;
  readonly served?: { readonly ordinal: number; readonly position?: string };
}

const peopleIn = (event: RecordedEvent): ReadonlySet<string> => new Set((event.data as AccessData).people);

function entryOf({ type, actor, purpose, recordedAt, eventId, data }: RecordedEvent): AccessEntry {
  const { page = '', journey, served } = data as AccessData;
  const { staff, role, organisation } = actor;
  return {
    at: recordedAt,
    what: type,
    page,
    staff,
    role,
    organisation,
    purpose,
    eventId,
    ...(journey && { journey }),
    ...(served && { ordinal: served.ordinal }),
    ...(served?.position && { position: served.position }),
  };
}
