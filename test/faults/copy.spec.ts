import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStoreDb, openSqliteEventStore, type EventReader } from '#event-store';
import { writeHistory } from '../../libs/event-store/copy/history.js';
import { startServer } from '../../libs/event-store/eventstoredb/server.js';
import { describeUnless } from '../support/left-out.js';
import { throughcare } from '../support/product.js';

const LENGTH = 6_000;
const folder = mkdtempSync(join(tmpdir(), 'throughcare-copy-'));
const source = join(folder, 'source.db');
const server = await startServer();
afterAll(async () => {
  if (!('leftOut' in server)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly events: number;
  readonly added: number;
  readonly alreadyThere: number;
  readonly equal: boolean;
  readonly checksums: { readonly from: string; readonly to: string };
}

async function copy(from: string, to: string): Promise<Answer> {
  const { code, last } = await throughcare(folder, ['copy', '--from', from, '--to', to, '--json']);
  expect(code).toBe(0);
  return JSON.parse(last) as Answer;
}

/** Starts a copy and kills it with SIGKILL once the target holds something. */
async function killedHalfWay(from: string, to: string, open: () => Promise<EventReader>): Promise<void> {
  const args = ['dist/apps/cli/main.js', 'copy', '--from', from, '--to', to];
  const child = spawn(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'ignore' });
  const gone = once(child, 'exit');
  let reader: EventReader | undefined;
  while (child.exitCode === null) {
    reader ??= await open().catch(() => undefined);
    if (reader && (await reader.head()).position !== undefined) break;
    await pause(2);
  }
  child.kill('SIGKILL');
  await gone;
  await reader?.close();
}

beforeAll(async () => {
  const store = await openSqliteEventStore({ file: source });
  await writeHistory(store, LENGTH);
  await store.close();
}, 120_000);

describe('A copy into an embedded store', () => {
  it('that is killed half-way goes on where it ended, adds nothing twice and ends equal', async () => {
    const target = join(folder, 'target.db');
    await killedHalfWay(source, target, () => openSqliteEventStore({ file: target, readOnly: true }));
    expectWhole(await copy(source, target));
    expect(await copy(source, target)).toMatchObject({ added: 0, alreadyThere: LENGTH, equal: true });
  }, 120_000);

  it('ends with code 1 and the first event that differs where the target holds another history', async () => {
    const other = join(folder, 'other.db');
    const store = await openSqliteEventStore({ file: other });
    await writeHistory(store, 10, 'another');
    await store.close();
    const { code } = await throughcare(folder, ['copy', '--from', source, '--to', other]);
    expect(code).toBe(1);
  }, 60_000);
});

describeUnless('leftOut' in server ? server.leftOut : undefined, 'A copy into EventStoreDB', () => {
  it('that is killed half-way goes on where it ended, and comes back into an embedded store the same', async () => {
    if ('leftOut' in server) throw new Error(server.leftOut);
    const { connectionString } = server;
    await killedHalfWay(source, connectionString, () => openEventStoreDb({ connectionString }));
    const copied = await copy(source, connectionString);
    expectWhole(copied);
    expect(await copy(source, connectionString)).toMatchObject({ added: 0, equal: true });
    const back = await copy(connectionString, join(folder, 'back.db'));
    expect(back.checksums).toEqual(copied.checksums);
    expect(back.events).toBe(LENGTH);
  }, 180_000);
});

function expectWhole(copied: Answer): void {
  expect(copied).toMatchObject({ events: LENGTH, equal: true });
  expect(copied.alreadyThere).toBeGreaterThan(0);
  expect(copied.added).toBeGreaterThan(0);
  expect(copied.added + copied.alreadyThere).toBe(LENGTH);
}
