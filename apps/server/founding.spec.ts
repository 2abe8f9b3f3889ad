import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { postgresPlace, type Place } from '#database';
import { describeUnless } from '../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { inTurn } from './founding.js';

const found = await findPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'Two projectors that start together on a new programme', () => {
  const server = found as TestPostgres;
  let places: Place[];
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await server.database();
    ({ drop } = database);
    places = await Promise.all([postgresPlace(database), postgresPlace(database)]);
  });
  afterAll(async () => {
    await Promise.all(places.map((place) => place.close()));
    await drop();
    await server.stop();
  });

  /** As a log is asked for its head and then filled: what comes between the two is what could go wrong. */
  const foundedBy = (history: string[], name: string) => async () => {
    const isNew = history.length === 0;
    await pause(50);
    if (isNew) history.push(name);
  };

  it('write its history once: the second waits, and finds it there', async () => {
    const history: string[] = [];
    await Promise.all(places.map((place, i) => inTurn(place, foundedBy(history, `projector ${i}`))));
    expect(history).toHaveLength(1);
  });

  it('do not wait for one that failed: the next has its turn and writes it', async () => {
    const history: string[] = [];
    const [first, second] = places as [Place, Place];
    const failing = inTurn(first, async () => {
      await pause(50);
      throw new Error('the event store went away');
    });
    const [failed, then] = await Promise.allSettled([failing, inTurn(second, foundedBy(history, 'second'))]);
    expect(failed).toMatchObject({ reason: { message: 'the event store went away' } });
    expect(then.status).toBe('fulfilled');
    expect(history).toEqual(['second']);
  });
});
