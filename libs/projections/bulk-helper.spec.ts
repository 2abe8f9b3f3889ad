import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore } from '#event-store';
import type { BulkLog } from './bulk.js';
import { withDearParts } from './testing/dear-parts.js';
import { appendSamples, buildIn, inDirectory } from './testing/harness.js';
import { sampleTables, type Sample } from './testing/sample.js';
import type { SampleSetup } from './testing/setup.js';
import { contentsOf, onEachStore, type World } from './testing/stores.js';

/** Named as generations are, so that what is left of a build is swept. */
const [ALONE, TOGETHER] = ['00000000000000a0', '00000000000000b0'];

const samples = Array.from({ length: 120 }, (_, i): Sample => {
  const place = { person: `p${i % 23}`, stream: `journey-${i % 23}`, day: i % 9 };
  return i % 11 === 10
    ? { ...place, type: 'Closed', data: { item: 'a' } }
    : { ...place, type: 'Noted', data: { item: 'abc'[i % 3]!, amount: 1 + (i % 13) } };
});

interface Log {
  readonly store: EventStore;
  readonly setup: SampleSetup;
  /** Where spools lie. */
  readonly directory: string;
}

const inLog = (work: (log: Log) => Promise<void>) =>
  inDirectory(async (directory) => {
    const log = join(directory, 'log.db');
    const store = await openSqliteEventStore({ file: log });
    try {
      await appendSamples(store, samples);
      await work({ store, directory, setup: { log, crashWhile: join(directory, 'crash') } });
    } finally {
      await store.close();
    }
  });

const helperOf = (options: SampleSetup) => ({ module: new URL('./testing/setup.ts', import.meta.url), options, leastEvents: 1 });

/** As the embedded store gives its parts, and as a cluster does. */
const logs: readonly (readonly [string, (store: EventStore) => BulkLog])[] = [
  ['of cheap parts', (store) => store],
  ['of dear parts', (store) => withDearParts(store)],
];

describe('a second thread of a bulk build', () => onEachStore((inWorld) => {
  const left = async ({ names, place }: World, { directory }: Log) => ({
    generations: await names(),
    files: [directory, ...('directory' in place ? [place.directory] : [])].flatMap((at) => readdirSync(at))
      .filter((name) => /helper|spool/.test(name)),
  });

  it.each(logs)('changes nothing in what is built of a log %s, and leaves nothing behind', (_, logOf) => inWorld((world) => inLog(async (log) => {
    const { generations } = world;
    const { setup, store, directory } = log;
    await buildIn(generations, ALONE, { reader: store });
    const { events, parts } = await buildIn(generations, TOGETHER, {
      reader: logOf(store), eventsPerPart: 2, helper: helperOf(setup), spoolIn: directory,
    });
    expect({ events, parts }).toEqual({ events: 120, parts: 64 });
    expect(await contentsOf(world, TOGETHER, sampleTables)).toEqual(await contentsOf(world, ALONE, sampleTables));
    expect(await left(world, log)).toEqual({ generations: [ALONE, TOGETHER], files: [] });
  }))());

  it.each(logs)('fails the build of a log %s where it fails itself', (_, logOf) => inWorld((world) => inLog(async (log) => {
    const { generations } = world;
    const { setup, store, directory } = log;
    writeFileSync(setup.crashWhile!, '');
    const building = buildIn(generations, TOGETHER, {
      reader: logOf(store), eventsPerPart: 2, helper: helperOf(setup), spoolIn: directory,
    });
    await expect(building).rejects.toThrow('a crash that was asked for');
    await generations.sweep([]);
    expect(await left(world, log)).toEqual({ generations: [], files: [] });
  }))());

  it.each(logs)('ends with a build of a log %s that is no longer wanted, wherever that is', (_, logOf) => inWorld((world) => inLog(async (log) => {
    const { generations } = world;
    const { setup, store, directory } = log;
    for (const at of [1, 40, 120]) {
      const ending = new AbortController();
      const building = buildIn(generations, `${TOGETHER}-${at}`, {
        reader: logOf(store), eventsPerPart: 2, helper: helperOf(setup), spoolIn: directory, signal: ending.signal,
        onProgress: ({ doing, events }) => {
          if (doing === 'building' && events >= at) ending.abort(new Error('no longer wanted'));
        },
      });
      // With the last event there may be nothing left to give up.
      if (at < 120) await expect(building).rejects.toThrow('no longer wanted');
      else await building.catch(() => undefined);
    }
    await generations.sweep([]);
    expect(await left(world, log)).toEqual({ generations: [], files: [] });
  }))());
}));
