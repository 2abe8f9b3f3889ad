import { afterAll, describe, expect, it } from '@jest/globals';
import { copyLog } from '../copy/copy-log.js';
import { writeHistory } from '../copy/history.js';
import { openMemoryEventStore } from '../memory/memory-store.js';
import { openEventStoreDb } from './index.js';
import { startServer } from './server.js';

const server = await startServer();

describe('a copy into EventStoreDB', () => {
  if ('leftOut' in server) {
    it(`is left out: ${server.leftOut}`, () => expect(server.leftOut).toContain('eventstored'));
    return;
  }
  afterAll(() => server.stop());

  it('keeps the order of the whole log when the server is killed in the middle and comes back', async () => {
    const source = openMemoryEventStore();
    await writeHistory(source, 1_500);
    const target = await openEventStoreDb({ connectionString: server.connectionString });
    let restarted: Promise<void> | undefined;
    const copied = await copyLog(source, target, ({ doing, events }) => {
      if (restarted || doing !== 'copying' || events < 400) return;
      server.signal('SIGKILL');
      restarted = server.gone().then(() => server.restart());
    });
    await target.close();
    expect(restarted).toBeDefined();
    await restarted;
    expect(copied).toMatchObject({ events: 1_500, added: 1_500 });
    expect(copied.checksums.to).toBe(copied.checksums.from);
  }, 120_000);
});
