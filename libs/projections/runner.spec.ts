import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventRegistry } from '#kernel';
import { openMemoryEventStore, type EventReader, type EventStore } from '#event-store';
import type { ReadModel, Value } from './definition.js';
import { ProjectorBusyError } from './generations.js';
import type { ProjectionMessage } from './messages.js';
import { ProjectionRunner, type RunnerOptions } from './runner.js';
import { appendSamples } from './testing/harness.js';
import { facts, sampleEvents, sampleModels, sampleRegistry, totals, trails as trailsModel, type Sample } from './testing/sample.js';
import { onEachStore, type World } from './testing/stores.js';

const noted = (person: string, amount: number, day = 1): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 1000 && !(await condition()); i++) await sleep(5);
  expect(await condition()).toBe(true);
};

describe('the projection runner', () => onEachStore((inWorld) => {
  let store: EventStore;
  let messages: ProjectionMessage[];
  const running: ProjectionRunner[] = [];
  beforeEach(() => {
    store = openMemoryEventStore();
    messages = [];
  });
  const inPlace = (work: (world: World) => Promise<void>) => inWorld(async (world) => {
    try {
      await work(world);
    } finally {
      for (const runner of running.splice(0)) await runner.stop();
    }
  });
  /** The first row of the served generation. */
  const get = async ({ generations, rows }: World, sql: string): Promise<Record<string, Value> | undefined> =>
    (await rows((await generations.current())!, sql))[0];

  const start = async ({ again }: World, options: Partial<RunnerOptions> = {}): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner({
      generations: await again(), reader: store, registry: sampleRegistry, readModels: sampleModels, keepOldMs: 0,
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

  it('builds from an empty directory, then follows what is written, and says how far it is', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
    const runner = await start(world);
    await at(runner, 2);
    await appendSamples(store, [noted('p1', 5, 2)], 3);
    await at(runner, 3);
    expect(await get(world, "SELECT sum FROM total WHERE subject = 'p1'")).toEqual({ sum: 5 });
    expect(await get(world, 'SELECT ordinal, position, stopped FROM checkpoint')).toEqual({ ordinal: 3, position: '3', stopped: null });
    expect(runner.status()).toMatchObject([{ served: true, state: 'live', ordinal: 3, eventsBehind: 0, incomplete: 0 }]);
    expect(messages.map(({ kind }) => kind)).toContain('served');
    expect(messages.findLast(({ kind }) => kind === 'advanced')).toMatchObject({
      served: true, ordinal: 3, subjects: ['p1'], tables: expect.arrayContaining(['fact', 'total', 'trail']),
    });
  }));

  it('goes on from its checkpoint after a restart and reads nothing before it again', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1), noted('p1', 2, 2)]);
    const first = await start(world);
    await at(first, 2);
    await stop(first);
    await appendSamples(store, [noted('p2', 3, 3)], 3);
    const asked: (string | undefined)[] = [];
    const reader: EventReader = { ...store, subscribe: (options) => (asked.push(options.after), store.subscribe(options)) };
    await at(await start(world, { reader }), 3);
    expect(asked).toEqual(['2']);
  }));

  it('builds a changed read model beside the old generation, which stays up to date until the pointer moves', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1)]);
    const first = await start(world, { readModels: [facts, totals] as ReadModel[] });
    await at(first, 1);
    await stop(first);
    const old = await world.generations.current();

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
    const second = await start(world, {
      reader, readModels: [facts, doubled] as ReadModel[], previous: [totals] as ReadModel[],
    });
    const sum = async () => (await get(world, "SELECT sum FROM total WHERE subject = 'p1'"))?.['sum'];
    await appendSamples(store, [noted('p1', 4, 2)], 2);
    await at(second, 2);
    expect(await sum()).toBe(4);
    goOn();
    await until(async () => (await sum()) === 8);
    await until(async () => !(await world.names()).includes(old!));
    expect(second.status()).toMatchObject([{ served: true, state: 'live', ordinal: 2 }]);
    await appendSamples(store, [noted('p1', 5, 3)], 3);
    await until(async () => (await sum()) === 10);
  }));

  it('stops at an event that this release does not know, keeps what came before, and goes on once it is known', inPlace(async (world) => {
    const registry = new EventRegistry(sampleEvents.filter(({ type }) => type !== 'Remarked'));
    await appendSamples(store, [noted('p1', 1)]);
    const first = await start(world, { registry });
    await at(first, 1);
    await appendSamples(store, [noted('p1', 2, 2), { type: 'Remarked', data: {}, person: 'p1', stream: 'journey-p1', day: 3 }], 2);
    await until(() => first.status()[0]?.state === 'stopped');
    expect(first.status()).toMatchObject([{ served: true, ordinal: 2, problem: expect.stringContaining('Remarked') }]);
    expect(await get(world, 'SELECT sum FROM total')).toEqual({ sum: 2 });
    // With the rows, so that every reader of them says it.
    expect(await get(world, 'SELECT stopped FROM checkpoint')).toEqual({ stopped: expect.stringContaining('Remarked') });
    await stop(first);
    await at(await start(world), 3);
    expect(await get(world, 'SELECT stopped FROM checkpoint')).toEqual({ stopped: null });
  }));

  it('keeps everyone else moving when one person cannot be folded, and replays that person alone once mended', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
    const first = await start(world);
    await at(first, 2);
    await appendSamples(store, [noted('p1', 13, 2), noted('p2', 3, 2), noted('p1', 4, 3)], 3);
    await at(first, 5);
    const served = (await world.generations.current())!;
    const trails = async () => (await world.rows(served, 'SELECT text FROM trail ORDER BY subject')).map(({ text }) => text);
    const incomplete = () => world.rows(served, 'SELECT subject, read_model, ordinal, error FROM quarantine');
    expect(await trails()).toEqual(['a1 ', 'a2 a3 ']);
    expect(await incomplete()).toEqual([{ subject: 'p1', read_model: 'trails', ordinal: 3, error: '13 is not counted' }]);
    expect(first.status()).toMatchObject([{ incomplete: 1 }]);
    expect(messages.filter(({ kind }) => kind === 'quarantined')).toMatchObject([{ readModel: 'trails', subject: 'p1' }]);
    await stop(first);

    const mended = { ...trailsModel, fold: { ...trailsModel.fold, evolve: (text: string) => `${text}x` } };
    const read: string[] = [];
    const counting: EventReader = { ...store, readStream: (stream, options) => (read.push(stream), store.readStream(stream, options)) };
    const second = await start(world, {
      reader: counting,
      readModels: sampleModels.map((model) => (model.name === 'trails' ? mended : model)) as ReadModel[],
    });
    await until(async () => (await incomplete()).length === 0);
    expect(await trails()).toEqual(['xxx', 'a2 a3 ']);
    expect(read).toEqual(['journey-p1']);
    expect(await second.retryQuarantined()).toBe(0);
  }));

  it('goes on by itself after the store was away, from where it was', inPlace(async (world) => {
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
    const runner = await start(world, { reader });
    await at(runner, 0);
    away = true;
    await appendSamples(store, [noted('p1', 1)]);
    await until(() => messages.some(({ kind }) => kind === 'troubled'));
    expect(runner.status()[0]).toMatchObject({ ordinal: 0, problem: 'connection lost' });
    away = false;
    await at(runner, 1);
    expect(runner.status()[0]).not.toHaveProperty('problem');
  }));

  it('never takes a gap in the log for the end of the matter: it reads again from its checkpoint', inPlace(async (world) => {
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
    const runner = await start(world);
    await at(runner, 0);
    await stop(runner);
    await appendSamples(store, [noted('p1', 1), noted('p2', 2), noted('p3', 3)]);
    const second = await start(world, { reader });
    await at(second, 3);
    expect(messages.filter(({ kind }) => kind === 'troubled')).toMatchObject([
      { problem: 'event 1 should come next and the log gave event 2' },
    ]);
    expect(await get(world, 'SELECT count(*) AS people FROM total')).toEqual({ people: 3 });
  }));

  it('refuses to go on upon a log that was restored short', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1), noted('p1', 2, 2)]);
    const first = await start(world);
    await at(first, 2);
    await stop(first);
    const short = openMemoryEventStore();
    await appendSamples(short, [noted('p1', 1)]);
    const second = await start(world, { reader: short });
    await until(() => second.status()[0]?.state === 'stopped');
    expect(second.status()[0]?.problem).toContain('restored short');
  }));

  it('works alone in its place', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1)]);
    const first = await start(world);
    await at(first, 1);
    // A file refuses the second at once; a database lets it stand by until the first is gone.
    let waits = false;
    const second = start(world, { onWaiting: () => (waits = true) }).catch((error: unknown) => error);
    await until(async () => waits || (await Promise.race([second, sleep(0)])) instanceof ProjectorBusyError);
    await stop(first);
    const next = await second;
    await appendSamples(store, [noted('p1', 2, 2)], 2);
    await at(next instanceof ProjectionRunner ? next : await start(world), 2);
  }));

  it('starts over after a build that was cut short', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1), noted('p2', 2)]);
    let reads = 0;
    const reader: EventReader = {
      ...store,
      readAll: async (options) => {
        if (++reads === 1) throw new Error('connection lost');
        return store.readAll(options);
      },
    };
    const runner = await start(world, { reader, eventsPerPart: 1 });
    await at(runner, 2);
    expect(messages.filter(({ kind }) => kind === 'troubled')).toMatchObject([{ problem: 'connection lost' }]);
    expect(await world.names()).toEqual([await world.generations.current()]);
  }));

  it('serves the generation of another release as it is, and says so, until its own is built', inPlace(async (world) => {
    await appendSamples(store, [noted('p1', 1)]);
    const first = await start(world, { readModels: [totals] as ReadModel[] });
    await at(first, 1);
    await stop(first);
    await appendSamples(store, [noted('p1', 2, 2)], 2);
    const second = await start(world, { readModels: [{ ...totals, version: 2 }] as ReadModel[] });
    expect(messages.filter(({ kind }) => kind === 'stopped')).toMatchObject([
      { served: true, reason: expect.stringContaining('another release') },
    ]);
    await at(second, 2);
    await until(() => second.status().length === 1);
    expect(second.status()).toMatchObject([{ served: true, state: 'live' }]);
  }));

  it('stops where two people yield one row, rather than let one hide the other', inPlace(async (world) => {
    const clash = { ...totals, rows: () => ({ total: [{ subject: 'everyone', sum: 1, count: 1 }] }) } as typeof totals;
    const readModels = [clash] as ReadModel[];
    await appendSamples(store, [noted('p1', 1)]);
    const live = await start(world, { readModels });
    await at(live, 1);
    await appendSamples(store, [noted('p2', 2)], 2);
    await until(() => live.status()[0]?.state === 'stopped');
    expect(live.status()[0]).toMatchObject({ ordinal: 1, problem: expect.stringMatching(/unique/i) });
    const bulk = await start(world, { readModels, generations: await world.elsewhere() });
    await until(() => bulk.status()[0]?.state === 'stopped');
  }));
}));
