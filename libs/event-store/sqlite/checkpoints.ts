import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** What one pass found and did: pages in the write-ahead log, pages of them now in the file, how long it took. */
export interface CheckpointPass {
  readonly log: number;
  readonly checkpointed: number;
  readonly millis: number;
}

/** Events between passes. */
const EVERY = 2000;
/** Pages from which the log is wanted back at its start: 32 MB. */
const WANTED = 8_192;
/** Pages at which the writer stops and copies whatever is left: 256 MB. */
const FORCED = 65_536;
/** A pass as short as this left little behind it, so the writer may do the rest itself. */
const SHORT = 12;

/**
 * Keeps the write-ahead log small. A thread of its own copies pages while the writer writes on; but the log starts
 * again from its beginning only once *every* page is copied, which never happens beside a busy writer. So when the
 * log has grown, passes follow each other until one was short, and then the writer copies the few pages that are
 * left between two commits.
 */
export class Checkpoints {
  private readonly finish;
  private thread: Worker | undefined;
  private running = false;
  private eventsSince = 0;

  constructor(
    private readonly file: string,
    db: DatabaseSync,
  ) {
    this.finish = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** After every commit. */
  committed(events: number): void {
    this.eventsSince += events;
    if (this.eventsSince >= EVERY && !this.running) this.startPass();
  }

  async close(): Promise<void> {
    const { thread } = this;
    if (!thread) return;
    thread.postMessage('close');
    await new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  }

  private startPass(): void {
    this.running = true;
    this.eventsSince = 0;
    this.thread ??= this.startThread();
    this.thread.postMessage('pass');
  }

  private startThread(): Worker {
    const url = new URL(`./checkpointer-thread${extname(import.meta.url)}`, import.meta.url);
    return new Worker(url, { workerData: { file: this.file } }).on('message', (pass: CheckpointPass) => {
      this.running = false;
      if (pass.log < WANTED) return;
      if (pass.millis <= SHORT || pass.log >= FORCED) this.finish.get();
      else this.startPass();
    });
  }
}
