import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore } from '#event-store';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import { ProjectorBusyError, type Generations } from '../generations.js';
import { modelSet } from '../model-set.js';
import { ProjectionRunner } from '../runner.js';
import { appendSamples } from '../testing/harness.js';
import { sampleModels, sampleRegistry, type Sample } from '../testing/sample.js';
import { clientAt } from './connect.js';
import { postgresGenerations } from './generations.js';

const found = await findPostgres();

const noted = (person: string, amount: number, day: number): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 2000 && !condition(); i++) await sleep(5);
  expect(condition()).toBe(true);
};

describe('read models in a PostgreSQL database', () => {
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'that several processes share', () => {
    const server = found as TestPostgres;
    let database: Awaited<ReturnType<TestPostgres['database']>>;
    const opened: Generations[] = [];
    const open = async (space?: string): Promise<Generations> => {
      const generations = await postgresGenerations({ url: database.url, ...(space && { space }) });
      opened.push(generations);
      return generations;
    };
    const ask = async (sql: string, values: unknown[] = []) => {
      const client = clientAt(database);
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql, values)).rows;
      } finally {
        await client.end();
      }
    };
    /** As a fail-over or a cut cable does to it. */
    const endConnectionThatHoldsTheLock = () =>
      ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    beforeEach(async () => {
      database = await server.database();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((generations) => generations.close()));
      await database.drop();
    });
    afterAll(() => server.stop());

    it('are not completed where rows could not be written: the next that is asked of the build is told why', async () => {
      const generations = await open();
      const build = await generations.create('next', modelSet(sampleModels));
      const [schema] = await ask("SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE '%building'");
      await ask(`DROP SCHEMA "${String(schema!['name'])}" CASCADE`);
      // So many that they are sent before the end.
      for (let i = 0; i < 10_000; i++) build.addStream(`person-${i}`, `journey-${i}`);
      await build.flush();
      await expect(build.flush()).rejects.toThrow('does not exist');
      await expect(build.complete([], { position: undefined, ordinal: 0, knownAt: undefined })).rejects.toThrow('does not exist');
      await build.close();
    });

    it('are built aside and left alone meanwhile by a projector that starts; what a killed process left of that is swept', async () => {
      const [measuring, starting] = [await open(), await open()];
      const names = async () => (await ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE '%trial%'")).length;
      await measuring.trial(modelSet(sampleModels), async (into) => {
        await starting.sweep([]);
        expect(await names()).toBe(1);
        await into.complete([], { position: undefined, ordinal: 0, knownAt: undefined });
        await into.close();
      });
      expect(await names()).toBe(0);
      await ask('CREATE SCHEMA "read_models:trial 0123abcd"');
      await starting.sweep([]);
      expect(await names()).toBe(0);
    });

    it('are made ready once, however many start at the same moment', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => open()));
      expect(await Promise.all(all.map((generations) => generations.current()))).toEqual(Array(8).fill(undefined));
      await all[0]!.pointTo('first');
      await open();
      expect(await all[7]!.current()).toBe('first');
    });

    it('are written by one projector, and by the standby once that one has lost its connection', async () => {
      const [active, standby] = [await open(), await open()];
      let lost: Error | undefined;
      await active.lock((error) => (lost = error));
      await expect(standby.lock(() => undefined)).rejects.toThrow(ProjectorBusyError);
      await endConnectionThatHoldsTheLock();
      await until(() => lost !== undefined);
      const held = await standby.lock(() => undefined);
      await expect(active.lock(() => undefined)).rejects.toThrow(ProjectorBusyError);
      await held.release();
      await (await active.lock(() => undefined)).release();
    });

    it('are left alone by a projector that lost its lock: it ends, and says so', async () => {
      const store = openMemoryEventStore();
      await appendSamples(store, [noted('p1', 1, 1)]);
      const generations = await open();
      const start = async (onLockLost?: (error: Error) => void) => {
        const runner = new ProjectionRunner({
          generations, reader: store, registry: sampleRegistry, readModels: sampleModels, ...(onLockLost && { onLockLost }),
        });
        await runner.start();
        return runner;
      };
      let lost: Error | undefined;
      const first = await start((error) => (lost = error));
      await until(() => first.status()[0]?.ordinal === 1);
      await endConnectionThatHoldsTheLock();
      await until(() => lost !== undefined);
      await first.stop();
      await appendSamples(store, [noted('p1', 2, 2)], 2);
      const second = await start();
      await until(() => second.status()[0]?.ordinal === 2);
      expect(first.status()[0]?.ordinal).toBe(1);
      await second.stop();
    });

    it('of two programmes lie beside each other, and one does not sweep the other', async () => {
      const [one, other] = [await open('torbay'), await open('torbay_test')];
      const store = openMemoryEventStore();
      for (const generations of [one, other]) {
        const runner = new ProjectionRunner({ generations, reader: store, registry: sampleRegistry, readModels: sampleModels });
        await runner.start();
        await until(() => runner.status()[0]?.served === true);
        await runner.stop();
      }
      await one.sweep([]);
      const left = await ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'torbay%:%'");
      expect(left).toEqual([{ nspname: `torbay_test:${await other.current()}` }]);
    });
  });
});
