/** The product's own read models, the same history in both stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventRegistry, readModels } from '../../apps/server/catalogue.js';
import { openEngine, type Engine } from '../../apps/server/engine.js';
import { simulate } from '../../apps/server/simulate.js';
import { buildGeneration } from '../../libs/projections/bulk.js';
import type { Generations } from '../../libs/projections/generations.js';
import { LiveGeneration } from '../../libs/projections/live.js';
import { modelSet } from '../../libs/projections/model-set.js';
import { postgresGenerations } from '../../libs/projections/postgres/generations.js';
import { sqliteGenerations } from '../../libs/projections/sqlite/generations.js';
import { describeUnless } from '../support/left-out.js';
import { findPostgres, type TestPostgres } from '../support/postgres.js';

const found = await findPostgres();
const set = modelSet(readModels);

describe('Two years of the sixteen pilots', () => {
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'in PostgreSQL', () => {
    const server = found as TestPostgres;
    const directory = mkdtempSync(join(tmpdir(), 'throughcare-stores-'));
    let engine: Engine;
    let postgres: Generations;
    const sqlite = sqliteGenerations(join(directory, 'sqlite'));

    const build = async (generations: Generations, name: string, toOrdinal?: number) => {
      await buildGeneration({
        into: await generations.create(name, set), set, reader: engine.store, registry: eventRegistry(),
        ...(toOrdinal !== undefined && { toOrdinal }),
      });
      await generations.finish(name);
    };

    const checksum = (generations: Generations, name: string) =>
      generations.atOneMoment(name, set, (moment) => moment.checksum());

    beforeAll(async () => {
      engine = await openEngine({ dataDir: join(directory, 'data'), mode: 'demo', project: false });
      await simulate(engine, { seed: 5, people: 60, opening: true });
      postgres = await postgresGenerations({ url: (await server.database()).url });
      await build(sqlite, 'whole');
    });
    afterAll(async () => {
      await postgres.close();
      await engine.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    it('give the same rows, and the same of every moment before', async () => {
      await build(postgres, 'whole');
      const whole = await checksum(postgres, 'whole');
      expect(whole).toEqual(await checksum(sqlite, 'whole'));
      expect(Object.values(whole.tables).filter(({ rows }) => rows > 0).length).toBeGreaterThan(5);
    });

    it('give them too when they are followed as they are written', async () => {
      await build(postgres, 'followed', 300);
      const generation = await postgres.open('followed');
      const live = await LiveGeneration.open({ generation, set, reader: engine.store, registry: eventRegistry() });
      const { events } = await engine.store.readAll({ limit: 1_000_000, after: live.checkpoint.position!, afterOrdinal: 300 });
      for (let from = 0; from < events.length; from += 97) await live.apply(events.slice(from, from + 97));
      expect(events.length).toBeGreaterThan(300);
      expect(await checksum(postgres, 'followed')).toEqual(await checksum(sqlite, 'whole'));
    });
  });
});
