/**
 * Builds a generation from the whole log (ADR 0005): part by part, so memory stays bounded however long the log is;
 * each subject folded once with all versions of its rows; nothing journalled, indexes last. A store without cheap parts is
 * read once into a spool (ADR 0021). Where asked for, a second thread takes every other part.
 */
import type { EventReader } from '#event-store';
import { startHelper, type Helper, type HelperSetup } from './bulk-helper.js';
import type { Checkpoint, GenerationBuild } from './generations.js';
import { StoreParts, type LogParts } from './log-parts.js';
import { PartBuilder, type PartSources } from './part-builder.js';
import { Spool } from './spool/spool.js';

export interface Progress {
  /** `reading`: the log goes into a spool first. `building`: rows are made. */
  readonly doing: 'reading' | 'building';
  /** So far, of what is being done. */
  readonly events: number;
  /** Absent where the store does not count and the head was not reached yet. */
  readonly total: number | undefined;
  /** Of what is being done. */
  readonly eventsPerSecond: number;
}

/** The log: the store's own, or a spool that whoever gave it closes. */
export type BulkLog = Pick<EventReader, 'partsAreCheap' | 'readAll' | 'head'> | Spool;

export interface BulkOptions extends PartSources {
  readonly reader: BulkLog;
  /** Closed when the build ends, however it ends. */
  readonly into: GenerationBuild;
  /** Stop after this event; the head of the log when absent. */
  readonly toOrdinal?: number;
  /** Events of a part, more or less: so many are in memory at a time. */
  readonly eventsPerPart?: number;
  /** Where a spool lies while it is needed; the system's directory for such when absent. */
  readonly spoolIn?: string;
  /** For a second thread. */
  readonly helper?: HelperSetup;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Built {
  readonly checkpoint: Checkpoint;
  readonly events: number;
  readonly parts: number;
}

/** Small, so that hardly anything outlives its subject. */
const EVENTS_PER_PART = 500;
/** Of the second thread; a file's rebuild has a budget of memory. */
const YOUNG_MB = { cheap: 24, spooled: 48 };
/**
 * Below so many events the second thread would still be starting when all is done. Beside a spool it is worth it later:
 * on two processors it takes its time from PostgreSQL, and at 100,000 events nothing was gained (docs/benchmarks.md).
 */
const WORTH_A_HELPER = { ownLog: 50_000, spool: 200_000 };

/**
 * The generation whole and closed, but not yet `finish`ed.
 *
 * @throws UnknownEventError the log holds what this release does not know
 */
export async function buildGeneration(options: BulkOptions): Promise<Built> {
  const build = new BulkBuild(options);
  try {
    return await build.run();
  } finally {
    await build.end();
  }
}

/** Tells how far something is that takes long. */
export function progressOf(doing: Progress['doing'], total: number | undefined, tell: BulkOptions['onProgress']) {
  const started = performance.now();
  let events = 0;
  return (more: number): void => {
    events += more;
    tell?.({ doing, events, total, eventsPerSecond: Math.round(events / ((performance.now() - started) / 1000)) });
  };
}

class BulkBuild {
  private spool: Spool | undefined;
  private helper: Helper | undefined;
  private read = 0;

  constructor(private readonly options: BulkOptions) {}

  async run(): Promise<Built> {
    const { into, onProgress, eventsPerPart = EVENTS_PER_PART } = this.options;
    const log = await this.log();
    if (log.total >= this.worthAHelper) this.prepareHelper();
    const of = partsFor(log, eventsPerPart);
    const builder = new PartBuilder(this.options, log, into);
    const onEvents = progressOf('building', log.total, onProgress);
    const turns = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    this.helper?.begin({
      log: log instanceof Spool ? { spool: log.shared } : { total: log.total }, into: into.beside!.place, turns, of,
    }, onEvents);
    // The first thread always takes the first part, and so knows where the log ends.
    for (let index = 0; index < of; index = Atomics.add(turns, 0, 1)) {
      this.helper?.throwIfFailed();
      await builder.build(index, of, onEvents);
    }
    if (this.helper) {
      builder.marks.merge((await this.helper.done).marks);
      await into.beside!.absorb();
    }
    const marks = builder.marks.settled(undefined);
    const checkpoint = { ...log.end, knownAt: marks.at(-1)?.knownAt };
    await into.complete(marks, checkpoint);
    return { checkpoint, events: log.total, parts: of };
  }

  /** The second thread first: it reads the spool too. */
  async end(): Promise<void> {
    const { into } = this.options;
    await this.helper?.end();
    this.spool?.close();
    into.beside?.discard();
    await into.close();
  }

  private async log(): Promise<LogParts> {
    const { reader, toOrdinal, spoolIn, signal, onProgress } = this.options;
    if (reader instanceof Spool) return reader;
    if (reader.partsAreCheap) return StoreParts.of(reader, toOrdinal);
    const tell = progressOf('reading', toOrdinal, onProgress);
    return (this.spool = await Spool.fill({
      reader, toOrdinal, signal, directory: spoolIn, onRead: (events) => {
        // It starts while the log is read.
        if ((this.read += events) >= this.worthAHelper) this.prepareHelper();
        tell(events);
      },
    }));
  }

  private get worthAHelper(): number {
    const { helper, reader } = this.options;
    return helper?.leastEvents ?? WORTH_A_HELPER[reader instanceof Spool || !reader.partsAreCheap ? 'spool' : 'ownLog'];
  }

  private prepareHelper(): void {
    const { reader, helper, into, signal } = this.options;
    const youngMb = 'partsAreCheap' in reader && reader.partsAreCheap ? YOUNG_MB.cheap : YOUNG_MB.spooled;
    if (helper && into.beside) this.helper ??= startHelper(helper, { youngMb, signal });
  }
}

/** A power of two, so that a spool knows them too. */
const partsFor = ({ total, mostParts }: LogParts, eventsPerPart: number): number =>
  Math.min(mostParts, 2 ** Math.ceil(Math.log2(Math.max(1, total / eventsPerPart))));
