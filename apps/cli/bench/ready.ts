import { setTimeout as sleep } from 'node:timers/promises';
import { figure, median, type Bench } from './figure.js';
import { startServer } from './processes.js';
import { programmeStore } from './programme-store.js';

const ROUNDS = 5;

/** From the start of the process until `/health/ready` says so, beside an empty Nest server that listens. */
export const benchReady: Bench = async ({ events }) => {
  const dataDir = await programmeStore(events);
  const product: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const taken = [await once('empty-server', '/'), await once('../../server/main', '/health/ready', { THROUGHCARE_DATA: dataDir })] as const;
    // The first round warms the system's caches.
    if (round === 0) continue;
    empty.push(taken[0]);
    product.push(taken[1]);
  }
  return figure(median(product), median(empty), 'ms', { slowest: Math.round(Math.max(...product)) });
};

async function once(module: string, path: string, env?: NodeJS.ProcessEnv): Promise<number> {
  const server = await startServer(module, path, env);
  await server.stop();
  await sleep(100);
  return server.readyAfter;
}
