import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { startProjector, type ProjectorHandle } from './projector.js';
import { ReadModelReader } from './reader.js';
import { inDirectory } from './testing/harness.js';
import { sampleEvent, type Sample } from './testing/sample.js';
import { verifyReadModels } from './verify.js';
import { sampleModels, sampleRegistry } from './testing/sample.js';

const noted = (person: string, amount: number, day = 1): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

interface World {
  readonly store: EventStore;
  readonly directory: string;
  readonly log: string;
  readonly start: (crashWhile?: string) => ProjectorHandle;
}

const world = (work: (world: World) => Promise<void>) => () =>
  inDirectory(async (base) => {
    const log = join(base, 'log.db');
    const directory = join(base, 'read-models');
    const store = await openSqliteEventStore({ file: log });
    const started: ProjectorHandle[] = [];
    const start = (crashWhile?: string) => {
      const projector = startProjector({
        setup: { module: new URL('./testing/setup.ts', import.meta.url), options: { log, crashWhile } },
        directory,
        comparePositions: (a, b) => store.comparePositions(a, b),
      });
      started.push(projector);
      return projector;
    };
    try {
      await work({ store, directory, log, start });
    } finally {
      await Promise.all(started.map((projector) => projector.stop()));
      await store.close();
    }
  });

const append = (store: EventStore, n: number, sample: Sample) => store.append(sample.stream, 'any', [sampleEvent(n, sample)]);

describe('the projector in its own thread', () => {
  it('lets a writer read its own write, and says that rows changed', world(async ({ store, directory, start }) => {
    const projector = start();
    const changed: string[] = [];
    projector.changes$.subscribe((message) => {
      if (message.kind === 'advanced' && message.served) changed.push(...message.subjects);
    });
    const reader = new ReadModelReader({ directory, log: store });
    for (let n = 1; n <= 20; n++) {
      const { position } = await append(store, n, noted(`p${n % 3}`, n, n));
      expect(await projector.waitFor(position, 10_000)).toBe(true);
      const { value, freshness } = await reader.withFreshness((rows) =>
        rows.get<{ sum: number }>('SELECT sum FROM total WHERE subject = ?', [`p${n % 3}`]),
      );
      expect(value?.sum).toBe(n);
      expect(freshness).toMatchObject({ ordinal: n, eventsBehind: 0, status: 'live' });
    }
    expect(projector.freshness()).toMatchObject({ ordinal: 20, status: 'live' });
    expect(changed).toEqual(expect.arrayContaining(['p0', 'p1', 'p2']));
    expect(await verifyReadModels({ directory, reader: store, registry: sampleRegistry, readModels: sampleModels })).toMatchObject({
      equal: true, ordinal: 20,
    });
    await reader.close();
  }), 30_000);

  it('answers false when what was written is not served in time', world(async ({ store, start }) => {
    const projector = start();
    const { position } = await append(store, 1, noted('p1', 1));
    expect(await projector.waitFor(position, 10_000)).toBe(true);
    expect(await projector.waitFor('999', 20)).toBe(false);
  }), 30_000);

  it('starts again by itself after a crash, and says so meanwhile', world(async ({ store, directory, start }) => {
    const broken = join(directory, '..', 'broken');
    writeFileSync(broken, '');
    const projector = start(broken);
    const { position } = await append(store, 1, noted('p1', 1));
    for (let i = 0; i < 500 && projector.status().state !== 'restarting'; i++) await sleep(10);
    expect(projector.status()).toMatchObject({ state: 'restarting', problem: 'a crash that was asked for' });
    rmSync(broken);
    expect(await projector.waitFor(position, 20_000)).toBe(true);
    expect(projector.status()).toMatchObject({ state: 'running', generations: [{ served: true, state: 'live' }] });
  }), 30_000);

  it('takes the place of another projector once that one has stopped', world(async ({ store, start }) => {
    const active = start();
    const { position } = await append(store, 1, noted('p1', 1));
    expect(await active.waitFor(position, 10_000)).toBe(true);
    const standby = start();
    for (let i = 0; i < 500 && standby.status().problem === undefined; i++) await sleep(10);
    expect(standby.status().problem).toContain('another projector');
    await active.stop();
    const next = await append(store, 2, noted('p1', 2, 2));
    expect(await standby.waitFor(next.position, 20_000)).toBe(true);
    expect(active.status().state).toBe('stopped');
    expect(await standby.retryQuarantined()).toBe(0);
  }), 40_000);
});
