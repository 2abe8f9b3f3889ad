import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sqlitePlace } from '#database';
import { openSqliteEventStore } from '#event-store';
import type { RecordedEvent } from '#kernel';
import { Box } from '../../libs/reactions/outbox/box.js';
import { at, person, type Entry } from '../support/history.js';
import type { Order, Step } from './reacting-process.js';

const program = fileURLToPath(new URL('./reacting-process.ts', import.meta.url));
/** Kills at whatever instant, after those between the steps; more of them where somebody has the time. */
const RANDOM_KILLS = Number(process.env['THROUGHCARE_KILL_ROUNDS'] ?? 3);
const STEPS: readonly Step[] = ['read', 'asked', 'written', 'sending', 'received'];

const types = ['HandoffChased', 'HandoffEscalated', 'HandoffLapsed'];
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Unanswered for hours: reminded, told, ended. */
const unanswered = (name: string): readonly Entry[] => {
  const one = person(name);
  return [...one.referred('2011-02-28 10:00'), one.offered('a', '2011-03-01 10:00')];
};
/** Declined, and nobody has looked. */
const declined = (name: string): readonly Entry[] => {
  const one = person(name);
  return [...one.referred('2011-02-28 10:00'), one.offered('a', '2011-03-01 10:00'), one.declined('a', '2011-03-01 10:05')];
};
const PEOPLE = 4;
const history = Array.from({ length: PEOPLE }, (_, i) => [...unanswered(`Waiting ${i}`), ...declined(`Declined ${i}`)]);
/** A reminder, the duty manager, the end; and the duty manager of the other. */
const EXPECTED = PEOPLE * 4;

describe(`Killed between any two steps, and ${RANDOM_KILLS} times at any instant`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-reactions-'));
  const received = new Map<string, string[]>();
  let receiver: Server;
  let order: Order;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (text) => (body += String(text)));
      request.on('end', () => {
        const id = String(request.headers['webhook-id']);
        received.set(id, [...(received.get(id) ?? []), body]);
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as { port: number };
    order = { directory, now: at('2011-03-01 15:00'), url: `http://127.0.0.1:${port}/`, secret, types };

    const store = await openSqliteEventStore({ file: join(directory, 'log.db') });
    for (const { stream, event } of history.flat()) await store.append(stream, 'any', [event]);
    const box = new Box(sqlitePlace(directory));
    await box.begin('hub', await store.head());
    await box.close();
    await store.close();
  });
  afterAll(() => {
    receiver.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (dieAt?: Step): ChildProcess =>
    spawn(process.execPath, [program, JSON.stringify({ ...order, ...(dieAt && { dieAt }) })], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });

  it(
    'a reminder, an escalation and a lapse happen once; a webhook arrives at least once, with the same key and body',
    async () => {
      for (const step of STEPS) {
        const child = start(step);
        const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
        expect([step, signal]).toEqual([step, 'SIGKILL']);
      }
      for (let round = 0; round < RANDOM_KILLS; round++) {
        const child = start();
        const gone = once(child, 'exit');
        await sleep(1_000 + Math.random() * 1_500);
        child.kill('SIGKILL');
        await gone;
      }
      const last = start();
      const gone = once(last, 'exit');
      while (received.size < EXPECTED && last.exitCode === null) await sleep(50);
      await sleep(1_000); // Whatever would happen twice has had its time.
      last.kill('SIGKILL');
      await gone;

      const done = (await everything(join(directory, 'log.db'))).filter(({ source }) => source === 'deadlines');
      expect(tally(done)).toEqual({ HandoffChased: PEOPLE, HandoffEscalated: 2 * PEOPLE, HandoffLapsed: PEOPLE });
      expect([...received.keys()].sort()).toEqual(done.map(({ eventId }) => eventId).sort());
      for (const bodies of received.values()) expect(new Set(bodies).size).toBe(1);
      // The kill after the answer and before the mark is one that cannot be told from a lost answer.
      const arrivals = [...received.values()].flat().length;
      expect(arrivals).toBeGreaterThan(received.size);
      process.stderr.write(
        `${STEPS.length + RANDOM_KILLS} kills, ${done.length} events once each, ${arrivals} webhooks of ${received.size} events\n`,
      );
    },
    120_000 + RANDOM_KILLS * 10_000,
  );
});

const tally = (events: readonly RecordedEvent[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(events, ({ type }) => type)].map(([type, of]) => [type, of.length]).sort());

async function everything(file: string): Promise<readonly RecordedEvent[]> {
  const store = await openSqliteEventStore({ file, readOnly: true });
  const { events } = await store.readAll({ limit: 10_000 });
  await store.close();
  return events;
}
