import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventRegistry } from '#kernel';
import { openMemoryEventStore, type EventReader, type EventStore } from '#event-store';
import type { ReadModel } from './definition.js';
import type { ProjectionMessage } from './messages.js';
import { ReadModelReader } from './reader.js';
import { ProjectionRunner, type RunnerOptions } from './runner.js';
import { ProjectorBusyError } from './sqlite/files.js';
import { appendSamples, contents, inDirectory } from './testing/harness.js';
import { facts, sampleEvents, sampleModels, sampleRegistry, totals, trails, type Sample } from './testing/sample.js';

const noted = (person: string, amount: number, day = 1): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 1000 && !condition(); i++) await sleep(5);
  expect(condition()).toBe(true);
};

describe('the projection runner', () => {
  let store: EventStore;
  let messages: ProjectionMessage[];
  const running: ProjectionRunner[] = [];
  beforeEach(() => {
    store = openMemoryEventStore();
    messages = [];
  });
  afterEach(async () => {
    for (const runner of running.splice(0)) await runner.stop();
  });

  const start = async (directory: string, options: Partial<RunnerOptions> = {}): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner({
      directory, reader: store, registry: sampleRegistry, readModels: sampleModels, keepOldMs: 0,
      onMessage: (message) => messages.push(message), ...options,
    });
    await runner.start();
    running.push(runner);
    return runner;
  };
  const stop = async (runner: ProjectionRunner) => {
    running.splice(running.indexOf(runner), 1);
    await runner.stop();
  };
  const at = (runner: ProjectionRunner, ordinal: number) =>
    until(() => runner.status().some((status) => status.served && status.ordinal === ordinal));

  it('builds from an empty directory, then follows what is written, and says how far it is', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
      const runner = await start(directory);
      await at(runner, 2);
      await appendSamples(store, [noted('p1', 5, 2)], 3);
      await at(runner, 3);
      const reader = new ReadModelReader({ directory, log: store });
      const { value, freshness } = await reader.withFreshness((rows) =>
        rows.get<{ sum: number }>('SELECT sum FROM total WHERE subject = :subject', { subject: 'p1' }),
      );
      expect(value?.sum).toBe(5);
      expect(freshness).toMatchObject({ ordinal: 3, position: '3', eventsBehind: 0, status: 'live', incomplete: 0 });
      expect(messages.map(({ kind }) => kind)).toContain('served');
      expect(messages.findLast(({ kind }) => kind === 'advanced')).toMatchObject({
        served: true, ordinal: 3, subjects: ['p1'], tables: expect.arrayContaining(['fact', 'total', 'trail']),
      });
      reader.close();
    }));

  it('goes on from its checkpoint after a restart and reads nothing before it again', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1), noted('p1', 2, 2)]);
      const first = await start(directory);
      await at(first, 2);
      await stop(first);
      await appendSamples(store, [noted('p2', 3, 3)], 3);
      const asked: (string | undefined)[] = [];
      const reader: EventReader = { ...store, subscribe: (options) => (asked.push(options.after), store.subscribe(options)) };
      await at(await start(directory, { reader }), 3);
      expect(asked).toEqual(['2']);
    }));

  it('builds a changed read model beside the old generation, which stays up to date until the pointer moves', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1)]);
      const first = await start(directory, { readModels: [facts, totals] as ReadModel[] });
      await at(first, 1);
      await stop(first);
      const [oldFile] = readdirSync(directory).filter((file) => file.endsWith('.db'));

      // The build waits here, as one of millions of events would.
      let goOn = (): void => undefined;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      const reader: EventReader = {
        ...store,
        readAll: async (options) => {
          await gate;
          return store.readAll(options);
        },
      };
      const doubled = { ...totals, version: 2, rows: (state, subject) => {
        const [row] = totals.rows(state, subject)['total']!;
        return { total: [{ ...row, sum: Number(row!['sum']) * 2 }] };
      } } as typeof totals;
      const second = await start(directory, {
        reader, readModels: [facts, doubled] as ReadModel[], previous: [totals] as ReadModel[],
      });
      const rows = new ReadModelReader({ directory, log: store });
      const sum = () => rows.get<{ sum: number }>("SELECT sum FROM total WHERE subject = 'p1'")?.sum;
      await appendSamples(store, [noted('p1', 4, 2)], 2);
      await at(second, 2);
      expect(sum()).toBe(4);
      goOn();
      await until(() => sum() === 8);
      await until(() => !existsSync(join(directory, oldFile!)));
      expect(second.status()).toMatchObject([{ served: true, state: 'live', ordinal: 2 }]);
      await appendSamples(store, [noted('p1', 5, 3)], 3);
      await until(() => sum() === 10);
      rows.close();
    }));

  it('stops at an event that this release does not know, keeps what came before, and goes on once it is known', () =>
    inDirectory(async (directory) => {
      const registry = new EventRegistry(sampleEvents.filter(({ type }) => type !== 'Remarked'));
      await appendSamples(store, [noted('p1', 1)]);
      const first = await start(directory, { registry });
      await at(first, 1);
      await appendSamples(store, [noted('p1', 2, 2), { type: 'Remarked', data: {}, person: 'p1', stream: 'journey-p1', day: 3 }], 2);
      await until(() => first.status()[0]?.state === 'stopped');
      expect(first.status()).toMatchObject([{ served: true, ordinal: 2, problem: expect.stringContaining('Remarked') }]);
      const rows = new ReadModelReader({ directory, log: store });
      const stopped = await rows.withFreshness((read) => read.get('SELECT sum FROM total'));
      expect(stopped).toMatchObject({ value: { sum: 2 }, freshness: { status: 'stopped', eventsBehind: 1 } });
      await stop(first);
      await at(await start(directory), 3);
      expect(await rows.withFreshness(() => 0)).toMatchObject({ freshness: { status: 'live', eventsBehind: 0 } });
      rows.close();
    }));

  it('keeps everyone else moving when one person cannot be folded, and replays that person alone once mended', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
      const first = await start(directory);
      await at(first, 2);
      await appendSamples(store, [noted('p1', 13, 2), noted('p2', 3, 2), noted('p1', 4, 3)], 3);
      await at(first, 5);
      const reader = new ReadModelReader({ directory, log: store });
      const trailOf = (subject: string) => reader.get<{ text: string }>('SELECT text FROM trail WHERE subject = ?', [subject])?.text;
      expect([trailOf('p1'), trailOf('p2')]).toEqual(['a1 ', 'a2 a3 ']);
      expect(reader.incompleteSubjects('trails')).toMatchObject([{ subject: 'p1', ordinal: 3, error: '13 is not counted' }]);
      expect(reader.incompleteSubjects('totals')).toEqual([]);
      expect((await reader.withFreshness(() => 0)).freshness.incomplete).toBe(1);
      expect((await reader.withFreshness(() => 0, ['totals'])).freshness.incomplete).toBe(0);
      expect(messages.filter(({ kind }) => kind === 'quarantined')).toMatchObject([{ readModel: 'trails', subject: 'p1' }]);
      await stop(first);

      const mended = { ...trails, fold: { ...trails.fold, evolve: (text: string) => `${text}x` } };
      const read: string[] = [];
      const counting: EventReader = { ...store, readStream: (stream, options) => (read.push(stream), store.readStream(stream, options)) };
      const second = await start(directory, {
        reader: counting,
        readModels: sampleModels.map((model) => (model.name === 'trails' ? mended : model)) as ReadModel[],
      });
      await until(() => reader.incompleteSubjects().length === 0);
      expect([trailOf('p1'), trailOf('p2')]).toEqual(['xxx', 'a2 a3 ']);
      expect(read).toEqual(['journey-p1']);
      expect(await second.retryQuarantined()).toBe(0);
      reader.close();
    }));

  it('goes on by itself after the store was away, from where it was', () =>
    inDirectory(async (directory) => {
      let away = false;
      const reader: EventReader = {
        ...store,
        async *subscribe(options) {
          for await (const batch of store.subscribe(options)) {
            if (away) throw new Error('connection lost');
            yield batch;
          }
        },
      };
      const runner = await start(directory, { reader });
      await at(runner, 0);
      away = true;
      await appendSamples(store, [noted('p1', 1)]);
      await until(() => messages.some(({ kind }) => kind === 'troubled'));
      expect(runner.status()[0]).toMatchObject({ ordinal: 0, problem: 'connection lost' });
      away = false;
      await at(runner, 1);
      expect(runner.status()[0]).not.toHaveProperty('problem');
    }));

  it('never takes a gap in the log for the end of the matter: it reads again from its checkpoint', () =>
    inDirectory(async (directory) => {
      let skip = true;
      const reader: EventReader = {
        ...store,
        async *subscribe(options) {
          for await (const batch of store.subscribe(options)) {
            const gap = skip && batch.length > 1;
            if (gap) skip = false;
            yield gap ? batch.slice(1) : batch;
          }
        },
      };
      const runner = await start(directory);
      await at(runner, 0);
      await stop(runner);
      await appendSamples(store, [noted('p1', 1), noted('p2', 2), noted('p3', 3)]);
      const second = await start(directory, { reader });
      await at(second, 3);
      expect(messages.filter(({ kind }) => kind === 'troubled')).toMatchObject([
        { problem: 'event 1 should come next and the log gave event 2' },
      ]);
      const [file] = readdirSync(directory).filter((name) => name.endsWith('.db'));
      expect(contents(join(directory, file!))['total']).toHaveLength(3);
    }));

  it('refuses to go on upon a log that was restored short', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1), noted('p1', 2, 2)]);
      const first = await start(directory);
      await at(first, 2);
      await stop(first);
      const short = openMemoryEventStore();
      await appendSamples(short, [noted('p1', 1)]);
      const second = await start(directory, { reader: short });
      await until(() => second.status()[0]?.state === 'stopped');
      expect(second.status()[0]?.problem).toContain('restored short');
    }));

  it('works alone in its directory', () =>
    inDirectory(async (directory) => {
      const first = await start(directory);
      await expect(start(directory)).rejects.toThrow(ProjectorBusyError);
      await stop(first);
      await start(directory);
    }));

  it('starts over after a build that was cut short', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
      let reads = 0;
      const reader: EventReader = {
        ...store,
        readAll: async (options) => {
          if (++reads === 2) throw new Error('connection lost');
          return store.readAll(options);
        },
      };
      const runner = await start(directory, { reader, eventsPerPart: 1 });
      await at(runner, 2);
      expect(messages.filter(({ kind }) => kind === 'troubled')).toMatchObject([{ problem: 'connection lost' }]);
      expect(readdirSync(directory).filter((file) => file.includes('building'))).toEqual([]);
    }));

  it('serves the generation of another release as it is, and says so, until its own is built', () =>
    inDirectory(async (directory) => {
      await appendSamples(store, [noted('p1', 1)]);
      const first = await start(directory, { readModels: [totals] as ReadModel[] });
      await at(first, 1);
      await stop(first);
      await appendSamples(store, [noted('p1', 2, 2)], 2);
      const second = await start(directory, { readModels: [{ ...totals, version: 2 }] as ReadModel[] });
      expect(messages.filter(({ kind }) => kind === 'stopped')).toMatchObject([
        { served: true, reason: expect.stringContaining('another release') },
      ]);
      await at(second, 2);
      await until(() => second.status().length === 1);
      expect(second.status()).toMatchObject([{ served: true, state: 'live' }]);
    }));

  it('stops where two people yield one row, rather than let one hide the other', () =>
    inDirectory(async (directory) => {
      const clash = { ...totals, rows: () => ({ total: [{ subject: 'everyone', sum: 1, count: 1 }] }) } as typeof totals;
      const readModels = [clash] as ReadModel[];
      await appendSamples(store, [noted('p1', 1)]);
      const live = await start(join(directory, 'live'), { readModels });
      await at(live, 1);
      await appendSamples(store, [noted('p2', 2)], 2);
      await until(() => live.status()[0]?.state === 'stopped');
      expect(live.status()[0]).toMatchObject({ ordinal: 1, problem: expect.stringContaining('UNIQUE') });
      const bulk = await start(join(directory, 'bulk'), { readModels });
      await until(() => bulk.status()[0]?.state === 'stopped');
    }));
});
