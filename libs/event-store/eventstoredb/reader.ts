import {
  BACKWARDS, END, START, StreamNotFoundError, type ReadPosition, type StreamingRead,
} from '@eventstore/db-client';
import { addAbortSignal } from 'node:stream';
import type { RecordedEvent } from '#kernel';
import type { Head, Page, Position, ReadAllOptions, ReadStreamOptions } from '../port.js';
import { checkReadAll, checkReadStream } from '../read-rules.js';
import { inPart } from '../subject.js';
import { PositionGoneError, TruncatedStreamError } from './errors.js';
import type { Line } from './line.js';
import { formatPosition, parsePosition } from './position.js';
import { fromLogRecord, type LogRecord } from './record.js';
import type { Session } from './session.js';

/** Events a call; larger pages are slower (event-store-behaviours G). */
const PAGE = 1_000;

const positionOf = (record: LogRecord | undefined): Position | undefined =>
  record?.position && formatPosition(record.position);

export const isSystemEvent = (record: Pick<LogRecord, 'type'>): boolean => record.type.startsWith('$');

type Resolved = { readonly event?: LogRecord };

/** Everything one call reads. Leaves no call open, however it ends. */
async function collect(session: Session, stream: StreamingRead<Resolved>, alive: () => void): Promise<LogRecord[]> {
  // An error after the loop has ended is nobody's; without a listener it would end the process.
  stream.on('error', () => undefined);
  addAbortSignal(session.signal, stream);
  const records: LogRecord[] = [];
  try {
    for await (const { event } of stream) {
      alive();
      if (event) records.push(event);
    }
  } finally {
    stream.cancel().catch(() => undefined);
  }
  return records;
}

/** One page of the log from `from`, which is inclusive forwards and exclusive backwards. */
export const readLogPage = (
  session: Session, from: ReadPosition, maxCount: number, alive: () => void, backwards = false,
): Promise<LogRecord[]> =>
  collect(
    session,
    session.client.readAll({
      fromPosition: from, maxCount, requiresLeader: true, ...(backwards && { direction: BACKWARDS }),
    }) as StreamingRead<Resolved>,
    alive,
  );

/** The position of the last event of ours; undefined in an empty log. */
export async function headOf(session: Session, alive: () => void): Promise<Position | undefined> {
  let from: ReadPosition = END;
  for (let size = 16; ; size = PAGE) {
    const page = await readLogPage(session, from, size, alive, true);
    const last = page.find((record) => !isSystemEvent(record));
    if (last) return positionOf(last);
    const oldest = page.at(-1)?.position;
    if (!oldest || page.length < size) return undefined;
    from = oldest;
  }
}

export class LogReader {
  constructor(private readonly line: Line) {}

  /** @throws TruncatedStreamError, MalformedEventError, StoreUnavailableError, and RangeError for bad options */
  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<RecordedEvent[]> {
    checkReadStream(options);
    const { from = 0, limit = Infinity } = options;
    const events: RecordedEvent[] = [];
    for (;;) {
      const maxCount = Math.min(PAGE, limit - events.length);
      const page = await this.streamPage(stream, BigInt(from + events.length), maxCount);
      for (const record of page) {
        const event = fromLogRecord(record, 0);
        const revision = from + events.length;
        if (event.revision !== revision) throw new TruncatedStreamError(stream, revision, event.revision);
        events.push(event);
      }
      if (page.length < maxCount || events.length >= limit) return events;
    }
  }

  /** @throws PositionGoneError, MalformedEventError, StoreUnavailableError, and RangeError for bad options */
  async readAll(options: ReadAllOptions): Promise<Page> {
    checkReadAll(options);
    const { after, afterOrdinal = 0, limit, toOrdinal = Infinity, part } = options;
    const events: RecordedEvent[] = [];
    let next = after === undefined ? undefined : { position: after, ordinal: afterOrdinal };
    for await (const record of this.recordsAfter(after, Math.min(limit, Math.max(0, toOrdinal - afterOrdinal)))) {
      const ordinal = (next?.ordinal ?? 0) + 1;
      if (events.length >= limit || ordinal > toOrdinal) return { events, next, atHead: false };
      const event = fromLogRecord(record, ordinal);
      next = { position: event.position, ordinal };
      if (!part || inPart(event, part)) events.push(event);
    }
    return { events, next, atHead: true };
  }

  async head(): Promise<Head> {
    const position = await this.line.call('read the head of the log', this.line.deadline(), headOf);
    return position === undefined ? {} : { position };
  }

  /** Our own events behind `after` to the head. The server ignores filters on reads, so the choice is made here. */
  private async *recordsAfter(after: Position | undefined, wanted: number): AsyncGenerator<LogRecord, void, undefined> {
    let from = after;
    // Room for the event at `from` itself and for one more, which tells whether the head has been reached.
    for (let size = Math.min(PAGE, wanted + 2); ; size = PAGE) {
      const page = await this.logPage(from, size);
      if (from !== undefined && positionOf(page[0]) !== from) throw new PositionGoneError(from);
      for (const record of from === undefined ? page : page.slice(1)) if (!isSystemEvent(record)) yield record;
      if (page.length < size) return;
      from = positionOf(page.at(-1));
    }
  }

  private logPage(from: Position | undefined, size: number): Promise<LogRecord[]> {
    const start = from === undefined ? START : parsePosition(from);
    return this.line.call('read the log', this.line.deadline(), (session, alive) =>
      readLogPage(session, start, size, alive));
  }

  private async streamPage(stream: string, fromRevision: bigint, maxCount: number): Promise<LogRecord[]> {
    try {
      return await this.line.call(`read ${stream}`, this.line.deadline(), (session, alive) =>
        collect(
          session,
          session.client.readStream(stream, { fromRevision, maxCount, requiresLeader: true }) as StreamingRead<Resolved>,
          alive,
        ));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }
}
