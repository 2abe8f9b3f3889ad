import { describeEventStore } from '../contract/index.js';
import { newMemoryLog, openMemoryEventStore } from './memory-store.js';

describeEventStore('memory', async () => {
  const log = newMemoryLog();
  let store = openMemoryEventStore(log);
  return {
    get store() {
      return store;
    },
    async reopen() {
      store = openMemoryEventStore(log);
    },
    async close() {},
  };
});
