/** The second thread of a bulk build, as the first one sees it. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BesidePlace } from './generations.js';
import type { Bucket } from './known-at.js';
import type { SharedSpool } from './spool/spool.js';

/** The module of `ProjectorOptions.setup`: what cannot cross threads is made anew in the helper's. */
export interface HelperSetup {
  readonly module: URL;
  readonly options?: unknown;
  /** How long a log has to be to be worth it. */
  readonly leastEvents?: number;
}

export interface HelperInput {
  readonly module: string;
  readonly options: unknown;
}

export interface HelperWork {
  /** The store's own log up to its `total`th event, or the spool that the first thread filled. */
  readonly log: { readonly total: number } | { readonly spool: SharedSpool };
  /** Where its rows go. */
  readonly into: BesidePlace;
  /** The next part that nobody builds yet. */
  readonly turns: Int32Array;
  readonly of: number;
}

/** Events since the last message; the marks once it is done. */
export type HelperMessage = { readonly events: number } | { readonly marks: readonly Bucket[] };

export interface Helper {
  begin(work: HelperWork, onEvents: (events: number) => void): void;
  /** @throws what the helper failed with, or what the signal aborts with */
  readonly done: Promise<{ readonly marks: readonly Bucket[] }>;
  /** @throws what the helper failed with by now */
  throwIfFailed(): void;
  /** Ends the thread, wherever it is. */
  end(): Promise<void>;
}

export interface HelperRoom {
  /** Of the young generation: what belongs to one part dies there, or is copied. */
  readonly youngMb: number;
  readonly signal?: AbortSignal | undefined;
}

export function startHelper({ module, options }: HelperSetup, { youngMb, signal }: HelperRoom): Helper {
  const workerData: HelperInput = { options, module: module.href };
  const worker = new Worker(new URL(`./bulk-worker${extname(import.meta.url)}`, import.meta.url), {
    name: 'rebuild',
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  let onEvents: (events: number) => void = () => undefined;
  let failure: { readonly error: unknown } | undefined;
  const done = new Promise<Awaited<Helper['done']>>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker
      .on('message', (message: HelperMessage) => {
        if ('marks' in message) resolve({ marks: message.marks });
        else onEvents(message.events);
      })
      .on('error', reject)
      .on('exit', () => reject(new Error('the second thread of the build ended early')));
  });
  // Whoever builds along may fail first and never ask.
  done.catch((error: unknown) => (failure = { error }));
  return {
    begin(work, tell) {
      onEvents = tell;
      worker.postMessage(work);
    },
    done,
    throwIfFailed() {
      if (failure) throw failure.error;
    },
    async end() {
      await worker.terminate();
    },
  };
}
