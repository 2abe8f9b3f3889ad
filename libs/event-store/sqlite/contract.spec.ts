import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore } from '../contract/index.js';
import { openSqliteEventStore } from './sqlite-store.js';

describeEventStore('sqlite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-log-'));
  const file = join(directory, 'log.db');
  let store = await openSqliteEventStore({ file });
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await openSqliteEventStore({ file });
    },
    async close() {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
