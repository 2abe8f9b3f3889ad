import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from '@jest/globals';
import { anEvent } from '../contract/events.js';
import { readOn } from '../contract/harness.js';
import { newMemoryLog, openMemoryEventStore } from '../memory/memory-store.js';
import { StoreUnavailableError, type EventStore } from '../port.js';
import { openSqliteEventStore } from '../sqlite/sqlite-store.js';
import { copyLog } from './copy-log.js';
import { writeHistory } from './history.js';

const directory = mkdtempSync(join(tmpdir(), 'throughcare-copy-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;
const newFile = () => join(directory, `${++files}.db`);
const LENGTH = 1_200;

const bodies = (file: string): unknown[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT ordinal, body FROM events ORDER BY ordinal').all();
  db.close();
  return rows;
};

/** A store whose appends fail after the first `good`, as where the disk is full. */
function failingAfter(good: number, store: EventStore): EventStore {
  let calls = 0;
  return {
    ...store,
    append: async (...given) => {
      if (++calls > good) throw new StoreUnavailableError('the disk is full');
      return store.append(...given);
    },
  };
}

describe('a history copied to another store', () => {
  it('is the same to the last byte, there and back, with its order, its revisions and both its times', async () => {
    const [first, second] = [newFile(), newFile()];
    const source = await openSqliteEventStore({ file: first });
    await writeHistory(source, LENGTH);
    const between = openMemoryEventStore();
    const target = await openSqliteEventStore({ file: second });

    const there = await copyLog(source, between);
    const back = await copyLog(between, target);

    expect(there).toMatchObject({ events: LENGTH, added: LENGTH, alreadyThere: 0 });
    expect(there.checksums.to).toBe(there.checksums.from);
    expect(back.checksums).toEqual(there.checksums);
    expect(await readOn(target, { limit: 1000 })).toEqual(await readOn(source, { limit: 1000 }));
    await Promise.all([source.close(), target.close()]);
    expect(bodies(second)).toEqual(bodies(first));
    expect(bodies(second)).toHaveLength(LENGTH);
  });

  it('is already there when it is copied again, and nothing is added', async () => {
    const [source, target] = [openMemoryEventStore(), openMemoryEventStore()];
    await writeHistory(source, 300);
    const first = await copyLog(source, target);
    expect(await copyLog(source, target)).toEqual({ ...first, added: 0, alreadyThere: 300 });
  });

  it('goes on where it ended when the target failed half-way', async () => {
    const [source, target] = [openMemoryEventStore(), openMemoryEventStore()];
    await writeHistory(source, LENGTH);
    await expect(copyLog(source, failingAfter(400, target))).rejects.toThrow('the disk is full');
    const there = (await target.head()).ordinal!;
    expect(there).toBeGreaterThan(0);
    const copied = await copyLog(source, target);
    expect(copied).toMatchObject({ events: LENGTH, alreadyThere: there, added: LENGTH - there });
    expect(copied.checksums.to).toBe(copied.checksums.from);
  });

  it('takes what was added to the source since the last copy, and no more than it held at the start', async () => {
    const [source, target] = [openMemoryEventStore(), openMemoryEventStore()];
    await writeHistory(source, 200);
    await copyLog(source, target);
    await writeHistory(source, 100, 'later');
    let late = 0;
    const busy = { ...source, readAll: async (...given: Parameters<EventStore['readAll']>) => {
      if (late++ === 0) await writeHistory(source, 50, 'while it runs');
      return source.readAll(...given);
    } };
    expect(await copyLog(busy, target)).toMatchObject({ events: 300, added: 100, alreadyThere: 200 });
    expect(await copyLog(source, target)).toMatchObject({ events: 350, added: 50 });
  });

  it('is not added to a store that holds another history: the first event that differs is named', async () => {
    const [source, other, longer] = [openMemoryEventStore(), openMemoryEventStore(), openMemoryEventStore()];
    for (const store of [source, other, longer]) await writeHistory(store, 100);
    await writeHistory(source, 20, 'more');
    await other.append('journey-other', 'none', [anEvent()]);
    await expect(copyLog(source, other)).rejects.toThrow(/another history: event 101 is contractChecked/);
    expect(await other.head()).toMatchObject({ ordinal: 101 });
    await writeHistory(longer, 21, 'more');
    await expect(copyLog(source, longer)).rejects.toThrow(/event 12[01] /);
  });

  it('is not taken for equal where only the time of recording differs', async () => {
    const logs = [newMemoryLog(), newMemoryLog()];
    const [source, target] = logs.map((log) => openMemoryEventStore(log)) as [EventStore, EventStore];
    const event = anEvent();
    await source.append('journey-1', 'none', [event]);
    await target.append('journey-1', 'none', [{ ...event, recordedAt: '2012-01-01T00:00:00.000Z' }]);
    await expect(copyLog(source, target)).rejects.toMatchObject({ ordinal: 1 });
  });

  it('of nothing is nothing', async () => {
    expect(await copyLog(openMemoryEventStore(), openMemoryEventStore())).toMatchObject({ events: 0, added: 0 });
  });
});
