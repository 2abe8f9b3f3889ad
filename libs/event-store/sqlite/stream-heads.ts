import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** What the writer knows of a stream before it appends. */
export interface StreamHead {
  /** Absent until the stream's first event is written. */
  id: number | undefined;
  /** -1 where the stream does not exist. */
  revision: number;
  /** Hashes of all its event ids: an id whose hash is not among them is new. */
  readonly idHashes: Set<number>;
}

/** Streams whose heads are kept: enough for what is busy now, little against what the page cache takes. */
const KEPT = 5000;

/** Heads of streams, remembered where they were used of late; otherwise read from one place of one index. */
export class StreamHeads {
  private readonly kept = new LRUCache<string, StreamHead>({ max: KEPT });
  private readonly load: (stream: string) => StreamHead;

  constructor(db: DatabaseSync) {
    const query = db.prepare(`SELECT s.id, r.revision, r.id_hash FROM streams s
      JOIN revisions r ON r.stream = s.id WHERE s.name = ? ORDER BY r.revision`);
    query.setReturnArrays(true);
    this.load = (stream) => {
      const rows = query.all(stream) as unknown as [number, number, number][];
      const last = rows.at(-1);
      return { id: last?.[0], revision: last?.[1] ?? -1, idHashes: new Set(rows.map((row) => row[2])) };
    };
  }

  of(stream: string): StreamHead {
    let head = this.kept.get(stream);
    if (!head) this.kept.set(stream, (head = this.load(stream)));
    return head;
  }

  /** After a transaction that was not committed. */
  forget(): void {
    this.kept.clear();
  }
}
