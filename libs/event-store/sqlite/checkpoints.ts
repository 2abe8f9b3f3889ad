import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Pages that the write-ahead log held, and how long copying took. */
export interface CheckpointPass {
  readonly pages: number;
  readonly millis: number;
}

/**
 * Copies what it can without waiting for anybody; answers the pages of the write-ahead log. Nothing is lost where it
 * cannot (a full disk): the pages stay in the log, the next pass tries again, and appends say what is wrong.
 */
export function checkpointer(db: DatabaseSync): () => number {
  const statement = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  return () => {
    try {
      return Number(statement.get()?.['log'] ?? 0);
    } catch {
      return 0;
    }
  };
}

/** Events between passes. */
const EVERY = 4000;
/** Pages from which the log is wanted back at its start: 128 MB. */
const WANTED = 32_768;
/** Pages at which the writer stops and copies whatever is left: 256 MB, some 0.3 s of recovery after a kill. */
const FORCED = 65_536;
/** A pass as short as this left little behind it, so the writer may do the rest itself. */
const SHORT = 8;

/**
 * Keeps the write-ahead log small. A thread of its own copies pages while the writer writes on; but the log starts
 * again from its beginning only once *every* page is copied, which never happens beside a busy writer. So when the
 * log has grown, passes follow each other until one was short, and then the writer copies the few pages that are
 * left between two commits.
 */
export class Checkpoints {
  private readonly copyRest: () => number;
  private thread: Worker | undefined;
  private running = false;
  private eventsSince = 0;

  constructor(
    private readonly file: string,
    db: DatabaseSync,
  ) {
    this.copyRest = checkpointer(db);
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
      if (pass.pages < WANTED) return;
      if (pass.millis <= SHORT || pass.pages >= FORCED) this.copyRest();
      else this.startPass();
    });
  }
}
