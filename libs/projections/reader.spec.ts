import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { asKnown } from './sql.js';
import { incompleteSubjects, ReadModelReader, ReadModelsNotReadyError, type Rows } from './reader.js';
import { rebuild } from './rebuild.js';
import { sqliteGenerations } from './sqlite/generations.js';
import { allEvents, appendSamples, inDirectory } from './testing/harness.js';
import { facts, sampleEvent, sampleModels, sampleRegistry, type Sample } from './testing/sample.js';

const noted = (amount: number, day: number): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person: 'p1', stream: 'journey-1', day,
});

describe('reading the read models', () => {
  let store: EventStore;
  beforeEach(() => {
    store = openMemoryEventStore();
  });
  const build = (directory: string) =>
    rebuild({ directory, reader: store, registry: sampleRegistry, readModels: sampleModels, serve: true });

  it('says that nothing is ready before the first build', () =>
    inDirectory(async (directory) => {
      const reader = new ReadModelReader({ directory, log: store });
      await expect(reader.withFreshness((rows) => rows.all('SELECT * FROM total'))).rejects.toThrow(ReadModelsNotReadyError);
      await build(directory);
      expect(await reader.all('SELECT * FROM total')).toEqual([]);
      expect((await reader.withFreshness(async () => 0)).freshness).toEqual({
        position: undefined, ordinal: 0, asOf: undefined, eventsBehind: 0, status: 'live', incomplete: 0,
      });
      await reader.close();
    }));

  it('moves to the next generation by itself, and until then says since when something is missing', () =>
    inDirectory(async (directory) => {
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      expect(await reader.all('SELECT * FROM total')).toEqual([]);
      await appendSamples(store, [noted(1, 1)]);
      expect((await reader.withFreshness(async () => 0)).freshness.eventsBehind).toBe(1);
      await appendSamples(store, [noted(2, 2)], 2);
      const [first, second] = await allEvents(store);
      expect(first!.recordedAt).not.toBe(second!.recordedAt);
      expect((await reader.withFreshness(async () => 0)).freshness).toMatchObject({ eventsBehind: 2, behindSince: first!.recordedAt });
      await build(directory);
      expect(await reader.get('SELECT sum FROM total')).toEqual({ sum: 2 });
      expect((await reader.withFreshness(async () => 0)).freshness).not.toHaveProperty('behindSince');
      await reader.close();
    }));

  it('says whose rows are behind, and where they stand still', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted(1, 1), noted(13, 2)]);
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      expect(await incompleteSubjects(reader, 'trails')).toMatchObject([{ subject: 'p1', ordinal: 2, error: '13 is not counted' }]);
      expect(await incompleteSubjects(reader, 'totals')).toEqual([]);
      expect((await reader.withFreshness(async () => 0)).freshness).toMatchObject({ status: 'live', incomplete: 1 });
      expect((await reader.withFreshness(async () => 0, ['totals'])).freshness.incomplete).toBe(0);
      const files = sqliteGenerations(directory);
      const generation = await files.open((await files.current())!);
      await generation.saveStopped('an event that this release does not know');
      await generation.close();
      await appendSamples(store, [noted(2, 3)], 3);
      expect((await reader.withFreshness(async () => 0)).freshness).toMatchObject({ status: 'stopped', eventsBehind: 1 });
      await reader.close();
    }));

  it('gives each of two answers asked for together its own moment', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted(1, 1)]);
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      const sums = async (rows: Rows) => [await rows.get('SELECT sum FROM total'), await rows.get('SELECT sum FROM total')];
      const first = reader.withFreshness(async (rows) => {
        const before = await sums(rows);
        await appendSamples(store, [noted(2, 2)], 2);
        await build(directory);
        return [...before, ...(await sums(rows))];
      });
      const second = reader.withFreshness(sums);
      const third = reader.get('SELECT sum FROM total');
      expect((await first).value).toEqual([{ sum: 1 }, { sum: 1 }, { sum: 1 }, { sum: 1 }]);
      expect((await second).value).toEqual([{ sum: 2 }, { sum: 2 }]);
      expect(await third).toEqual({ sum: 2 });
      await reader.close();
    }));

  it('goes on after an answer that failed', () =>
    inDirectory(async (directory) => {
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      await expect(reader.withFreshness((rows) => rows.all('SELECT * FROM nowhere'))).rejects.toThrow('no such table');
      expect((await reader.withFreshness((rows) => rows.all('SELECT * FROM total'))).value).toEqual([]);
      await reader.close();
    }));

  it('refuses a read inside an answer that does not use the rows of it, which would wait for itself', () =>
    inDirectory(async (directory) => {
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      await expect(reader.withFreshness(() => reader.all('SELECT * FROM total'))).rejects.toThrow('inside an answer');
      expect(await reader.all('SELECT * FROM total')).toEqual([]);
      await reader.close();
    }));

  it('gives figures as they were known at any event', () =>
    inDirectory(async (directory) => {
      // The third entry is late: from then on the day's figure is another, before it was not known.
      await appendSamples(store, [noted(1, 1), noted(2, 5), noted(7, 3), { ...noted(0, 9), type: 'Closed' }]);
      await build(directory);
      const reader = new ReadModelReader({ directory, log: store });
      const known = async (ordinal: number) =>
        (await reader.all<{ amount: number }>(`SELECT amount FROM ${asKnown(facts.tables[0]!)}`, { ordinal })).map(({ amount }) => amount);
      expect(await Promise.all([0, 1, 2, 3, 4].map(known))).toEqual([[], [1], [2], [2], []]);
      await reader.close();
    }));

  it('finds the last event that was known at a moment, clocks that go back included', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: -1, max: 51 }),
        (seconds, at) =>
          inDirectory(async (directory) => {
            const log = openMemoryEventStore();
            const moment = (second: number) => new Date(Date.UTC(2011, 0, 1) + second * 1000).toISOString();
            for (const [i, second] of seconds.entries()) {
              await log.append('journey-1', 'any', [{ ...sampleEvent(i + 1, noted(1, i)), occurredAt: moment(i), recordedAt: moment(second) }]);
            }
            await rebuild({ directory, reader: log, registry: sampleRegistry, readModels: sampleModels, serve: true });
            const reader = new ReadModelReader({ directory, log });
            const late = seconds.findIndex((second) => second > at);
            expect(await reader.ordinalAt(moment(at))).toBe(late < 0 ? seconds.length : late);
            await reader.close();
          }),
      ),
      { numRuns: 10 },
    ));

  it('finds it across thousands of events by reading a thousand at most', () =>
    inDirectory(async (directory) => {
      const moment = (n: number) => new Date(Date.UTC(2011, 0, 1) + n * 1000).toISOString();
      const events = Array.from({ length: 3500 }, (_, i) => ({ ...sampleEvent(i + 1, noted(1, 1)), recordedAt: moment(i + 1) }));
      for (let i = 0; i < events.length; i += 500) await store.append(`journey-${i}`, 'any', events.slice(i, i + 500));
      await build(directory);
      let read = 0;
      const log: EventStore = {
        ...store,
        readAll: async (options) => {
          const page = await store.readAll(options);
          read += page.events.length;
          return page;
        },
      };
      const reader = new ReadModelReader({ directory, log });
      expect(await reader.ordinalAt(moment(2718))).toBe(2718);
      expect(await reader.ordinalAt(moment(3000))).toBe(3000);
      expect(await reader.ordinalAt(moment(99_999))).toBe(3500);
      expect(read).toBeLessThanOrEqual(2000);
      await reader.close();
    }));
});
