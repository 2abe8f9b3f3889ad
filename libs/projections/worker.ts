/** The projector's thread: started by `startProjector`, never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from './give-way.js';
import { generationsAt } from './place.js';
import { ProjectionRunner } from './runner.js';
import type { Answer, Ask, ProjectorSetup, StandsBy, WorkerInput } from './thread.js';

const port = parentPort!;
let isEnding = false;
const { module, options, runner: tuning } = workerData as WorkerInput;
const { projectorSetup } = (await import(module)) as { projectorSetup(options: unknown): Promise<ProjectorSetup> };
const { openReader, ...setup } = await projectorSetup(options);
const reader = await openReader();
const generations = await generationsAt(tuning, reader);
const runner = new ProjectionRunner({
  ...tuning,
  ...setup,
  reader,
  generations,
  onMessage: (message) => port.postMessage(message),
  onWaiting: ({ message }) => port.postMessage({ kind: 'standsBy', because: message } satisfies StandsBy),
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
      isEnding = true;
      await runner.stop();
      await generations.close();
      await reader.close();
      port.postMessage(reply);
      port.close();
    }
  } catch (error) {
    port.postMessage({ ...reply, error: (error as Error).message });
  }
}

port.on('message', (ask: Ask) => void answer(ask));
// A standby that is stopped has not started.
await runner.start().catch((error: unknown) => {
  if (!isEnding) throw error;
});
giveWay();
