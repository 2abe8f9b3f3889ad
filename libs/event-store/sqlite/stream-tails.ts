import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Where a reader finds the newest events of a stream: those for which the writer has not written a row of `by_stream`
 * yet (late-index.ts). Follows the end of the log, by hash of the stream, and forgets what the table has by now.
 */
export class StreamTails {
  private readonly indexed: StatementSync;
  private readonly since: StatementSync;
  private readonly byStream = new Map<number, number[]>();
  private from = 0;
  private seen = 0;

  constructor(db: DatabaseSync) {
    this.indexed = db.prepare('SELECT indexed FROM progress');
    this.since = db.prepare('SELECT ordinal, stream_hash FROM events WHERE ordinal > ? ORDER BY ordinal');
    this.indexed.setReturnArrays(true);
    this.since.setReturnArrays(true);
  }

  /** Ordinals of the newest events with this hash, in order; some of them may have got their row meanwhile. */
  of(streamHash: number): readonly number[] {
    const [indexed] = this.indexed.get() as unknown as [number];
    if (indexed > this.from) this.forgetUpTo(indexed);
    for (const [ordinal, hash] of this.since.all(this.seen) as unknown as [number, number][]) {
      const ordinals = this.byStream.get(hash);
      if (ordinals) ordinals.push(ordinal);
      else this.byStream.set(hash, [ordinal]);
      this.seen = ordinal;
    }
    return this.byStream.get(streamHash) ?? [];
  }

  private forgetUpTo(indexed: number): void {
    this.from = indexed;
    this.seen = Math.max(this.seen, indexed);
    for (const [hash, ordinals] of this.byStream) {
      const left = ordinals.filter((ordinal) => ordinal > indexed);
      if (left.length > 0) this.byStream.set(hash, left);
      else this.byStream.delete(hash);
    }
  }
}
