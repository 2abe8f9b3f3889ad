/**
 * The log by part, for a store each of whose parts would cost a pass over the whole log: it is read once, and what was
 * read lies in a file until the read models are built (ADR 0021).
 */
import { closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { openRaw, subjectHash, type EventReader, type RawPage } from '#event-store';
import type { RecordedEvent } from '#kernel';
import type { LogEnd, LogParts } from '../log-parts.js';
import { subjectOf } from '../model-set.js';
import { eventsIn, SpoolFile, SPOOLED_PARTS, type SpoolMap } from './spool-file.js';

/** Of a call: what one holds is written while the next is on its way. */
const PAGE = 1_000;
/** Events written between two turns of the event loop, in which more of the next page comes in. */
const SLICE = 50;

export interface SpoolOptions {
  readonly reader: Pick<EventReader, 'readAll' | 'readRaw'>;
  /** Stop after this event; the head of the log when absent. */
  readonly toOrdinal?: number | undefined;
  /** Where the file lies; the system's directory for such when absent. */
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** So many more were read. */
  readonly onRead?: (events: number) => void;
}

/** What another thread reads the same file by; plain data. */
export interface SharedSpool {
  readonly map: SpoolMap;
  readonly end: LogEnd;
  /** Whether its events lie there as their store sent them; else as JSON. */
  readonly isRaw: boolean;
}

type Decode = (event: Uint8Array, ordinal: number) => RecordedEvent;

export class Spool implements LogParts {
  readonly mostParts = SPOOLED_PARTS;

  private constructor(
    readonly shared: SharedSpool,
    private readonly decode: Decode,
    /** Gives back the room on the disk, once no thread reads any more. */
    readonly close: () => void,
  ) {}

  /** The whole log. @throws what reading it or writing the file fails with; then nothing is left behind */
  static async fill({ directory = tmpdir(), ...options }: SpoolOptions): Promise<Spool> {
    const file = new SpoolFile(directory);
    try {
      const isRaw = options.reader.readRaw !== undefined;
      const end = await read(options, file);
      const map = file.finish();
      return new Spool({ map, end, isRaw }, await decoder(isRaw), closing(map));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** As another thread reads it; whoever filled it closes it. */
  static async sharedBy(shared: SharedSpool): Promise<Spool> {
    return new Spool(shared, await decoder(shared.isRaw), () => undefined);
  }

  get end(): LogEnd {
    return this.shared.end;
  }

  get total(): number {
    return this.end.ordinal;
  }

  *events(index: number, of: number): Generator<readonly RecordedEvent[]> {
    for (let part = index; part < SPOOLED_PARTS; part += of) yield* eventsIn(this.shared.map, part, this.decode);
  }
}

/** Without the file itself, whose blocks would stay in memory as long. */
const closing = ({ fd }: SpoolMap) => () => closeSync(fd);

const fromJson: Decode = (event) => JSON.parse(Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString()) as RecordedEvent;
const decoder = async (isRaw: boolean): Promise<Decode> => (isRaw ? openRaw() : fromJson);

/** A page of the log to be put aside: as its store sent it where that can be had. */
async function pageOf(reader: SpoolOptions['reader'], options: Parameters<NonNullable<EventReader['readRaw']>>[0]): Promise<RawPage> {
  if (reader.readRaw) return reader.readRaw(options);
  const page = await reader.readAll(options);
  return { ...page, events: page.events.map((event) => ({ subject: subjectOf(event), bytes: Buffer.from(JSON.stringify(event)) })) };
}

async function read({ reader, toOrdinal, signal, onRead }: SpoolOptions, into: SpoolFile): Promise<LogEnd> {
  const pageAfter = ({ position, ordinal }: LogEnd) => {
    const page = pageOf(reader, {
      limit: PAGE,
      ...(position !== undefined && { after: position, afterOrdinal: ordinal }),
      ...(toOrdinal !== undefined && { toOrdinal }),
    });
    // Nobody asks for it any more where the page before it cannot be written.
    page.catch(() => undefined);
    return page;
  };
  let end: LogEnd = { position: undefined, ordinal: 0 };
  for (let asked = pageAfter(end); ; ) {
    signal?.throwIfAborted();
    const { events, next, atHead } = await asked;
    const isLast = atHead || next === undefined || next.position === end.position || next.ordinal === toOrdinal;
    const first = (next?.ordinal ?? 0) - events.length + 1;
    if (next) end = next;
    if (!isLast) asked = pageAfter(end);
    for (const [i, { subject, bytes }] of events.entries()) {
      into.add(subjectHash(subject) % SPOOLED_PARTS, bytes, first + i);
      if (i % SLICE === SLICE - 1) await turn();
    }
    onRead?.(events.length);
    if (isLast) return end;
  }
}
