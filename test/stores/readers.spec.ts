/** The product's readers ask the same questions of both stores, and get the same answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readModels } from '../../apps/server/catalogue.js';
import { openEngine, type Engine } from '../../apps/server/engine.js';
import { simulate } from '../../apps/server/simulate.js';
import { ReadModelReader, rebuild, type ReadModelsPlace } from '#projections';
import { unfoldable } from '../../apps/server/testing/unfoldable.js';
import { at, brixham, north, person, type Entry } from '../support/history.js';
import { describeUnless } from '../support/left-out.js';
import { findPostgres, type TestPostgres } from '../support/postgres.js';
import { aboutIn, queriesAbout, type Query } from './product-queries.js';

const found = await findPostgres();

const chased = person('Mrs Smith');
const moving = person('the wrong Mrs Smith');
const handoffId = chased.handoff('a');
const contact = moving.said('ContactRecorded', { contact: moving.stay('contact'), sector: 'community', mode: 'visit' }, '2011-03-29 10:00');
/** What happens to nobody in a simulation: deadlines are for a running server, mistakes for people. */
const notSimulated: readonly Entry[] = [
  ...chased.referred('2011-03-28 10:00'),
  chased.offered('a', '2011-03-29 10:00'),
  chased.said('HandoffChased', { handoffId, cause: 'notSeen', deadline: at('2011-03-29 10:15'), to: brixham }, '2011-03-29 10:15'),
  chased.said('HandoffEscalated', { handoffId, cause: 'notSeen', to: north }, '2011-03-29 10:45'),
  ...moving.referred('2011-03-28 10:00'),
  contact,
  moving.said(
    'EntriesMovedOut',
    { entries: [contact.event.eventId], toJourney: chased.journey, toPerson: chased.personId, reason: 'wrongPerson' },
    '2011-03-29 11:00',
  ),
];

/** Anything but nothing, none and no. */
const saysSomething = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null ? Object.values(answer).some(saysSomething) : Boolean(answer);

describe('What the pages ask', () => {
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'of PostgreSQL', () => {
    const server = found as TestPostgres;
    const directory = mkdtempSync(join(tmpdir(), 'throughcare-readers-'));
    let engine: Engine;
    let sqlite: ReadModelReader;
    let postgres: ReadModelReader;
    let queries: readonly Query[];

    const readerOf = async (place: ReadModelsPlace): Promise<ReadModelReader> => {
      const { store, registry } = engine;
      await rebuild({ ...place, reader: store, registry, readModels, serve: true });
      return new ReadModelReader({ ...place, log: store });
    };

    beforeAll(async () => {
      engine = await openEngine({ dataDir: join(directory, 'data'), mode: 'demo', project: false });
      await simulate(engine, { seed: 5, people: 60, opening: true });
      for (const { stream, event } of notSimulated) await engine.store.append(stream, 'any', [event]);
      const spoilt = await unfoldable(engine.store, moving.journey);
      await engine.store.append(spoilt.stream, 'any', [spoilt.event]);
      sqlite = await readerOf({ directory: join(directory, 'sqlite') });
      postgres = await readerOf({ postgres: await server.database() });
      queries = queriesAbout(await aboutIn(sqlite, engine.clock.now()));
    });
    afterAll(async () => {
      await Promise.all([sqlite.close(), postgres.close()]);
      await engine.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    it('is answered as SQLite answers it, in the same order', async () => {
      const different: string[] = [];
      for (const [name, ask] of queries) {
        const [here, there] = await Promise.all([ask(sqlite), ask(postgres).catch((error: Error) => error.message)]);
        try {
          expect({ name, answer: there }).toEqual({ name, answer: here });
        } catch (error) {
          different.push((error as Error).message);
        }
      }
      expect(different.slice(0, 5)).toEqual([]);
    });

    it('has an answer of every kind, so that something is compared', async () => {
      const said = new Map<string, boolean>();
      for (const [name, ask] of queries) {
        const kind = name.replace(/ (?:of|for|in|as) .*|[0-9a-f-]{36}.*|\{.*/, '');
        said.set(kind, (said.get(kind) ?? false) || saysSomething(await ask(sqlite)));
      }
      expect([...said].filter(([, something]) => !something).map(([kind]) => kind)).toEqual([]);
    });

    it('is as fresh as in SQLite', async () => {
      const asked = (reader: ReadModelReader) => reader.withFreshness((rows) => rows.all('SELECT * FROM pilot ORDER BY pilot'), ['worklist', 'journeys']);
      expect(await asked(postgres)).toEqual(await asked(sqlite));
      const { events } = await engine.store.readAll({ limit: 1, after: '700', afterOrdinal: 700 });
      for (const moment of [events[0]!.recordedAt, engine.clock.now(), '2001-01-01T00:00:00.000Z'])
        expect(await postgres.ordinalAt(moment)).toBe(await sqlite.ordinalAt(moment));
    });
  });
});
