import { DatabaseSync } from 'node:sqlite';
import { eventJson, storedJson } from '../event-json.js';
import { benchEvent, STREAMS, type Traffic } from './traffic.js';

const TRANSACTION = 100;

/**
 * What a programmer writes first: one table, stream and id as text, both unique, raw inserts in transactions of 100
 * from one thread, flushed at commit; SQLite's own checkpoints.
 */
export class PlainTable {
  private readonly db: DatabaseSync;
  private readonly insertRow;

  constructor(
    file: string,
    private readonly traffic: Traffic,
  ) {
    this.db = new DatabaseSync(file);
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;
      CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, UNIQUE (stream, revision))`);
    this.insertRow = this.db.prepare('INSERT INTO events (stream, revision, id, body) VALUES (?, ?, ?, ?)');
  }

  fill(count: number): void {
    this.db.exec('PRAGMA synchronous = OFF');
    this.insert(count, 10_000);
  }

  /** Events a second. The events are made before the clock starts. */
  measure(count: number): number {
    this.db.exec('PRAGMA synchronous = FULL');
    const rows = Array.from({ length: count }, () => this.row());
    const started = performance.now();
    for (let i = 0; i < count; i += TRANSACTION) this.write(rows.slice(i, i + TRANSACTION));
    return (count / (performance.now() - started)) * 1000;
  }

  close(): void {
    this.db.close();
  }

  private insert(count: number, atOnce: number): void {
    for (let i = 0; i < count; i += atOnce) {
      this.write(Array.from({ length: Math.min(atOnce, count - i) }, () => this.row()));
    }
  }

  private write(rows: readonly [string, number, string, string][]): void {
    this.db.exec('BEGIN');
    for (const row of rows) this.insertRow.run(...row);
    this.db.exec('COMMIT');
  }

  private row(): [string, number, string, string] {
    const index = Math.floor(Math.random() * STREAMS);
    const stream = this.traffic.names[index]!;
    const revision = ++this.traffic.revisions[index]!;
    const event = benchEvent();
    return [stream, revision, event.eventId, storedJson(eventJson(stream, event), revision)];
  }
}
