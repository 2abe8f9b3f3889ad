/** The projector's thread: started by `startProjector`, never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import { pause } from './backoff.js';
import { ProjectorBusyError } from './generations.js';
import { giveWay } from './give-way.js';
import { generationsAt } from './place.js';
import { ProjectionRunner } from './runner.js';
import type { Answer, Ask, ProjectorSetup, StandsBy, WorkerInput } from './thread.js';

/** How soon a projector that has ended is succeeded by one that stands by, milliseconds. */
const ASK_AGAIN = 2_000;

const port = parentPort!;
const ending = new AbortController();
const { module, options, runner: tuning } = workerData as WorkerInput;
const { projectorSetup } = (await import(module)) as { projectorSetup(options: unknown): Promise<ProjectorSetup> };
const setup = await projectorSetup(options);
const generations = await generationsAt(tuning, setup.reader);
const runner = new ProjectionRunner({
  ...tuning,
  ...setup,
  generations,
  onMessage: (message) => port.postMessage(message),
  onWaiting: () => port.postMessage({ kind: 'standsBy', because: 'another process projects' } satisfies StandsBy),
  // The thread ends at once, and starts again as a standby: what it still wanted to write is not its own to write.
  onLockLost: (error) => {
    throw error;
  },
});

async function answer({ ask, id }: Ask): Promise<void> {
  const reply: Answer = { kind: 'answer', id };
  try {
    if (ask === 'retryQuarantined') port.postMessage({ ...reply, value: await runner.retryQuarantined() });
    else {
      ending.abort();
      await runner.stop();
      await generations.close();
      await setup.reader.close();
      port.postMessage(reply);
      port.close();
    }
  } catch (error) {
    port.postMessage({ ...reply, error: (error as Error).message });
  }
}

/** Until it is this thread's turn, or it is no longer wanted. */
async function start(): Promise<void> {
  while (!ending.signal.aborted) {
    try {
      return await runner.start();
    } catch (error) {
      if (!(error instanceof ProjectorBusyError)) throw error;
      port.postMessage({ kind: 'standsBy', because: error.message } satisfies StandsBy);
      await pause(ASK_AGAIN, ending.signal);
    }
  }
}

port.on('message', (ask: Ask) => void answer(ask));
await start();
giveWay();
