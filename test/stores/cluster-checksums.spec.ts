/** One history in the data directory and in the cluster profile: the same log, the same read models. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventRegistry, readModels } from '../../apps/server/catalogue.js';
import { openEngine, projectionSetup, type Engine } from '../../apps/server/engine.js';
import { simulate } from '../../apps/server/simulate.js';
import { copyLog, openEventStoreDb, type EventStore } from '../../libs/event-store/index.js';
import { findOwnServer, type TestServer } from '../../libs/event-store/eventstoredb/server.js';
import { rebuild, verifyReadModels, type ReadModelsPlace } from '../../libs/projections/index.js';
import { describeUnless } from '../support/left-out.js';
import { findPostgres, type TestPostgres } from '../support/postgres.js';

const [events, rows] = [await findOwnServer(), await findPostgres()];
const missing = 'leftOut' in events ? events.leftOut : 'leftOut' in rows ? rows.leftOut : undefined;
afterAll(async () => {
  for (const server of [events, rows]) if (!('leftOut' in server)) await server.stop();
});

describe('The simulated programme', () => {
  describeUnless(missing, 'on EventStoreDB and PostgreSQL', () => {
    const directory = mkdtempSync(join(tmpdir(), 'throughcare-cluster-'));
    let embedded: Engine;
    let cluster: EventStore;
    let postgres: ReadModelsPlace;

    beforeAll(async () => {
      embedded = await openEngine({ dataDir: join(directory, 'data'), mode: 'demo', project: false });
      await simulate(embedded, { seed: 5, people: 40, opening: true });
      cluster = await openEventStoreDb({ connectionString: (events as TestServer).connectionString });
      postgres = { postgres: { url: (await (rows as TestPostgres).database()).url } };
    }, 120_000);
    afterAll(async () => {
      await cluster.close();
      await embedded.close();
      rmSync(directory, { recursive: true, force: true });
    });

    it('has the same log and the same rows of every read model as in the data directory', async () => {
      const copied = await copyLog(embedded.store, cluster);
      expect(copied.events).toBeGreaterThan(500);
      expect(copied.checksums.to).toBe(copied.checksums.from);
      const plan = { registry: eventRegistry(), readModels };
      const inFiles = await rebuild({ ...plan, ...embedded.readModelsPlace, reader: embedded.store, serve: true });
      const inCluster = await rebuild({ ...plan, ...postgres, reader: cluster, serve: true });
      expect(inCluster).toMatchObject({ events: copied.events, checksum: inFiles.checksum, history: inFiles.history });
      const address = { kind: 'eventstoredb', connectionString: (events as TestServer).connectionString } as const;
      const helper = { ...projectionSetup(address), leastEvents: 1 };
      const byTwo = await rebuild({ ...plan, ...postgres, reader: cluster, helper, eventsPerPart: 10, serve: true });
      expect(byTwo).toMatchObject({ events: copied.events, checksum: inFiles.checksum, history: inFiles.history });
      expect(await verifyReadModels({ ...plan, ...postgres, reader: cluster })).toMatchObject({ equal: true, checksum: inFiles.checksum });
    }, 180_000);
  });
});
