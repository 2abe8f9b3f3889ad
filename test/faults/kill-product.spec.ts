import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store';
import type { RecordedEvent } from '#kernel';
import { Product, throughcare } from '../support/product.js';
import { Clients } from './clients.js';
import { nothingWrong, wrongIn } from './whole-log.js';

/** `npm run test:faults` asks for 100; with every change a few are enough to notice. */
const ROUNDS = Number(process.env['THROUGHCARE_KILL_ROUNDS'] ?? 4);
const CLIENTS = 16;

describe(`The running product, killed ${ROUNDS} times amid concurrent commands`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-kill-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('keeps everything it acknowledged, writes nothing half or twice, and its read models come out as a rebuild does', async () => {
    expect((await throughcare(dataDir, ['import', 'fhir', 'samples/fhir'])).code).toBe(0); // A store that is there is not seeded.
    const { last: token } = await throughcare(dataDir, ['token', 'coordinator-torbay']);
    const product = await Product.on(dataDir);
    const clients = new Clients(product.origin, token);

    for (let round = 1; round <= ROUNDS; round++) {
      await product.start();
      await clients.repeatUnanswered();
      const working = clients.work(CLIENTS);
      await pause(100 + Math.random() * 600);
      await product.kill();
      clients.stop();
      await working;
    }
    await product.start();
    await clients.repeatUnanswered();
    await product.stop();

    expect(clients.refusals).toEqual([]);
    expect(clients.acknowledged.size).toBeGreaterThan(ROUNDS * 10);
    const events = await everything(join(dataDir, 'log.db'));
    expect(wrongIn(events, clients)).toEqual(nothingWrong);
    const { code, last } = await throughcare(dataDir, ['verify', '--read-models', '--json']);
    expect({ code, verified: JSON.parse(last) as object }).toMatchObject({ code: 0, verified: { equal: true, ordinal: events.length } });
    process.stderr.write(
      `${ROUNDS} kills, ${clients.commands} commands, ${clients.acknowledged.size} events acknowledged, ${clients.repeats} commands repeated, ${events.length} events in the log\n`,
    );
  }, 60_000 + ROUNDS * 30_000);
});

async function everything(file: string): Promise<readonly RecordedEvent[]> {
  const store = await openSqliteEventStore({ file, readOnly: true });
  const events: RecordedEvent[] = [];
  for (let ordinal = 0; ; ) {
    const page = await store.readAll({ limit: 5000, after: String(ordinal), afterOrdinal: ordinal });
    events.push(...page.events);
    if (page.atHead) break;
    ordinal = page.next!.ordinal;
  }
  await store.close();
  return events;
}
