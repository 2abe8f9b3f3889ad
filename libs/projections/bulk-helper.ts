/** The second thread of a bulk build, as the first one sees it. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Bucket } from './known-at.js';
import { removeDatabase } from './sqlite/files.js';

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
  /** Where its rows go. */
  readonly path: string;
  /** The next part that nobody builds yet. */
  readonly turns: Int32Array;
  readonly of: number;
  readonly toOrdinal: number;
}

/** Events since the last message; the marks once it is done. */
export type HelperMessage = { readonly events: number } | { readonly marks: readonly Bucket[] };

export interface Helper {
  /** @throws what the helper failed with */
  readonly done: Promise<{ readonly marks: readonly Bucket[] }>;
  /** Ends the thread, wherever it is, and removes its file. */
  end(): Promise<void>;
}

export function startHelper(
  { module, options }: HelperSetup,
  work: Omit<HelperInput, 'module' | 'options'>,
  onEvents: (events: number) => void,
): Helper {
  const workerData: HelperInput = { ...work, options, module: module.href };
  const worker = new Worker(new URL(`./bulk-worker${extname(import.meta.url)}`, import.meta.url), {
    name: 'rebuild',
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  const done = new Promise<Awaited<Helper['done']>>((resolve, reject) => {
    worker
      .on('message', (message: HelperMessage) => {
        if ('marks' in message) resolve({ marks: message.marks });
        else onEvents(message.events);
      })
      .on('error', reject)
      .on('exit', () => reject(new Error('the second thread of the build ended early')));
  });
  // Whoever builds along may fail first and never ask.
  done.catch(() => undefined);
  return {
    done,
    async end() {
      await worker.terminate();
      removeDatabase(work.path);
    },
  };
}
