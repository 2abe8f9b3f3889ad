/** A network that goes silent between us and PostgreSQL: nobody is told, on neither side. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { DatabaseUnavailableError, postgresPlace, type Kept, type Place } from '#database';
import { postgresGenerations } from '../../libs/projections/postgres/generations.js';
import { describeUnless } from '../support/left-out.js';
import { findOwnPostgres, type StartedPostgres } from '../support/postgres.js';
import { Relay } from '../support/relay.js';

const tally: Kept<{ readonly tally: { readonly n: number } }> = {
  name: 'tally',
  migrations: [({ whole }) => [`create table tally (n ${whole} not null)`]],
};
/** A turn that nobody is heard of in, milliseconds; then as much again for a busy machine. */
const SOON = 30_000;

const found = await findOwnPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'A network that goes silent', () => {
  const postgres = found as StartedPostgres;
  const relays: Relay[] = [];
  const places: Place[] = [];
  afterAll(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await Promise.all(places.map((place) => place.close()));
    await postgres.stop();
  });

  const relayed = async (): Promise<{ readonly url: string; readonly far: string; readonly relay: Relay }> => {
    const { url } = await postgres.database();
    const relay = await Relay.to(Number(new URL(url).port));
    relays.push(relay);
    return { url, far: relay.of(url), relay };
  };
  const tallyAt = async (url: string) => {
    const place = await postgresPlace({ url });
    places.push(place);
    return place.open(tally);
  };

  it.concurrent('is noticed by the projector, which no longer takes itself for the active one, and another may work', async () => {
    const { url, far, relay } = await relayed();
    const [active, standby] = [await postgresGenerations({ url: far }), await postgresGenerations({ url })];
    const lost = Promise.withResolvers<Error>();
    await active.lock(lost.resolve);
    const waiting = new AbortController();
    const next = standby.lock(() => undefined, { signal: waiting.signal, onWaiting: () => undefined });
    relay.silence();
    expect((await lost.promise).message).toMatch(/timeout/);
    relay.dropAtServer();
    await (await next).release();
    await standby.close();
    relay.heal('dead');
    await active.close();
  }, SOON);

  it.concurrent('gives back the turn that somebody had, undone, so that the others are not held up', async () => {
    const { url, far, relay } = await relayed();
    const [cutOff, other] = [await tallyAt(far), await tallyAt(url)];
    const half = cutOff.alone(async (inTurn) => {
      await inTurn.insertInto('tally').values({ n: 1 }).execute();
      relay.silence();
      await inTurn.insertInto('tally').values({ n: 2 }).execute();
    });
    half.catch(() => undefined);
    await pause(100);
    await other.alone((inTurn) => inTurn.insertInto('tally').values({ n: 3 }).execute());
    await expect(half).rejects.toThrow(DatabaseUnavailableError);
    expect(await other.queries.selectFrom('tally').selectAll().execute()).toEqual([{ n: 3 }]);
  }, SOON);

  it.concurrent('costs a connection that stays dead one answer: the next one asked is another', async () => {
    const { far, relay } = await relayed();
    const { queries } = await tallyAt(far);
    const asked = () => queries.selectFrom('tally').selectAll().execute();
    await asked();
    relay.silence();
    relay.heal('dead');
    await expect(asked()).rejects.toThrow(DatabaseUnavailableError);
    expect(await asked()).toEqual([]);
  }, SOON);
});
