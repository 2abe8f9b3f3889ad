import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { NewEvent, RecordedEvent } from '#kernel';
import { judgeAppend } from '../append-rules.js';
import { storedJson } from '../event-json.js';
import { IdConflictError, WrongRevisionError, type Appended } from '../port.js';
import { hash32 } from '../subject.js';
import { LateIndex } from './late-index.js';
import type { AppendRequest, EventRequest, Outcome, OutcomeTogether } from './protocol.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';

/**
 * The one writer of a log. It is synchronous and lives in a thread of its own; whoever starts it holds the lock on
 * the file.
 */
export class LogWriter {
  readonly db: DatabaseSync;
  private readonly late: LateIndex;
  private readonly heads: StreamHeads;
  private readonly newEvent: StatementSync;
  private ordinal: number;

  /** `batch`: rows of `by_stream` that are written together, see LateIndex. */
  constructor(file: string, batch = 16_384) {
    this.db = new DatabaseSync(file, { timeout: 5000 });
    // FULL: flushed at every commit. Checkpoints are the checkpointer's.
    this.db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536');
    this.late = new LateIndex(this.db, batch);
    this.heads = new StreamHeads(this.db, this.late);
    this.newEvent = this.db.prepare('INSERT INTO events (ordinal, stream_hash, subject, body) VALUES (?, ?, ?, ?)');
    this.ordinal = this.lastOrdinal();
  }

  /** Group commit: one transaction and one flush for all; each append is judged on its own. */
  commit(appends: readonly AppendRequest[]): readonly Outcome[] {
    try {
      this.db.exec('BEGIN IMMEDIATE');
      const before = this.ordinal;
      const outcomes = appends.map((append) => this.outcomeOf(append));
      this.late.write(this.ordinal - before);
      this.db.exec('COMMIT');
      return outcomes;
    } catch (cause) {
      this.recover();
      return appends.map(() => ({ failed: String(cause) }));
    }
  }

  /** One transaction for all or, where one is refused, for none. */
  commitTogether(appends: readonly AppendRequest[]): OutcomeTogether {
    let last: OutcomeTogether = { failed: 'nothing was given', at: 0 };
    try {
      this.db.exec('BEGIN IMMEDIATE');
      const before = this.ordinal;
      for (const [at, append] of appends.entries()) {
        last = { ...this.outcomeOf(append), at };
        if (!('appended' in last)) break;
      }
      if ('appended' in last) {
        this.late.write(this.ordinal - before);
        this.db.exec('COMMIT');
      } else this.recover();
      return last;
    } catch (cause) {
      this.recover();
      return { failed: String(cause), at: 0 };
    }
  }

  /** Leaves the next start nothing to index, unless the disk is too full for that. */
  close(): void {
    try {
      this.db.exec('BEGIN IMMEDIATE');
      this.late.writeAll();
      this.db.exec('COMMIT');
    } catch {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
    }
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
    const stored = this.storedOf(head, events, hashes);
    const given = stored.size === 0 ? [] : events.map((event) => JSON.parse(storedJson(event, 0)) as NewEvent);
    const repeated = judgeAppend(stream, expected, given, head.ordinals.length - 1, stored);
    if (repeated) return repeated;

    for (const [i, event] of events.entries()) {
      const ordinal = ++this.ordinal;
      const idHash = hashes[i]!;
      this.newEvent.run(ordinal, head.hash, event.subject, storedJson(event, head.ordinals.length));
      this.late.add({ streamHash: head.hash, ordinal, idHash });
      head.ordinals.push(ordinal);
      head.idHashes.push(idHash);
    }
    return { revision: head.ordinals.length - 1, position: String(this.ordinal), repeated: false };
  }

  /** Events of the stream that have one of these ids, by id. Equal hashes only say where to look. */
  private storedOf(head: StreamHead, events: readonly EventRequest[], hashes: readonly number[]) {
    const stored = new Map<string, RecordedEvent>();
    if (!hashes.some((hash) => head.idHashes.includes(hash))) return stored;
    const ids = new Set(events.map((event) => event.eventId));
    for (const [revision, hash] of head.idHashes.entries()) {
      if (!hashes.includes(hash)) continue;
      const event = this.heads.eventAt(head.ordinals[revision]!);
      if (ids.has(event.eventId)) stored.set(event.eventId, event);
    }
    return stored;
  }

  /** The file decides what was written. */
  private recover(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.heads.forget();
    this.late.reload();
    this.ordinal = this.lastOrdinal();
  }

  private lastOrdinal(): number {
    return Number(this.db.prepare('SELECT max(ordinal) AS last FROM events').get()?.['last'] ?? 0);
  }
}
