import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { parseStored } from '../event-json.js';
import { hash32 } from '../subject.js';
import type { LateIndex } from './late-index.js';

/** What the writer knows of a stream: one entry a revision in both lists, none where it does not exist. */
export interface StreamHead {
  readonly hash: number;
  readonly ordinals: number[];
  /** Hashes of its event ids: an id whose hash is not among them is new. */
  readonly idHashes: number[];
}

/** Streams whose heads are kept: some 10 MB where they have twenty events each. */
const KEPT = 30_000;

/** Heads of streams, remembered where they were used of late. */
export class StreamHeads {
  private readonly kept = new LRUCache<string, StreamHead>({ max: KEPT });
  private readonly rows;
  private readonly body;

  constructor(
    db: DatabaseSync,
    private readonly late: LateIndex,
  ) {
    this.rows = db.prepare('SELECT ordinal, id_hash FROM by_stream WHERE stream_hash = ? ORDER BY ordinal');
    this.rows.setReturnArrays(true);
    this.body = db.prepare('SELECT body FROM events WHERE ordinal = ?');
  }

  of(stream: string): StreamHead {
    let head = this.kept.get(stream);
    if (!head) this.kept.set(stream, (head = this.load(stream)));
    return head;
  }

  eventAt(ordinal: number) {
    return parseStored(String(this.body.get(ordinal)?.['body']), ordinal);
  }

  /** After a transaction that was not committed. */
  forget(): void {
    this.kept.clear();
  }

  private load(stream: string): StreamHead {
    const hash = hash32(stream);
    let rows = this.rows.all(hash) as unknown as [ordinal: number, idHash: number][];
    for (const { ordinal, idHash } of this.late.of(hash)) rows.push([ordinal, idHash]);
    const last = rows.at(-1);
    if (last) {
      const event = this.eventAt(last[0]);
      // The n-th of n events is the stream's own: then they all are. Else two names share the hash.
      const own = event.stream === stream && event.revision === rows.length - 1;
      if (!own) rows = rows.filter(([ordinal]) => this.eventAt(ordinal).stream === stream);
    }
    return { hash, ordinals: rows.map((row) => row[0]), idHashes: rows.map((row) => row[1]) };
  }
}
