import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { appendSamples, build, contents, inDirectory, sqliteFile } from './testing/harness.js';
import type { Sample } from './testing/sample.js';
import type { SampleSetup } from './testing/setup.js';

const samples = Array.from({ length: 120 }, (_, i): Sample => {
  const place = { person: `p${i % 23}`, stream: `journey-${i % 23}`, day: i % 9 };
  return i % 11 === 10
    ? { ...place, type: 'Closed', data: { item: 'a' } }
    : { ...place, type: 'Noted', data: { item: 'abc'[i % 3]!, amount: 1 + (i % 13) } };
});

const inLog = (work: (store: EventStore, directory: string, setup: SampleSetup) => Promise<void>) => () =>
  inDirectory(async (directory) => {
    const log = join(directory, 'log.db');
    const store = await openSqliteEventStore({ file: log });
    try {
      await appendSamples(store, samples);
      await work(store, directory, { log, crashWhile: join(directory, 'crash') });
    } finally {
      await store.close();
    }
  });

const helperOf = (options: SampleSetup) => ({ module: new URL('./testing/setup.ts', import.meta.url), options, leastEvents: 1 });

describe('a second thread of a bulk build', () => {
  it('changes nothing in what is built, and leaves nothing behind', inLog(async (reader, directory, setup) => {
    const [alone, together] = [join(directory, 'alone'), join(directory, 'together')];
    await build({ into: sqliteFile(alone), reader });
    const { events, parts } = await build({ into: sqliteFile(together), reader, eventsPerPart: 2, helper: helperOf(setup) });
    expect({ events, parts }).toEqual({ events: 120, parts: 64 });
    expect(contents(together)).toEqual(contents(alone));
    expect(readdirSync(directory).filter((name) => name.includes('helper'))).toEqual([]);
  }));

  it('fails the build where it fails itself', inLog(async (reader, directory, setup) => {
    writeFileSync(setup.crashWhile!, '');
    const path = join(directory, 'together');
    await expect(build({ into: sqliteFile(path), reader, eventsPerPart: 2, helper: helperOf(setup) })).rejects.toThrow('a crash that was asked for');
    expect(readdirSync(directory).filter((name) => name.includes('helper'))).toEqual([]);
  }));
});
