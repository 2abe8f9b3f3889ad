/** The first start of a demo, which writes two years before anybody sees it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openEngine, type Engine } from './engine.js';
import { simulate } from './simulate.js';

const YEARS = { seed: 7, people: 12, opening: true } as const;

/** A store that takes so many events in, and then the process is gone. */
function cutAfter(events: number, store: EventStore): EventStore {
  let left = events;
  return {
    async append(...given) {
      if ((left -= given[2].length) < 0) throw new Error('cut off');
      return store.append(...given);
    },
    readStream: (...given) => store.readStream(...given),
    readAll: (...given) => store.readAll(...given),
    subscribe: (...given) => store.subscribe(...given),
    head: () => store.head(),
    comparePositions: (...given) => store.comparePositions(...given),
    close: () => store.close(),
  };
}

describe('The first start of a demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-first-'));
  let seeded = 0;
  let wanted: readonly unknown[];
  let simulated: number;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (name: string, events = Infinity): Promise<Engine> =>
    openEngine({
      dataDir: join(folder, name),
      project: false,
      instrument: (store, log) => (log === 'care' ? cutAfter(events, store) : store),
      async seed(fresh) {
        seeded++;
        ({ events: simulated } = await simulate(fresh, YEARS));
      },
    });
  async function historyOf(name: string) {
    const engine = await start(name);
    const { events } = await engine.store.readAll({ limit: 10_000 });
    await engine.close();
    return events.map(({ eventId, type, stream, revision }) => [eventId, type, stream, revision]);
  }
  beforeAll(async () => {
    wanted = await historyOf('whole');
    seeded = 0;
  });

  it('is finished by the next one where it was cut off, and comes out as one that was not', async () => {
    for (const part of [0.3, 0.6]) await expect(start('cut', Math.floor(part * simulated))).rejects.toThrow('cut off');
    expect(await historyOf('cut')).toEqual(wanted);
    expect(seeded).toBe(3);
    // And nobody begins again on one that is whole.
    await (await start('cut')).close();
    expect(seeded).toBe(3);
  });

  it('that was cut off in the middle of the programme’s own history is finished as well', async () => {
    await expect(start('late', simulated + 20)).rejects.toThrow('cut off');
    const history = await historyOf('late');
    expect(history).toHaveLength(wanted.length);
    expect(history).toEqual(expect.arrayContaining([...wanted]));
  });
});
