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
import { hash32, type Part } from '../subject.js';
import { openForReading } from './format.js';
import { LogBell } from './log-bell.js';
import { PartsIndex } from './parts-index.js';
import { StreamTails } from './stream-tails.js';

export type StoredRow = readonly [ordinal: number, body: string];

/**
 * Reads the log on the calling thread. Every statement is a read transaction of its own, so none outlasts a page and
 * holds a checkpoint up.
 */
export class LogReader implements EventReader {
  readonly partsAreCheap = true;
  private readonly db: DatabaseSync;
  private readonly bell: LogBell;
  private readonly lastOrdinal: StatementSync;
  private readonly tails: StreamTails;
  private readonly ofStream: StatementSync;
  private readonly at: StatementSync;
  private readonly ofLog: StatementSync;
  private readonly listed: StatementSync;
  private parts: PartsIndex | undefined;
  private readonly closing = new AbortController();

  constructor(file: string) {
    this.db = openForReading(file);
    this.bell = new LogBell(this.db, file);
    this.tails = new StreamTails(this.db);
    const rows = (sql: string) => {
      const statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.lastOrdinal = rows('SELECT max(ordinal) FROM events');
    this.ofStream = rows(`SELECT e.ordinal, e.body FROM by_stream s JOIN events e ON e.ordinal = s.ordinal
      WHERE s.stream_hash = ? ORDER BY s.ordinal LIMIT ? OFFSET ?`);
    this.at = rows('SELECT ordinal, body FROM events WHERE ordinal = ?');
    this.ofLog = rows('SELECT ordinal, body FROM events WHERE ordinal > ? AND ordinal <= ? ORDER BY ordinal LIMIT ?');
    // Of SQLite's ways to look many up at once the fastest; the order is that of the list.
    this.listed = rows('SELECT e.ordinal, e.body FROM json_each(?) l CROSS JOIN events e ON e.ordinal = l.value');
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    checkReadStream(options);
    const { from = 0, limit = Infinity } = options;
    const hash = hash32(stream);
    // The tail first: what leaves it meanwhile is in the table by then.
    const tail = this.tails.of(hash);
    const events = this.indexed(stream, hash, from, limit);
    const last = events.at(-1)?.ordinal ?? 0;
    for (const ordinal of tail) {
      if (events.length >= limit) break;
      if (ordinal <= last) continue;
      const event = parse([this.at.get(ordinal)])[0]!;
      if (event.stream === stream && event.revision >= from) events.push(event);
    }
    return events;
  }

  async readAll(options: ReadAllOptions): Promise<Page> {
    checkReadAll(options);
    const { after, limit, part } = options;
    const from = after === undefined ? 0 : ordinalOf(after);
    // The log only grows: whatever is committed between the two statements lies behind this end.
    const head = this.headOrdinal();
    const end = Math.min(head, options.toOrdinal ?? head);
    const events = part ? this.ofPart(part, from, end, limit) : parse(this.ofLog.all(from, end, limit));
    const reached = events.length === limit ? events.at(-1)!.ordinal : Math.max(from, end);
    const next = reached === 0 ? undefined : { position: String(reached), ordinal: reached };
    return { events, next, atHead: reached >= head };
  }

  /** Events after an ordinal as they lie in the file, letter by letter. */
  storedAfter(ordinal: number, limit: number): readonly StoredRow[] {
    return this.ofLog.all(ordinal, Number.MAX_SAFE_INTEGER, limit) as unknown as StoredRow[];
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

  private ofPart(part: Part, from: number, end: number, limit: number): RecordedEvent[] {
    if (!this.parts || this.parts.end < end) this.parts = new PartsIndex(this.db, end);
    const ordinals = this.parts.of(part, from, end, limit);
    // The last page of the last part: nobody reads in parts any more.
    if (part.index === part.of - 1 && ordinals.length < limit) this.parts = undefined;
    return parse(this.listed.all(`[${ordinals.join()}]`));
  }

  private indexed(stream: string, hash: number, from: number, limit: number): RecordedEvent[] {
    const events = parse(this.ofStream.all(hash, Number.isFinite(limit) ? limit : -1, from));
    if (events.every((event, i) => event.stream === stream && event.revision === from + i)) return events;
    // Another stream's name has this hash too.
    const all = parse(this.ofStream.all(hash, -1, 0));
    return all.filter((event) => event.stream === stream && event.revision >= from).slice(0, limit);
  }

  private headOrdinal(): number {
    const [ordinal] = this.lastOrdinal.get() as unknown as [number | null];
    return ordinal ?? 0;
  }
}

const parse = (rows: unknown[]): RecordedEvent[] =>
  (rows as StoredRow[]).map(([ordinal, body]) => parseStored(body, ordinal));
