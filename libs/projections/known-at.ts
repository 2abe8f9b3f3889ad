/**
 * *Known at T* is the last ordinal whose running maximum of `recordedAt` is not after T (DESIGN 5). One mark for
 * every thousand events is kept; the exact ordinal is read from the log between two marks.
 */
import type { Instant, RecordedEvent } from '#kernel';

export const EVENTS_PER_MARK = 1_000;

export interface Mark {
  /** Which thousand of the log. */
  readonly bucket: number;
  /** The last event of it so far. */
  readonly ordinal: number;
  readonly position: string;
  /** Running maximum of `recordedAt` from the first event of the log. */
  readonly knownAt: Instant;
}

export const bucketOf = (ordinal: number): number => Math.floor((ordinal - 1) / EVENTS_PER_MARK);

/** Gathers marks from events that arrive in any order. */
export class Marks {
  private readonly buckets = new Map<number, { ordinal: number; position: string; latest: Instant }>();

  add(event: RecordedEvent): void {
    const bucket = bucketOf(event.ordinal);
    const known = this.buckets.get(bucket);
    if (!known) {
      this.buckets.set(bucket, { ordinal: event.ordinal, position: event.position, latest: event.recordedAt });
      return;
    }
    if (event.recordedAt > known.latest) known.latest = event.recordedAt;
    if (event.ordinal > known.ordinal) {
      known.ordinal = event.ordinal;
      known.position = event.position;
    }
  }

  /** @param knownAt the running maximum before the first of these events */
  settled(knownAt: Instant | undefined): readonly Mark[] {
    let running = knownAt ?? '';
    return [...this.buckets.entries()]
      .sort(([a], [b]) => a - b)
      .map(([bucket, { ordinal, position, latest }]) => {
        if (latest > running) running = latest;
        return { bucket, ordinal, position, knownAt: running };
      });
  }
}
