import { fstatSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openMemoryEventStore } from '#event-store';
import type { RecordedEvent } from '#kernel';
import type { Progress } from '../bulk.js';
import { allEvents, appendSamples, build, contents, inDirectory, sqliteFile } from '../testing/harness.js';
import { withDearParts } from '../testing/dear-parts.js';
import type { Sample } from '../testing/sample.js';
import { Spool } from './spool.js';
import { SPOOLED_PARTS } from './spool-file.js';

const noted = (n: number, people: number, item = 'abc'[n % 3]!): Sample => ({
  type: 'Noted', data: { item, amount: 1 + (n % 12) }, person: `p${n % people}`, stream: `journey-${n % people}`, day: n % 9,
});

async function logOf(length: number, people: number) {
  const store = openMemoryEventStore();
  await appendSamples(store, Array.from({ length }, (_, n) => noted(n, people)));
  return store;
}

const eventsOf = (spool: Spool, index: number, of: number): readonly RecordedEvent[] => [...spool.events(index, of)].flat();

describe('a log whose parts are dear', () => {
  it('is read once, however many parts it is built in, and gives the same rows', () => inDirectory(async (directory) => {
    const store = await logOf(4_000, 700);
    const reader = withDearParts(store);
    await build({ into: sqliteFile(`${directory}/whole`), reader: { ...store, partsAreCheap: true } });
    const { events, parts } = await build({ into: sqliteFile(`${directory}/spooled`), reader, eventsPerPart: 8 });
    expect({ events, parts }).toEqual({ events: 4_000, parts: 512 });
    expect(reader.readings.events).toBe(4_000);
    expect(reader.readings.asked.filter(({ part }) => part)).toEqual([]);
    expect(contents(`${directory}/spooled`)).toEqual(contents(`${directory}/whole`));
  }));

  it('is held in memory one part at a time: in 512 parts no part has more than a fiftieth of it', () => inDirectory(async (directory) => {
    const spool = await Spool.fill({ reader: await logOf(4_000, 700), directory });
    const parts = Array.from({ length: 512 }, (_, index) => eventsOf(spool, index, 512).length);
    expect(Math.max(...parts)).toBeLessThan(80);
    expect(parts.reduce((sum, part) => sum + part)).toBe(4_000);
    spool.close();
  }));

  it('tells how far it is, first of reading and then of building', () => inDirectory(async (directory) => {
    const told: Progress[] = [];
    const reader = withDearParts(await logOf(2_500, 300));
    await build({ into: sqliteFile(`${directory}/rows`), reader, eventsPerPart: 100, onProgress: (at) => told.push(at) });
    const [reading, building] = [told.filter(({ doing }) => doing === 'reading'), told.filter(({ doing }) => doing === 'building')];
    expect(told).toEqual([...reading, ...building]);
    expect(reading.map(({ events, total }) => [events, total])).toEqual([[1_000, undefined], [2_000, undefined], [2_500, undefined]]);
    expect(building.length).toBeGreaterThan(10);
    expect(building.at(-1)).toMatchObject({ events: 2_500, total: 2_500 });
    expect(building.map(({ events }) => events)).toEqual(building.map(({ events }) => events).toSorted((a, b) => a - b));
  }));
});

describe('what was read of a log', () => {
  it('comes back as it was, in order, whatever it says and however long it is', () => inDirectory(async (directory) => {
    const store = openMemoryEventStore();
    const words = ['a', 'é', '語', '🙂', '"\\\n\t,][', 'x'.repeat(20_000), '語'.repeat(7_000), 'é'.repeat(8_190)];
    await appendSamples(store, Array.from({ length: 400 }, (_, n) => noted(n, 5, words[n % words.length]!)));
    const events = await allEvents(store);
    const spool = await Spool.fill({ reader: store, directory });
    expect(spool.total).toBe(400);
    expect(spool.end).toEqual({ position: events.at(-1)!.position, ordinal: 400 });
    for (const many of [1, 4, SPOOLED_PARTS]) {
      const parts = Array.from({ length: many }, (_, index) => eventsOf(spool, index, many));
      for (const person of ['p0', 'p1', 'p2', 'p3', 'p4']) {
        const theirs = (part: readonly RecordedEvent[]) => part.filter((event) => event.person === person);
        const holding = parts.map(theirs).filter((part) => part.length > 0);
        expect(holding).toEqual([theirs(events)]);
      }
    }
    spool.close();
  }));

  it('ends at the event that it was wanted to', () => inDirectory(async (directory) => {
    const store = await logOf(1_500, 40);
    const spool = await Spool.fill({ reader: store, directory, toOrdinal: 1_200 });
    expect([spool.total, eventsOf(spool, 0, 1).length]).toEqual([1_200, 1_200]);
    spool.close();
    const empty = await Spool.fill({ reader: openMemoryEventStore(), directory });
    expect([empty.total, eventsOf(empty, 0, 1).length]).toEqual([0, 0]);
    empty.close();
  }));

  it('lies in a file without a name that nobody else may open, so that a process that is killed leaves nothing', () => inDirectory(async (directory) => {
    const store = await logOf(3_000, 40);
    const names: string[][] = [];
    const spool = await Spool.fill({ reader: store, directory, onRead: () => names.push(readdirSync(directory)) });
    expect(names).toEqual([[], [], []]);
    const { mode, nlink, size } = fstatSync(spool.shared.map.fd);
    expect({ mode: mode & 0o777, nlink, isWritten: size > 1_000_000 }).toEqual({ mode: 0o600, nlink: 0, isWritten: true });
    spool.close();
    expect(() => fstatSync(spool.shared.map.fd)).toThrow('EBADF');
  }));

  it('is given back where reading fails, and where it is no longer wanted', () => inDirectory(async (directory) => {
    const store = await logOf(3_000, 40);
    const open = () => readdirSync('/dev/fd').length;
    const before = open();
    const failing = withDearParts(store, ({ asked }) => {
      if (asked.length === 2) throw new Error('connection lost');
    });
    await expect(Spool.fill({ reader: failing, directory })).rejects.toThrow('connection lost');
    const ending = new AbortController();
    const onRead = () => ending.abort(new Error('no longer wanted'));
    await expect(Spool.fill({ reader: store, directory, signal: ending.signal, onRead })).rejects.toThrow('no longer wanted');
    expect(open()).toBe(before);
    expect(readdirSync(directory)).toEqual([]);
  }));
});
