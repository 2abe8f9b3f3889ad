import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreUnavailableError, type RunningSum, type Summed } from '../port.js';

/** So many events are there, or: there will be no more. */
export type ToSum = { readonly upTo: number } | { readonly end: true };

/** How many were read; at the end, their sum. */
export type FromSum = { readonly events: number } | Summed;

/** The thread is told of more no more often than so many events. */
const STEP = 1_000;

/** A sum of the log at `file`, made by a thread that reads it as it grows. */
export class SumBeside implements RunningSum {
  private readonly thread: Worker;
  private readonly summed = Promise.withResolvers<Summed>();
  private readonly exited: Promise<void>;
  private told = 0;
  private onProgress: (events: number) => void = () => undefined;

  constructor(file: string) {
    this.thread = new Worker(new URL(`./sum-thread${extname(import.meta.url)}`, import.meta.url), { workerData: { file } });
    this.exited = new Promise((resolve) => this.thread.once('exit', () => resolve()));
    // Told to whoever asks for the sum; nobody does where the copy failed.
    this.summed.promise.catch(() => undefined);
    const failed = (cause?: unknown) =>
      this.summed.reject(new StoreUnavailableError('the log could not be read back', { cause }));
    this.thread
      .on('message', (message: FromSum) => {
        if ('checksum' in message) this.summed.resolve(message);
        else this.onProgress(message.events);
      })
      .once('error', failed)
      .once('exit', () => failed());
  }

  upTo(ordinal: number): void {
    if (ordinal - this.told < STEP) return;
    this.told = ordinal;
    this.tell({ upTo: ordinal });
  }

  end(onProgress: (events: number) => void): Promise<Summed> {
    this.onProgress = onProgress;
    this.tell({ end: true });
    return this.summed.promise;
  }

  async close(): Promise<void> {
    await this.thread.terminate();
    await this.exited;
  }

  private tell(message: ToSum): void {
    this.thread.postMessage(message);
  }
}
