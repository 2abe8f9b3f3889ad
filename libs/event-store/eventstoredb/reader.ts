import type { Position as LogPosition } from '@eventstore/db-client';
import type { RecordedEvent } from '#kernel';
import type { Head, Page, Position, RawPage, ReadAllOptions, ReadStreamOptions } from '../port.js';
import { checkReadAll, checkReadStream } from '../read-rules.js';
import { inPart } from '../subject.js';
import { PositionGoneError, StaleReadError, TruncatedStreamError } from './errors.js';
import type { Line } from './line.js';
import type { Take } from './page-reads.js';
import { formatPosition, parsePosition } from './position.js';
import { rawRecordIn, type RawRecord } from './raw.js';
import { fromLogRecord, recordIn, type LogRecord } from './record.js';
import type { Session } from './session.js';

/** Events a call; larger pages are slower (docs/event-store-eventstoredb.md). */
const PAGE = 1_000;

const positionOf = (record: LogRecord | undefined): Position | undefined =>
  record?.position && formatPosition(record.position);

export const isSystemEvent = (record: Pick<LogRecord, 'type'>): boolean => record.type.startsWith('$');

/** How an event of the log is taken: as much of it as is needed, and where it lies. */
interface As<Taken> {
  readonly take: Take<Taken>;
  positionOf(taken: Taken | undefined): Position | undefined;
}

const asRecord: As<LogRecord> = { take: recordIn, positionOf };
const asRaw: As<RawRecord> = { take: rawRecordIn, positionOf: (raw) => raw?.position };

/**
 * One page of the log from the event at `from` on, that one included.
 * @throws PositionGoneError
 */
async function pageOf<Taken>(
  { take, positionOf }: As<Taken>, session: Session, from: Position | undefined, maxCount: number, alive: () => void,
): Promise<Taken[]> {
  const page = await session.logPage({ from: from === undefined ? undefined : parsePosition(from), maxCount }, alive, take);
  if (from !== undefined && positionOf(page[0]) !== from) throw new PositionGoneError(from);
  return page;
}

/** As `pageOf`. */
export const readLogPage = (session: Session, from: Position | undefined, maxCount: number, alive: () => void): Promise<LogRecord[]> =>
  pageOf(asRecord, session, from, maxCount, alive);

/** The position of the last event of ours; undefined in an empty log. */
export async function headOf(session: Session, alive: () => void): Promise<Position | undefined> {
  let from: LogPosition | undefined;
  for (let size = 16; ; size = PAGE) {
    const page = await session.logPage({ from, maxCount: size, backwards: true }, alive, recordIn);
    const last = page.find((record) => !isSystemEvent(record));
    if (last) return positionOf(last);
    const oldest = page.at(-1)?.position;
    if (!oldest || page.length < size) return undefined;
    from = oldest;
  }
}

export class LogReader {
  constructor(private readonly line: Line) {}

  /**
   * @param atLeast a revision the stream is known to have
   * @throws TruncatedStreamError, MalformedEventError, StoreUnavailableError, and RangeError for bad options
   */
  async readStream(stream: string, options: ReadStreamOptions = {}, atLeast = -1): Promise<RecordedEvent[]> {
    checkReadStream(options);
    const { from = 0, limit = Infinity } = options;
    const events: RecordedEvent[] = [];
    for (;;) {
      const maxCount = Math.min(PAGE, limit - events.length);
      const page = await this.streamPage(stream, from + events.length, maxCount, atLeast);
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
    const { part } = options;
    return this.page(asRecord, options, (record, ordinal) => {
      const event = fromLogRecord(record, ordinal);
      return !part || inPart(event, part) ? event : undefined;
    });
  }

  /** @throws as `readAll`, but for what a look into the event would tell */
  readRaw(options: Omit<ReadAllOptions, 'part'>): Promise<RawPage> {
    return this.page(asRaw, options, (raw) => raw);
  }

  async head(): Promise<Head> {
    const position = await this.line.call('read the head of the log', this.line.deadline(), headOf);
    return position === undefined ? {} : { position };
  }

  private async page<Taken extends { readonly type: string }, Event>(
    as: As<Taken>, options: ReadAllOptions, toEvent: (taken: Taken, ordinal: number) => Event | undefined,
  ) {
    checkReadAll(options);
    const { after, afterOrdinal = 0, limit, toOrdinal = Infinity } = options;
    const events: Event[] = [];
    let next = after === undefined ? undefined : { position: after, ordinal: afterOrdinal };
    for await (const taken of this.after(as, after, Math.min(limit, Math.max(0, toOrdinal - afterOrdinal)))) {
      const ordinal = (next?.ordinal ?? 0) + 1;
      if (events.length >= limit || ordinal > toOrdinal) return { events, next, atHead: false };
      const event = toEvent(taken, ordinal);
      next = { position: as.positionOf(taken)!, ordinal };
      if (event) events.push(event);
    }
    return { events, next, atHead: true };
  }

  /** Our own events behind `after` to the head. The server ignores filters on reads, so the choice is made here. */
  private async *after<Taken extends { readonly type: string }>(
    as: As<Taken>, after: Position | undefined, wanted: number,
  ): AsyncGenerator<Taken, void, undefined> {
    let from = after;
    for (let left = wanted; ; ) {
      // Room for the event at `from` itself and for one more, which tells whether the head has been reached.
      const size = Math.min(PAGE, Math.max(left, 0)) + 2;
      const page = await this.line.call('read the log', this.line.deadline(), (session, alive) => pageOf(as, session, from, size, alive));
      for (const record of from === undefined ? page : page.slice(1)) {
        if (isSystemEvent(record)) continue;
        left--;
        yield record;
      }
      if (page.length < size) return;
      from = as.positionOf(page.at(-1));
    }
  }

  private streamPage(stream: string, from: number, maxCount: number, atLeast: number): Promise<LogRecord[]> {
    return this.line.call(`read ${stream}`, this.line.deadline(), async (session, alive) => {
      const page = await session.streamPage(stream, from, maxCount, alive);
      const last = page.at(-1)?.revision ?? BigInt(from - 1);
      if (page.length < maxCount && last < BigInt(atLeast)) {
        throw new StaleReadError(`${stream} was read short of revision ${atLeast}`);
      }
      return page;
    });
  }
}
