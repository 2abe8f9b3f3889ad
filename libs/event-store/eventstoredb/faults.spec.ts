/** The server is killed, stopped and frozen under load. Needs a server of its own, so the program on the PATH. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '#kernel';
import { anEvent, expectGapless, idsOf, ofStreams } from '../contract/harness.js';
import { StoreUnavailableError, type Appended, type EventStore } from '../port.js';
import { openEventStoreDb, type EventStoreDbOptions } from './index.js';
import { startProxy, type Proxy } from './testing/proxy.js';
import { startServer, type StartedServer } from './server.js';
import { sleep } from './timing.js';

const found = await startServer();

if ('leftOut' in found) {
  describe('EventStoreDB under faults', () => {
    it(`is left out: ${found.leftOut}`, () => {
      expect(found.leftOut).toMatch(/eventstored/);
    });
  });
} else describeFaults(found);

/** Our timers are set short: the client's own keep-alive would take 18 seconds to notice a frozen server. */
const impatient = { attemptTimeout: 1_000, idleProbe: 1_000, patience: 30_000 };

interface Acknowledged extends Appended {
  readonly ids: readonly string[];
}

function describeFaults(server: StartedServer): void {
  const open = (limits: Partial<EventStoreDbOptions> = {}) =>
    openEventStoreDb({ connectionString: server.connectionString, ...impatient, ...limits });

  /** 32 writers, each in its own stream, as fast as they are answered, until told to stop. */
  function startWriters(store: EventStore, bytes: number) {
    let stopped = false;
    let last = Date.now();
    let longestGap = 0;
    const acknowledged = new Map<string, Acknowledged[]>();
    const writer = async () => {
      const stream = `journey-${randomUUID()}`;
      const done: Acknowledged[] = [];
      acknowledged.set(stream, done);
      for (let revision = -1; !stopped;) {
        const events = Array.from({ length: 1 + (done.length % 3) }, () => anEvent({ data: { text: 'x'.repeat(bytes) } }));
        const answer = await store.append(stream, revision < 0 ? 'none' : revision, events);
        done.push({ ...answer, ids: idsOf(events) });
        ({ revision } = answer);
        longestGap = Math.max(longestGap, Date.now() - last);
        last = Date.now();
      }
    };
    const running = Promise.all(Array.from({ length: 32 }, writer));
    return {
      acknowledged,
      longestGap: () => longestGap,
      async stop() {
        stopped = true;
        await running;
      },
    };
  }

  /** Follows the log from its beginning; ends once told the last event to wait for. */
  function startReader(store: EventStore) {
    const controller = new AbortController();
    const events: RecordedEvent[] = [];
    const causes: Error[] = [];
    const running = (async () => {
      const options = { signal: controller.signal, batch: 50, onResume: (cause: Error) => void causes.push(cause) };
      for await (const batch of store.subscribe(options)) events.push(...batch);
    })();
    const has = async (count: number): Promise<void> => {
      for (let waited = 0; events.length < count && waited < 30_000; waited += 50) await sleep(50);
    };
    return {
      events,
      causes,
      has,
      async until(count: number) {
        await has(count);
        await sleep(100);
        controller.abort();
        await running;
      },
    };
  }

  const faults: [name: string, bytes: number, fault: () => Promise<void>][] = [
    ['kill -9 and a start on the same data', 400, async () => {
      server.signal('SIGKILL');
      await server.gone();
      await server.restart();
    }],
    ['SIGTERM and a start on the same data', 400, async () => {
      server.signal('SIGTERM');
      await server.gone();
      await server.restart();
    }],
    ['a freeze of four seconds (SIGSTOP, SIGCONT) under large events', 60_000, async () => {
      server.signal('SIGSTOP');
      await sleep(4_000);
      server.signal('SIGCONT');
    }],
    ['a freeze so short that nobody gives up', 400, async () => {
      server.signal('SIGSTOP');
      await sleep(500);
      server.signal('SIGCONT');
    }],
  ];

  describe(`EventStoreDB ${server.description}, under faults`, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(async () => {
      await store.close();
      await server.stop();
    }, 30_000);

    it.each(faults)('%s under 32 writers and a reader: nothing acknowledged is lost, nothing is there twice', async (name, bytes, fault) => {
      const before = (await allEvents(store)).length;
      const reader = startReader(store);
      const writers = startWriters(store, bytes);
      await sleep(1_500);
      const start = Date.now();
      await fault();
      const outage = Date.now() - start;
      await sleep(1_500);
      await writers.stop();

      const appends = [...writers.acknowledged.values()].flat();
      const count = appends.reduce((sum, { ids }) => sum + ids.length, 0);
      await reader.until(before + count);
      const log = await allEvents(store);
      process.stdout.write(
        `${name}: ${appends.length} appends of ${count} events acknowledged, server away ${outage} ms, longest gap ` +
        `without an acknowledgement ${writers.longestGap()} ms, subscription resumed ${reader.causes.length} times\n`,
      );

      for (const [stream, done] of writers.acknowledged) {
        const stored = await store.readStream(stream);
        expect(idsOf(stored)).toEqual(done.flatMap(({ ids }) => ids));
        for (const { revision, position } of done) expect(stored[revision]?.position).toBe(position);
        expect(idsOf(ofStreams(log, stream))).toEqual(idsOf(stored));
      }
      expect(appends.every(({ repeated }) => !repeated)).toBe(true);
      expect(log).toHaveLength(before + count);
      expectGapless(reader.events);
      expect(idsOf(reader.events)).toEqual(idsOf(log));
      expect(writers.longestGap()).toBeLessThan(outage + 4_000);
      if (outage > 3_000) expect(reader.causes.length).toBeGreaterThan(0);
    }, 60_000);

    it('reads of a frozen server fail in our time, and an append waits and is stored once', async () => {
      const hasty = await open({ attemptTimeout: 300, patience: 1_500 });
      try {
        await hasty.head();
        const stream = `journey-${randomUUID()}`;
        const events = [anEvent(), anEvent()];
        server.signal('SIGSTOP');
        const start = Date.now();
        const appending = store.append(stream, 'none', events);
        const reads = await Promise.allSettled([hasty.readStream(stream), hasty.readAll({ limit: 1 }), hasty.head()]);
        expect(Date.now() - start).toBeLessThan(4_000);
        server.signal('SIGCONT');
        for (const read of reads) {
          expect(read).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
        }
        const answer = await appending;
        expect(answer).toMatchObject({ revision: 1, repeated: false });
        expect(await store.append(stream, 'none', events)).toEqual({ ...answer, repeated: true });
        expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
      } finally {
        server.signal('SIGCONT');
        await hasty.close();
      }
    }, 30_000);

    it('an append that gave up on a dead server is answered once the server is back, and stored once', async () => {
      await store.close();
      const hasty = await open({ patience: 1_000 });
      const stream = `journey-${randomUUID()}`;
      const events = [anEvent(), anEvent(), anEvent()];
      await hasty.append(stream, 'none', events.slice(0, 1));
      server.signal('SIGKILL');
      await server.gone();
      await expect(hasty.append(stream, 0, events.slice(1))).rejects.toThrow(StoreUnavailableError);
      await expect(hasty.readStream(stream)).rejects.toThrow(StoreUnavailableError);
      await server.restart();
      await hasty.close();
      store = await open();
      expect(await store.append(stream, 0, events.slice(1))).toMatchObject({ revision: 2 });
      expect(await store.append(stream, 0, events.slice(1))).toMatchObject({ revision: 2, repeated: true });
      expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    }, 40_000);

    describe('behind a network that swallows a connection without a word', () => {
      let proxy: Proxy;
      let far: EventStore;
      beforeAll(async () => {
        await store.close();
        proxy = await startProxy(Number(/:(\d+)\?/.exec(server.connectionString)![1]));
        far = await openEventStoreDb({ connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false`, ...impatient });
      });
      afterAll(async () => {
        await far.close();
        await proxy.stop();
      });

      it('appends, reads and the subscription go on over new connections within our timers', async () => {
        const stream = `journey-${randomUUID()}`;
        const events = [anEvent(), anEvent()];
        const before = (await allEvents(far)).length;
        const reader = startReader(far);
        await far.append(stream, 'none', events.slice(0, 1));
        // What the tests before this one wrote, the large events too, comes first.
        await reader.has(before + 1);
        proxy.swallow();
        const start = Date.now();
        expect(await far.append(stream, 0, events.slice(1))).toMatchObject({ revision: 1, repeated: false });
        expect(await far.readStream(stream)).toHaveLength(2);
        await reader.until(before + 2);
        expect(Date.now() - start).toBeLessThan(8_000);
        expect(idsOf(ofStreams(reader.events, stream))).toEqual(idsOf(events));
        expectGapless(reader.events);
        expect(reader.causes).toHaveLength(1);
      }, 120_000);
    });
  });
}

async function allEvents(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let page = await store.readAll({ limit: 1_000 }); ;) {
    events.push(...page.events);
    if (page.atHead || !page.next) return events;
    page = await store.readAll({ after: page.next.position, afterOrdinal: page.next.ordinal, limit: 1_000 });
  }
}
