import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import { idsOf } from '../contract/events.js';
import { createOrCheck } from './format.js';
import { eventsOf, revisionBefore, sizeOf, streamOf, WRITERS } from './fixtures/plan.js';
import { openSqliteEventStore } from './sqlite-store.js';

/** More of them where somebody has the time: `KILL_ROUNDS=100`. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 6);
const program = fileURLToPath(new URL(`./fixtures/writing-process${extname(import.meta.url)}`, import.meta.url));

interface Acknowledged {
  readonly writer: number;
  readonly call: number;
  readonly revision: number;
  readonly position: string;
}

/** Runs the writers of one round and kills them at a random moment; what they had been answered by then. */
async function killedWhileWriting(file: string, round: number): Promise<Acknowledged[]> {
  // A file, not a pipe: a pipe that nobody empties in time refuses what is written, and ends the writer early.
  const said = `${file}.${round}.said`;
  const out = openSync(said, 'w');
  const child = spawn(process.execPath, [program, file, String(round)], { stdio: ['ignore', out, 'inherit'] });
  const gone = new Promise<unknown>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  // Every other round is killed once it has answered at least one writer, however slow the machine; the rest at once.
  const enough = round % 2 === 0 ? 2 : 1;
  while (child.exitCode === null && readFileSync(said, 'utf8').split('\n').length <= enough) await sleep(5);
  await sleep(Math.random() * 120);
  child.kill('SIGKILL');
  expect(await gone).toBe('SIGKILL');
  closeSync(out);
  const output = readFileSync(said, 'utf8');
  // The last line may have been cut short with the process.
  return output
    .split('\n')
    .slice(1, -1)
    .map((line) => JSON.parse(line) as Acknowledged);
}

describe('a writer killed at any instant', () => {
  let directory: string;
  let file: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'throughcare-kill-'));
    file = join(directory, 'log.db');
    createOrCheck(file);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it(
    'loses nothing acknowledged, leaves nothing half-written, and a retry adds nothing twice',
    async () => {
      const follower = await openSqliteEventStore({ file, readOnly: true });
      const stop = new AbortController();
      const followed: RecordedEvent[] = [];
      const following = (async () => {
        for await (const batch of follower.subscribe({ signal: stop.signal, batch: 50 })) followed.push(...batch);
      })();
      let acknowledgedInAll = 0;

      for (let round = 0; round < ROUNDS; round++) {
        const acknowledged = await killedWhileWriting(file, round);
        acknowledgedInAll += acknowledged.length;
        const db = new DatabaseSync(file, { readOnly: true });
        expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
        db.close();

        const store = await openSqliteEventStore({ file });
        for (let writer = 0; writer < WRITERS; writer++) {
          const stream = streamOf(round, writer);
          const answers = acknowledged.filter((each) => each.writer === writer);
          const stored = await store.readStream(stream);
          for (const { revision, position, call } of answers) {
            expect(stored[revision]).toMatchObject({ position, eventId: eventsOf(stream, call).at(-1)!.eventId });
          }
          const calls = callsIn(stored.length);
          expect(calls - answers.length).toBeGreaterThanOrEqual(0);
          expect(calls - answers.length).toBeLessThanOrEqual(1);

          const retried = answers.length;
          const before = revisionBefore(retried);
          const again = await store.append(stream, before < 0 ? 'none' : before, eventsOf(stream, retried));
          expect(again).toMatchObject({ revision: revisionBefore(retried + 1), repeated: calls > retried });
          const whole = Array.from({ length: retried + 1 }, (_, call) => eventsOf(stream, call)).flat();
          expect(idsOf(await store.readStream(stream))).toEqual(idsOf(whole));
        }
        await store.close();
      }

      const { ordinal } = await follower.head();
      while (followed.length < ordinal!) await sleep(10);
      stop.abort();
      await following;
      expect(followed.map((event) => event.ordinal)).toEqual(Array.from({ length: ordinal! }, (_, i) => i + 1));
      expect(new Set(idsOf(followed)).size).toBe(ordinal);
      await follower.close();
      expect(acknowledgedInAll).toBeGreaterThan(0);
    },
    20_000 + ROUNDS * 10_000,
  );
});

/** How many whole calls make up a stream of so many events. @throws where one call is there in part */
function callsIn(length: number): number {
  let calls = 0;
  for (let events = 0; events < length; events += sizeOf(calls++));
  expect(revisionBefore(calls) + 1).toBe(length);
  return calls;
}
