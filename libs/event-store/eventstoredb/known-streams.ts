import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '#kernel';

/** The ids of one stream from its first event up to `head`, which is -1 where the stream does not exist. */
export interface KnownStream {
  head: number;
  readonly revisions: Map<string, number>;
}

/** Event ids kept, over all streams; about 30 MB. */
const MOST_IDS = 200_000;

/**
 * Which event ids a stream holds, so that a used id is found without reading the stream for each append. Streams
 * only grow, so what is known stays true; it may be short of what others appended since.
 */
export class KnownStreams {
  private readonly streams = new LRUCache<string, KnownStream>({
    maxSize: MOST_IDS,
    sizeCalculation: (known) => known.revisions.size + 1,
  });

  get(stream: string): KnownStream | undefined {
    return this.streams.get(stream);
  }

  forget(stream: string): void {
    this.streams.delete(stream);
  }

  /** Takes in events that follow on what is known; others leave a gap and are ignored. */
  learn(
    stream: string, from: number, events: readonly Pick<RecordedEvent, 'eventId' | 'revision'>[],
  ): KnownStream | undefined {
    const before = this.streams.get(stream);
    const known = before ?? { head: -1, revisions: new Map<string, number>() };
    if (from > known.head + 1) return undefined;
    if (before && events.length === 0) return known;
    for (const { eventId, revision } of events) {
      if (revision !== known.head + 1) continue;
      known.revisions.set(eventId, revision);
      known.head = revision;
    }
    this.streams.set(stream, known);
    return known;
  }
}
