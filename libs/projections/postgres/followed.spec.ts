import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import type { Advanced, ProjectionMessage } from '../messages.js';
import { ProjectionRunner } from '../runner.js';
import { appendSamples } from '../testing/harness.js';
import { sampleModels, sampleRegistry, type Sample } from '../testing/sample.js';
import { Announcer } from './announce.js';
import { pieces } from './channel.js';
import { FollowedProjector } from './followed.js';
import { postgresGenerations } from './generations.js';

const noted = (person: string, amount: number, day = 1): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 2000 && !condition(); i++) await sleep(5);
  expect(condition()).toBe(true);
};

describe('what a projector says', () => {
  it('fits through the database in pieces, and nobody is left out of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (many) => {
        const subjects = Array.from({ length: many }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
        const message: Advanced = {
          kind: 'advanced', generation: 'x'.repeat(40), served: true, position: '1:2', ordinal: 9, knownAt: '2011-03-01T08:05:00.000Z',
          eventsBehind: 0, incomplete: 0, tables: Array.from({ length: 30 }, (_, i) => `a_table_of_models_${i}`), subjects,
        };
        const said = pieces(message) as readonly Advanced[];
        expect(said.flatMap((piece) => piece.subjects)).toEqual(subjects);
        for (const piece of said) expect(Buffer.byteLength(JSON.stringify({ kind: 'said', message: piece }))).toBeLessThan(8_000);
      }),
      { numRuns: 50 },
    );
    const troubled: ProjectionMessage = { kind: 'troubled', generation: 'g', problem: 'e'.repeat(50_000), retryInMs: 1 };
    expect(JSON.stringify(pieces(troubled)).length).toBeLessThan(8_000);
  });
});

const found = await findPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'a process that reads what another projects', () => {
  const server = found as TestPostgres;
  let store: EventStore;
  let database: Awaited<ReturnType<TestPostgres['database']>>;
  let closing: (() => Promise<void>)[];
  beforeEach(async () => {
    store = openMemoryEventStore();
    database = await server.database();
    closing = [];
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await database.drop();
  });
  afterAll(() => server.stop());

  /** As a process of the role does it. */
  async function projector(options: { readonly speaks?: boolean; readonly retried?: number } = {}) {
    const { speaks = true, retried = 0 } = options;
    const changes$ = new Subject<ProjectionMessage>();
    const generations = await postgresGenerations({ url: database.url });
    let state: 'starting' | 'running' = 'starting';
    const runner = new ProjectionRunner({
      generations, reader: store, registry: sampleRegistry, readModels: sampleModels, keepOldMs: 0,
      onMessage: (message) => {
        state = 'running';
        changes$.next(message);
      },
    });
    const announcer = speaks
      ? new Announcer(
          { url: database.url },
          {
            changes$,
            status: () => ({ state, generations: runner.status() }),
            retryQuarantined: async () => retried,
          },
        )
      : undefined;
    const started = runner.start().catch(() => undefined);
    let stopped: Promise<void> | undefined;
    const stop = () =>
      (stopped ??= (async () => {
        await announcer?.close();
        await runner.stop();
        await started;
        await generations.close();
      })());
    closing.push(stop);
    return { runner, started, stop };
  }

  function follow(): { followed: FollowedProjector; heard: ProjectionMessage[] } {
    const followed = new FollowedProjector({ place: { url: database.url }, log: store, tables: ['total', 'trail'] });
    closing.push(() => followed.stop());
    const heard: ProjectionMessage[] = [];
    followed.changes$.subscribe((message) => heard.push(message));
    return { followed, heard };
  }

  const write = async (n: number, person: string): Promise<string> => {
    await appendSamples(store, [noted(person, n, n)], n);
    return (await store.head()).position!;
  };
  const advanced = (heard: readonly ProjectionMessage[]) =>
    heard.filter((message): message is Advanced => message.kind === 'advanced' && message.subjects.length > 0);

  it('hears of every batch who is in it, waits for its own write, and knows how fresh the lists are', async () => {
    await write(1, 'p1');
    await projector();
    const { followed, heard } = follow();
    await until(() => followed.freshness()?.status === 'live');
    expect(await followed.waitFor(await write(2, 'p2'), 5_000)).toBe(true);
    await until(() => advanced(heard).some(({ subjects }) => subjects.includes('p2')));
    expect(followed.status()).toMatchObject({ state: 'running', generations: [{ served: true, state: 'live', ordinal: 2 }] });
  });

  it('finds out by itself what was committed and not said, and whose rows it was', async () => {
    await write(1, 'p1');
    await projector({ speaks: false });
    const { followed, heard } = follow();
    await until(() => followed.freshness()?.ordinal === 1);
    await write(2, 'p2');
    await until(() => followed.freshness()?.ordinal === 2);
    expect(advanced(heard).at(-1)).toMatchObject({ ordinal: 2, subjects: ['p2'], tables: ['total', 'trail'] });
  });

  it('says that nobody projects, and shows nothing as new, until a standby has taken over: no gap, nothing twice', async () => {
    await write(1, 'p1');
    const first = await projector();
    const { followed } = follow();
    await until(() => followed.freshness()?.status === 'live');
    await first.stop();
    await until(() => followed.status().state === 'restarting');
    expect(followed.status().problem).toBe('no projector is at work');
    expect(followed.freshness()?.status).toBe('catchingUp');
    const position = await write(2, 'p2');
    expect(await followed.waitFor(position, 100)).toBe(false);
    await projector();
    expect(await followed.waitFor(position, 5_000)).toBe(true);
    await until(() => followed.freshness()?.status === 'live');
    expect(followed.freshness()?.ordinal).toBe(2);
  });

  it('has a standby that waits while the active one works, and is stopped without having done anything', async () => {
    const active = await projector();
    await active.started;
    const standby = await projector();
    const { followed } = follow();
    await until(() => followed.status().state === 'running');
    await write(1, 'p1');
    await until(() => active.runner.status().some(({ served, ordinal }) => served && ordinal === 1));
    expect(standby.runner.status()).toEqual([]);
    await standby.stop();
    expect(standby.runner.status()).toEqual([]);
  });

  it('asks the active projector, and no standby, to try again what is in quarantine', async () => {
    await write(1, 'p1');
    await projector({ retried: 3 });
    await projector({ retried: 99 });
    const { followed } = follow();
    await until(() => followed.freshness()?.status === 'live');
    expect(await followed.retryQuarantined()).toBe(3);
  });
});
