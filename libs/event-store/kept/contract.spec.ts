import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { postgresPlace, sqlitePlace, type Place } from '#database';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import { describeEventStore, type Harness } from '../contract/index.js';
import { openKeptEventStore } from './kept-store.js';

async function harnessOn(open: () => Promise<Place>, end: () => Promise<void> | void): Promise<Harness> {
  let place = await open();
  let store = await openKeptEventStore(place);
  const close = async () => {
    await store.close();
    await place.close();
  };
  return {
    get store() {
      return store;
    },
    async reopen() {
      await close();
      place = await open();
      store = await openKeptEventStore(place);
    },
    async close() {
      await close();
      await end();
    },
  };
}

describeEventStore('tables in a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-kept-'));
  return harnessOn(async () => sqlitePlace(directory), () => rmSync(directory, { recursive: true }));
}, { runs: 10 });

const found = await findPostgres();
describeUnless('leftOut' in found ? found.leftOut : undefined, 'shared', () => {
  const server = found as TestPostgres;
  afterAll(() => server.stop());
  describeEventStore('tables in PostgreSQL', async () => {
    const { url, drop } = await server.database();
    return harnessOn(() => postgresPlace({ url }), drop);
  }, { runs: 5, timeout: 60_000 });
});
