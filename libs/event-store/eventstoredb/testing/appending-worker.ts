/** Test support: another appender, in a thread of its own as another node would be in a process of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { NewEvent } from '#kernel';
import type { Expected } from '../../port.js';
import { openEventStoreDb } from '../index.js';

export type WorkerCall = { readonly append: readonly [string, Expected, readonly NewEvent[]] } | 'close';
/** What the append answered, or the class of its error. */
export type WorkerAnswer = { readonly revision: number; readonly position: string } | { readonly refused: string };

const store = await openEventStoreDb({ connectionString: String(workerData) });

parentPort!.on('message', async (call: WorkerCall) => {
  if (call === 'close') {
    // Nothing ends the thread but having nothing left to do.
    parentPort!.unref();
    return store.close();
  }
  try {
    const { revision, position } = await store.append(...call.append);
    parentPort!.postMessage({ revision, position } satisfies WorkerAnswer);
  } catch (error) {
    parentPort!.postMessage({ refused: (error as Error).constructor.name } satisfies WorkerAnswer);
  }
});
