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

/** What is known of one thousand so far. */
export interface Bucket {
  readonly bucket: number;
  readonly ordinal: number;
  readonly position: string;
  readonly latest: Instant;
}

/** Gathers marks from events that arrive in any order. */
export class Marks {
  private readonly known = new Map<number, { ordinal: number; position: string; latest: Instant }>();

  add({ ordinal, position, recordedAt }: RecordedEvent): void {
    this.note(bucketOf(ordinal), ordinal, position, recordedAt);
  }

  buckets(): readonly Bucket[] {
    return [...this.known].map(([bucket, known]) => ({ bucket, ...known }));
  }

  /** What another one gathered. */
  merge(buckets: readonly Bucket[]): void {
    for (const { bucket, ordinal, position, latest } of buckets) this.note(bucket, ordinal, position, latest);
  }

  private note(bucket: number, ordinal: number, position: string, latest: Instant): void {
    const known = this.known.get(bucket);
    if (!known) {
      this.known.set(bucket, { ordinal, position, latest });
      return;
    }
    if (latest > known.latest) known.latest = latest;
    if (ordinal > known.ordinal) {
      known.ordinal = ordinal;
      known.position = position;
    }
  }

  /** @param knownAt the running maximum before the first of these events */
  settled(knownAt: Instant | undefined): readonly Mark[] {
    let running = knownAt ?? '';
    return [...this.known.entries()]
      .sort(([a], [b]) => a - b)
      .map(([bucket, { ordinal, position, latest }]) => {
        if (latest > running) running = latest;
        return { bucket, ordinal, position, knownAt: running };
      });
  }
}
