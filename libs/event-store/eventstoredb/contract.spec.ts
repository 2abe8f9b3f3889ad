import { afterAll, describe, expect, it } from '@jest/globals';
import { describeEventStore } from '../contract/index.js';
import { openEventStoreDb } from './index.js';
import { findServer } from './server.js';

const found = await findServer();

if ('leftOut' in found) {
  describe('the event store on EventStoreDB', () => {
    it(`is left out: ${found.leftOut}`, () => {
      expect(process.env.EVENTSTOREDB_URL ?? '').toBe('');
    });
  });
} else {
  const { connectionString, description } = found;
  afterAll(() => found.stop());
  describeEventStore(`EventStoreDB ${description}`, async () => {
    let store = await openEventStoreDb({ connectionString });
    return {
      get store() {
        return store;
      },
      async reopen() {
        await store.close();
        store = await openEventStoreDb({ connectionString });
      },
      close: () => store.close(),
    };
  }, { runs: 10 });
}
