import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { asGiven, anEvent, idsOf, messages } from '../contract/events.js';
import { deliveredUntil } from '../contract/harness.js';
import { StoreUnavailableError, type EventReader } from '../port.js';
import { LOG_FORMAT, NewerFormatError, StoreLockedError } from './format.js';
import { openSqliteEventStore } from './sqlite-store.js';

let directory: string;
let file: string;
const open: EventReader[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-sqlite-'));
  file = join(directory, 'log.db');
});

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  rmSync(directory, { recursive: true });
});

async function opened(): Promise<Awaited<ReturnType<typeof openSqliteEventStore>>>;
async function opened(readOnly: true): Promise<EventReader>;
async function opened(readOnly?: true) {
  const store = await (readOnly ? openSqliteEventStore({ file, readOnly }) : openSqliteEventStore({ file }));
  open.push(store);
  return store;
}

describe('the log in SQLite', () => {
  it('is empty when it is new', async () => {
    const store = await opened();
    expect(await store.head()).toEqual({ ordinal: 0 });
    expect(await store.readAll({ limit: 10 })).toEqual({ events: [], next: undefined, atHead: true });
  });

  it('delivers the first events of an empty log to a reader who waited', async () => {
    const store = await opened();
    const m = messages();
    const delivered = deliveredUntil(store, m(10)[0]!.eventId);
    await store.append(m.stream, 'none', m(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    expect((await delivered).map((event) => event.ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('numbers events without gaps, also after refusals; the position is the ordinal', async () => {
    const store = await opened();
    const m = messages();
    await store.append(m.stream, 'none', m(1));
    await expect(store.append(m.stream, 'none', m(2))).rejects.toThrow();
    expect(await store.append(m.stream, 0, m(3))).toEqual({ revision: 1, position: '2', repeated: false });
    expect(await store.readStream(m.stream)).toMatchObject([
      { ordinal: 1, position: '1' },
      { ordinal: 2, position: '2' },
    ]);
  });

  it('stores each event as canonical JSON with its stream and revision, for the ledger to hash', async () => {
    const store = await opened();
    const m = messages();
    const event = anEvent({ data: { b: [1.5, { z: 1, a: '\u0000' }], 10: 1, 9: 2 } });
    await store.append(m.stream, 'none', [event, anEvent()]);
    const db = new DatabaseSync(file, { readOnly: true });
    const row = db.prepare('SELECT body FROM events WHERE ordinal = 1').get();
    db.close();
    expect(row?.['body']).toBe(canonicalize({ ...event, stream: m.stream, revision: 0 }));
  });

  it('refuses a second writer and lets readers in', async () => {
    const store = await opened();
    await expect(opened()).rejects.toThrow(StoreLockedError);
    const m = messages();
    await store.append(m.stream, 'none', m(1));
    const reader = await opened(true);
    expect((await reader.readStream(m.stream)).map(asGiven)).toEqual(m(1));
    await store.close();
    expect((await reader.readStream(m.stream)).map(asGiven)).toEqual(m(1));
    await expect((await opened()).append(m.stream, 0, m(2))).resolves.toMatchObject({ revision: 1 });
  });

  it('refuses data of a newer release, for writing and for reading', async () => {
    await (await opened()).close();
    const db = new DatabaseSync(file);
    db.exec(`PRAGMA user_version = ${LOG_FORMAT + 1}`);
    db.close();
    await expect(opened()).rejects.toThrow(NewerFormatError);
    await expect(opened(true)).rejects.toMatchObject({ format: LOG_FORMAT + 1, file });
  });

  it('refuses a file that is something else, and a reader where there is nothing', async () => {
    await expect(opened(true)).rejects.toThrow(`there is no event log at ${file}`);
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE notes (text TEXT)');
    db.close();
    await expect(opened()).rejects.toThrow('is not an event log');
    writeFileSync(file, 'not a database at all, but long enough to be taken for one'.repeat(100));
    await expect(opened()).rejects.toThrow();
  });

  it('answers appends under way before it closes, and refuses later ones', async () => {
    const store = await opened();
    const m = messages();
    const appends = [store.append(m.stream, 'any', m(1)), store.append(m.stream, 'any', m(2))];
    await Promise.all([store.close(), store.close()]);
    expect(await Promise.all(appends)).toMatchObject([{ revision: 0 }, { revision: 1 }]);
    await expect(store.append(m.stream, 'any', m(3))).rejects.toThrow(StoreUnavailableError);
    expect(idsOf(await (await opened(true)).readStream(m.stream))).toEqual(idsOf(m(1, 2)));
  });

  it('ends the subscriptions of a store that is closed', async () => {
    const store = await opened();
    const ended = (async () => {
      for await (const _ of store.subscribe({ signal: new AbortController().signal }));
      return 'ended';
    })();
    await store.close();
    expect(await ended).toBe('ended');
  });

  it('finds its head again after more streams than it remembers', async () => {
    const store = await opened();
    const streams = Array.from({ length: 5200 }, () => messages());
    await Promise.all(streams.map((m) => store.append(m.stream, 'none', m(1))));
    await Promise.all(
      streams.map(async (m) => {
        await expect(store.append(m.stream, 0, m(1))).rejects.toMatchObject({ actual: 0 });
        expect(await store.append(m.stream, 'none', m(1))).toMatchObject({ repeated: true });
        expect(await store.append(m.stream, 0, m(2))).toMatchObject({ revision: 1 });
      }),
    );
    expect(await store.head()).toMatchObject({ ordinal: 10_400 });
  }, 60_000);
});
