/** The projector's thread: started by `startProjector`, never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from './give-way.js';
import { ProjectionRunner } from './runner.js';
import { sqliteGenerations } from './sqlite/generations.js';
import type { Answer, Ask, ProjectorSetup, StandingBy, WorkerInput } from './thread.js';

const port = parentPort!;
const { module, options, runner: { directory, ...tuning } } = workerData as WorkerInput;
const { projectorSetup } = (await import(module)) as { projectorSetup(options: unknown): Promise<ProjectorSetup> };
const setup = await projectorSetup(options);
const runner = new ProjectionRunner({
  ...tuning,
  ...setup,
  generations: sqliteGenerations(directory),
  onMessage: (message) => port.postMessage(message),
  onWaiting: () => port.postMessage({ kind: 'standingBy' } satisfies StandingBy),
});

async function answer({ ask, id }: Ask): Promise<void> {
  const reply: Answer = { kind: 'answer', id };
  try {
    if (ask === 'retryQuarantined') port.postMessage({ ...reply, value: await runner.retryQuarantined() });
    else {
      await runner.stop();
      await setup.reader.close();
      port.postMessage(reply);
      port.close();
    }
  } catch (error) {
    port.postMessage({ ...reply, error: (error as Error).message });
  }
}

port.on('message', (ask: Ask) => void answer(ask));
await runner.start();
giveWay();
