import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { messages } from '../contract/events.js';
import { openSqliteEventStore } from './sqlite-store.js';

it('a thread that reads the same file hears of each append at once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-threads-'));
  const file = join(directory, 'log.db');
  const store = await openSqliteEventStore({ file });
  const thread = new Worker(new URL(`./fixtures/following-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: { file },
  });
  await once(thread, 'message');
  const m = messages();
  const delays: number[] = [];
  for (let n = 0; n < 11; n++) {
    // Long enough for polling, which is only for other processes, to have slowed down.
    await sleep(150);
    const heard = once(thread, 'message');
    await store.append(m.stream, 'any', m(n));
    const acknowledged = performance.now();
    expect(await heard).toEqual([m(n)[0]!.eventId]);
    delays.push(performance.now() - acknowledged);
  }
  thread.postMessage('stop');
  await once(thread, 'exit');
  await store.close();
  rmSync(directory, { recursive: true });
  expect(delays.sort((a, b) => a - b)[5]).toBeLessThan(25);
}, 30_000);
