/**
 * Builds a generation from the whole log (ADR 0005): part by part, so memory stays bounded however long the log is;
 * each subject folded once with all versions of its rows; nothing journalled, indexes last. Where asked for, a second
 * thread takes every other part.
 */
import { MAX_PARTS } from '#event-store';
import { startHelper, type Helper, type HelperSetup } from './bulk-helper.js';
import { collectGarbage } from './collect-garbage.js';
import type { Checkpoint, GenerationBuild } from './generations.js';
import { PartBuilder, type PartAsked, type PartSources } from './part-builder.js';

export interface Progress {
  readonly events: number;
  /** Absent where the store does not count and the head was not reached yet. */
  readonly total: number | undefined;
  readonly eventsPerSecond: number;
}

export interface BulkOptions extends PartSources {
  /** Closed when the build ends, however it ends. */
  readonly into: GenerationBuild;
  /** Stop after this event; the head of the log when absent. */
  readonly toOrdinal?: number;
  /** Events held in memory at a time. */
  readonly eventsPerPart?: number;
  /** For a second thread; only where parts are cheap. */
  readonly helper?: HelperSetup;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Built {
  readonly checkpoint: Checkpoint;
  readonly events: number;
  readonly parts: number;
}

/** Where parts are cheap they are small, so that hardly anything outlives its subject. */
const EVENTS_PER_PART = { cheap: 500, dear: 100_000 };
/** Below so many events the second thread would still be starting when all is done. */
const WORTH_A_HELPER = 50_000;

/**
 * The generation whole and closed, but not yet `finish`ed.
 *
 * @throws UnknownEventError the log holds what this release does not know
 */
export async function buildGeneration(options: BulkOptions): Promise<Built> {
  try {
    return await new BulkBuild(options).run();
  } finally {
    await options.into.close();
  }
}

class BulkBuild {
  private readonly builder: PartBuilder;
  private readonly started = performance.now();
  private events = 0;
  private total: number | undefined;

  constructor(private readonly options: BulkOptions) {
    this.builder = new PartBuilder(options, options.into);
  }

  async run(): Promise<Built> {
    const { reader, into, toOrdinal, eventsPerPart: perPart = EVENTS_PER_PART[reader.partsAreCheap ? 'cheap' : 'dear'] } = this.options;
    const { ordinal: head = toOrdinal } = await reader.head();
    this.total = toOrdinal === undefined || head === undefined ? head : Math.min(head, toOrdinal);
    const parts = Math.min(MAX_PARTS, Math.max(1, Math.ceil((this.total ?? 1) / perPart)));
    const { end, of } = await this.buildParts(parts, perPart);
    const marks = this.builder.marks.settled(undefined);
    const checkpoint = { ...end, knownAt: marks.at(-1)?.knownAt };
    await into.complete(marks, checkpoint);
    return { checkpoint, events: this.events, parts: of };
  }

  private async buildParts(parts: number, perPart: number): Promise<{ end: Pick<Checkpoint, 'position' | 'ordinal'>; of: number }> {
    const asked = { of: parts, toOrdinal: this.total, most: 2 * perPart };
    const turns = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    const helper = this.helper(turns, parts);
    try {
      const first = await this.build({ ...asked, index: 0 });
      // A store that cannot count says how long its log is by overflowing: start over with smaller parts.
      if (!first) return await this.buildParts(parts * 4, perPart);
      // The first part said where the log ends, and the others end there too.
      this.total = first.ordinal;
      const { ordinal: toOrdinal } = first;
      for (let index; (index = Atomics.add(turns, 0, 1)) < parts; ) await this.build({ ...asked, index, toOrdinal });
      if (helper) await this.takeFrom(helper);
      return { end: first, of: parts };
    } finally {
      await helper?.end();
    }
  }

  /** At work from the beginning on, where the store says how long its log is. */
  private helper(turns: Int32Array<SharedArrayBuffer>, of: number): Helper | undefined {
    const { reader, helper: setup, into } = this.options;
    const { total: toOrdinal = 0 } = this;
    if (!setup || !into.beside || !reader.partsAreCheap || toOrdinal < (setup.leastEvents ?? WORTH_A_HELPER)) return undefined;
    return startHelper(setup, { path: into.beside.path, turns, of, toOrdinal }, this.onEvents);
  }

  private async build(asked: PartAsked) {
    const end = await this.builder.build(asked, this.onEvents);
    if (!this.options.reader.partsAreCheap) collectGarbage();
    return end;
  }

  private async takeFrom(helper: Helper): Promise<void> {
    const { marks } = await helper.done;
    this.builder.marks.merge(marks);
    this.options.into.beside?.absorb();
  }

  private readonly onEvents = (events: number): void => {
    this.events += events;
    this.options.onProgress?.({
      events: this.events,
      total: this.total,
      eventsPerSecond: Math.round(this.events / ((performance.now() - this.started) / 1000)),
    });
  };
}
