import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { NewEvent, RecordedEvent } from '#kernel';
import { judgeAppend } from '../append-rules.js';
import { parseStored, storedJson } from '../event-json.js';
import { IdConflictError, WrongRevisionError, type Appended } from '../port.js';
import { hash32 } from '../subject.js';
import type { AppendRequest, Outcome } from './protocol.js';
import { StreamHeads } from './stream-heads.js';

const nothing: ReadonlyMap<string, RecordedEvent> = new Map();

/**
 * The one writer of a log. It is synchronous and lives in a thread of its own; whoever starts it holds the lock on
 * the file.
 */
export class LogWriter {
  readonly db: DatabaseSync;
  private readonly heads: StreamHeads;
  private readonly newStream: StatementSync;
  private readonly newEvent: StatementSync;
  private readonly newRevision: StatementSync;
  private readonly byHashes: StatementSync;
  private ordinal: number;

  constructor(file: string) {
    this.db = new DatabaseSync(file, { timeout: 5000 });
    // FULL: flushed at every commit. Checkpoints are the checkpointer's.
    this.db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536');
    this.heads = new StreamHeads(this.db);
    this.newStream = this.db.prepare('INSERT INTO streams (name) VALUES (?)');
    this.newEvent = this.db.prepare('INSERT INTO events (ordinal, subject, body) VALUES (?, ?, ?)');
    this.newRevision = this.db.prepare(
      'INSERT INTO revisions (stream, revision, id_hash, ordinal) VALUES (?, ?, ?, ?)',
    );
    this.byHashes = this.db.prepare(`SELECT e.ordinal, e.body FROM revisions r JOIN events e ON e.ordinal = r.ordinal
      WHERE r.stream = ? AND r.id_hash IN (SELECT value FROM json_each(?))`);
    this.byHashes.setReturnArrays(true);
    this.ordinal = this.lastOrdinal();
  }

  /** Group commit: one transaction and one flush for all; each append is judged on its own. */
  commit(appends: readonly AppendRequest[]): readonly Outcome[] {
    try {
      this.db.exec('BEGIN IMMEDIATE');
      const outcomes = appends.map((append) => this.outcomeOf(append));
      this.db.exec('COMMIT');
      return outcomes;
    } catch (cause) {
      this.recover();
      return appends.map(() => ({ failed: String(cause) }));
    }
  }

  close(): void {
    this.db.close();
  }

  private outcomeOf(append: AppendRequest): Outcome {
    try {
      return { appended: this.append(append) };
    } catch (cause) {
      if (cause instanceof WrongRevisionError) return { wrongRevision: cause.actual ?? -1 };
      if (cause instanceof IdConflictError) return { idConflict: cause.eventId };
      throw cause;
    }
  }

  private append({ stream, expected, events }: AppendRequest): Appended {
    const head = this.heads.of(stream);
    const hashes = events.map((event) => hash32(event.eventId));
    const stored =
      head.id !== undefined && hashes.some((hash) => head.idHashes.has(hash))
        ? this.storedOf(head.id, new Set(events.map((event) => event.eventId)), hashes)
        : nothing;
    const given = stored.size === 0 ? [] : events.map((event) => JSON.parse(storedJson(event, 0)) as NewEvent);
    const repeated = judgeAppend(stream, expected, given, head.revision, stored);
    if (repeated) return repeated;

    head.id ??= Number(this.newStream.run(stream).lastInsertRowid);
    for (const [i, event] of events.entries()) {
      const revision = ++head.revision;
      const ordinal = ++this.ordinal;
      this.newEvent.run(ordinal, event.subject, storedJson(event, revision));
      this.newRevision.run(head.id, revision, hashes[i]!, ordinal);
      head.idHashes.add(hashes[i]!);
    }
    return { revision: head.revision, position: String(this.ordinal), repeated: false };
  }

  /** Events of the stream with one of these ids; the hashes only narrow the search. */
  private storedOf(id: number, ids: ReadonlySet<string>, hashes: readonly number[]): Map<string, RecordedEvent> {
    const rows = this.byHashes.all(id, JSON.stringify(hashes)) as unknown as [number, string][];
    const events = rows.map(([ordinal, body]) => parseStored(body, ordinal)).filter((event) => ids.has(event.eventId));
    return new Map(events.map((event) => [event.eventId, event]));
  }

  /** The file decides what was written. */
  private recover(): void {
    this.heads.forget();
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.ordinal = this.lastOrdinal();
  }

  private lastOrdinal(): number {
    return Number(this.db.prepare('SELECT max(ordinal) AS last FROM events').get()?.['last'] ?? 0);
  }
}
