import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openMemoryEventStore } from '#event-store';
import { allEvents, appendSamples, build, contents, inDirectory, openLive } from './testing/harness.js';
import type { Sample } from './testing/sample.js';

const noted = (person: string, amount: number, day: number): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

describe('a batch', () => {
  it('is taken whole or not at all, and a second attempt ends as if the first had not been', () =>
    inDirectory(async (directory) => {
      const store = openMemoryEventStore();
      await appendSamples(store, [noted('p1', 1, 1), noted('p2', 2, 1), noted('p1', 3, 2), noted('p2', 13, 3)]);
      const [path, whole] = [join(directory, 'live'), join(directory, 'whole')];
      await build({ path: whole, reader: store });
      await build({ path, reader: store, toOrdinal: 1 });
      const { db, live } = openLive(path, store);
      const before = contents(path);
      const events = await allEvents(store);
      db.database.exec("CREATE TEMP TRIGGER full BEFORE UPDATE ON main.checkpoint BEGIN SELECT RAISE(ABORT, 'disk full'); END");
      await expect(live.apply(events)).rejects.toThrow('disk full');
      expect(contents(path)).toEqual(before);
      expect(live.checkpoint.ordinal).toBe(1);
      db.database.exec('DROP TRIGGER full');
      await live.apply(events);
      db.close();
      expect(contents(path)).toEqual(contents(whole));
    }));

  it('reads from the log only the streams of people whose events are not in memory', () =>
    inDirectory(async (directory) => {
      const store = openMemoryEventStore();
      await appendSamples(store, [noted('p1', 1, 1), noted('p2', 2, 1), noted('p3', 3, 1)]);
      const path = join(directory, 'live');
      await build({ path, reader: store, toOrdinal: 3 });
      const read: string[] = [];
      const { db, live } = openLive(path, {
        ...store, readStream: (stream, options) => (read.push(stream), store.readStream(stream, options)),
      });
      for (const [i, person] of ['p1', 'p1', 'p4', 'p4', 'p2'].entries()) {
        await appendSamples(store, [noted(person, 4, 2)], 4 + i);
        await live.apply((await allEvents(store)).slice(3 + i));
      }
      expect(read).toEqual(['journey-p1', 'journey-p2']);
      db.close();
    }));
});
