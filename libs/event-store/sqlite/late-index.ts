import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { hash32 } from '../subject.js';

/** A row of `by_stream`. */
export interface IndexRow {
  readonly streamHash: number;
  readonly ordinal: number;
  readonly idHash: number;
}

/**
 * Writes the rows of `by_stream` late. Streams grow at random, so a row written with its event costs a page of its own;
 * in order of stream the rows of a batch share pages. A full batch is frozen and written little by little, as many rows
 * with each commit as the commit has events, while the next one fills. So two batches at most are in memory; after a
 * kill they are read from the log again.
 *
 * Rows of a stream are written in order: the table has the first of them, and this the rest.
 */
export class LateIndex {
  private readonly insert: StatementSync;
  private readonly setIndexed: StatementSync;
  private filling = new Map<number, IndexRow[]>();
  private fillingRows = 0;
  private lastOrdinal = 0;
  private frozen = new Map<number, IndexRow[]>();
  /** Streams of `frozen` in order; those before `next` are written. */
  private order = new Int32Array();
  private next = 0;
  private frozenUpTo = 0;

  constructor(
    private readonly db: DatabaseSync,
    private readonly batch: number,
  ) {
    this.insert = db.prepare('INSERT INTO by_stream (stream_hash, ordinal, id_hash) VALUES (?, ?, ?)');
    this.setIndexed = db.prepare('UPDATE progress SET indexed = ?');
    this.reload();
  }

  add(row: IndexRow): void {
    const rows = this.filling.get(row.streamHash);
    if (rows) rows.push(row);
    else this.filling.set(row.streamHash, [row]);
    this.fillingRows++;
    this.lastOrdinal = row.ordinal;
  }

  /** Rows that the table lacks. */
  of(streamHash: number): readonly IndexRow[] {
    return [...(this.frozen.get(streamHash) ?? []), ...(this.filling.get(streamHash) ?? [])];
  }

  /** Inside the transaction of a commit: its share of the work, whole streams at a time. */
  write(rows: number): void {
    if (this.next === this.order.length) {
      if (this.fillingRows < this.batch) return;
      this.freeze();
    }
    let left = rows;
    while (left > 0 && this.next < this.order.length) left -= this.writeStream(this.order[this.next++]!);
    if (this.next === this.order.length) this.setIndexed.run(this.frozenUpTo);
  }

  /** Inside a transaction: all there is. */
  writeAll(): void {
    if (this.next < this.order.length) this.write(Infinity);
    if (this.fillingRows === 0) return;
    this.freeze();
    this.write(Infinity);
  }

  /** What the file says: at the start, and after a transaction that was not committed. */
  reload(): void {
    this.freeze();
    this.frozen.clear();
    this.next = this.order.length;
    const has = this.db.prepare('SELECT 1 FROM by_stream WHERE stream_hash = ? AND ordinal = ?');
    const tail = this.db.prepare(`SELECT ordinal, stream_hash AS streamHash, body ->> 'eventId' AS eventId FROM events
      WHERE ordinal > (SELECT indexed FROM progress) ORDER BY ordinal`);
    for (const row of tail.iterate()) {
      const { ordinal, streamHash, eventId } = row as { ordinal: number; streamHash: number; eventId: string };
      // A batch may have been written in part.
      if (has.get(streamHash, ordinal)) continue;
      this.add({ streamHash, ordinal, idHash: hash32(eventId) });
    }
  }

  private freeze(): void {
    this.frozen = this.filling;
    this.order = Int32Array.from(this.frozen.keys()).sort();
    this.next = 0;
    this.frozenUpTo = this.lastOrdinal;
    this.filling = new Map();
    this.fillingRows = 0;
  }

  private writeStream(streamHash: number): number {
    const rows = this.frozen.get(streamHash) ?? [];
    for (const { ordinal, idHash } of rows) this.insert.run(streamHash, ordinal, idHash);
    this.frozen.delete(streamHash);
    return rows.length;
  }
}
