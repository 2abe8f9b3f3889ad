import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordedEvent } from '#kernel';
import { parseStored } from '../event-json.js';
import { follow } from '../follow.js';
import type {
  EventReader,
  Head,
  Page,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from '../port.js';
import { checkReadAll, checkReadStream, ordinalOf } from '../read-rules.js';
import { openForReading } from './format.js';
import { LogBell } from './log-bell.js';

type StoredRow = [ordinal: number, body: string];

/**
 * Reads the log on the calling thread. Every statement is a read transaction of its own, so none outlasts a page and
 * holds a checkpoint up.
 */
export class LogReader implements EventReader {
  private readonly db: DatabaseSync;
  private readonly bell: LogBell;
  private readonly lastOrdinal: StatementSync;
  private readonly ofStream: StatementSync;
  private readonly ofLog: StatementSync;
  private readonly ofPart: StatementSync;
  private readonly closing = new AbortController();

  constructor(file: string) {
    this.db = openForReading(file);
    this.bell = new LogBell(this.db, file);
    const rows = (sql: string) => {
      const statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.lastOrdinal = rows('SELECT max(ordinal) FROM events');
    this.ofStream = rows(`SELECT e.ordinal, e.body FROM revisions r JOIN events e ON e.ordinal = r.ordinal
      WHERE r.stream = (SELECT id FROM streams WHERE name = ?) AND r.revision >= ? ORDER BY r.revision LIMIT ?`);
    this.ofLog = rows('SELECT ordinal, body FROM events WHERE ordinal > ? AND ordinal <= ? ORDER BY ordinal LIMIT ?');
    this.ofPart = rows(`SELECT ordinal, body FROM events WHERE ordinal > ? AND ordinal <= ? AND subject % ? = ?
      ORDER BY ordinal LIMIT ?`);
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    checkReadStream(options);
    return parse(this.ofStream.all(stream, options.from ?? 0, options.limit ?? -1));
  }

  async readAll(options: ReadAllOptions): Promise<Page> {
    checkReadAll(options);
    const { after, limit, part } = options;
    const from = after === undefined ? 0 : ordinalOf(after);
    // The log only grows: whatever is committed between the two statements lies behind this end.
    const head = this.headOrdinal();
    const end = Math.min(head, options.toOrdinal ?? head);
    const events = parse(
      part ? this.ofPart.all(from, end, part.of, part.index, limit) : this.ofLog.all(from, end, limit),
    );
    const reached = events.length === limit ? events.at(-1)!.ordinal : Math.max(from, end);
    const next = reached === 0 ? undefined : { position: String(reached), ordinal: reached };
    return { events, next, atHead: reached >= head };
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow(this, this.bell, { ...options, signal: AbortSignal.any([options.signal, this.closing.signal]) });
  }

  async head(): Promise<Head> {
    const ordinal = this.headOrdinal();
    return ordinal === 0 ? { ordinal } : { ordinal, position: String(ordinal) };
  }

  comparePositions(a: Position, b: Position): number {
    return ordinalOf(a) - ordinalOf(b);
  }

  /** Ends the subscriptions too. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.bell.close();
    this.db.close();
  }

  private headOrdinal(): number {
    const [ordinal] = this.lastOrdinal.get() as unknown as [number | null];
    return ordinal ?? 0;
  }
}

const parse = (rows: unknown[]): RecordedEvent[] =>
  (rows as StoredRow[]).map(([ordinal, body]) => parseStored(body, ordinal));
