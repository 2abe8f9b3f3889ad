/** The log as a bulk build reads it: part by part, each for what it holds. */
import { setImmediate as breathe } from 'node:timers/promises';
import { MAX_PARTS, type EventReader } from '#event-store';
import type { RecordedEvent } from '#kernel';
import type { Checkpoint } from './generations.js';

export type LogEnd = Pick<Checkpoint, 'position' | 'ordinal'>;

export interface LogParts {
  /** Events in all parts together. */
  readonly total: number;
  /** More parts are not told apart; a power of two. */
  readonly mostParts: number;
  /** Where the log ends; known once a part was read to its end. */
  readonly end: LogEnd;
  /**
   * Events whose subject falls into that part, those of one subject in order, some at a time.
   *
   * @param of how many parts there are; a power of two
   */
  events(index: number, of: number): Iterable<readonly RecordedEvent[]> | AsyncIterable<readonly RecordedEvent[]>;
}

const PAGE = 5_000;

/** Of a store that knows its parts and counts its events. */
export class StoreParts implements LogParts {
  readonly mostParts = MAX_PARTS;
  end: LogEnd = { position: undefined, ordinal: 0 };

  constructor(
    private readonly reader: Pick<EventReader, 'readAll'>,
    readonly total: number,
  ) {}

  /** @param toOrdinal the last event; the head of the log as it is now when absent */
  static async of(reader: Pick<EventReader, 'readAll' | 'head'>, toOrdinal = Infinity): Promise<StoreParts> {
    const { ordinal } = await reader.head();
    if (ordinal === undefined) throw new Error('a store with cheap parts counts its events');
    return new StoreParts(reader, Math.min(ordinal, toOrdinal));
  }

  async *events(index: number, of: number): AsyncGenerator<readonly RecordedEvent[]> {
    let end: LogEnd = { position: undefined, ordinal: 0 };
    for (;;) {
      const { events, next, atHead } = await this.reader.readAll({
        limit: PAGE,
        toOrdinal: this.total,
        ...(end.position !== undefined && { after: end.position, afterOrdinal: end.ordinal }),
        ...(of > 1 && { part: { index, of } }),
      });
      yield events;
      const isLast = atHead || next === undefined || next.position === end.position || next.ordinal >= this.total;
      if (next) end = next;
      if (isLast) break;
      await breathe();
    }
    this.end = end;
  }
}
