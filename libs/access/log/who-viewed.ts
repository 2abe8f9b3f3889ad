import type { EventReader } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';
import type { ByLink } from './events.js';
import { LogRows } from './log-rows.js';

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
  /** Where it was seen through a one-use link. */
  readonly answerLink?: ByLink;
}

const SCHEMA = `
  create table if not exists access (person text, ordinal integer, entry text not null, primary key (person, ordinal))
    strict, without rowid;
`;

/** Who looked at whom, across all nodes. */
export class WhoViewed {
  private readonly rows: LogRows;

  /** @param file `who-viewed.db`; @param store the access log's */
  constructor(file: string, store: EventReader) {
    this.rows = new LogRows(file, SCHEMA, store, (event) => this.take(event));
  }

  /** Newest first. */
  async of(personId: string, limit = 200): Promise<readonly AccessEntry[]> {
    await this.rows.catchUp();
    const rows = this.rows
      .statement('select entry from access where person = ? order by ordinal desc limit ?')
      .all(personId, limit) as { entry: string }[];
    return rows.map(({ entry }) => JSON.parse(entry) as AccessEntry);
  }

  close(): void {
    this.rows.close();
  }

  private take(event: RecordedEvent): void {
    const insert = this.rows.statement('insert into access values (?, ?, ?) on conflict do nothing');
    const entry = JSON.stringify(entryOf(event));
    for (const person of peopleIn(event)) insert.run(person, event.ordinal, entry);
  }
}

interface AccessData {
  readonly people?: readonly string[];
  readonly page?: string;
  readonly journey?: string;
  readonly served?: { readonly ordinal: number; readonly position?: string };
  readonly answerLink?: ByLink;
}

const peopleIn = (event: RecordedEvent): ReadonlySet<string> => new Set((event.data as AccessData).people);

function entryOf({ type, actor, purpose, recordedAt, eventId, data }: RecordedEvent): AccessEntry {
  const { page = '', journey, served, answerLink } = data as AccessData;
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
    ...(answerLink && { answerLink }),
  };
}
