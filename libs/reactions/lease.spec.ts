import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place } from '#database';
import { inEachPlace } from '../../test/support/places.js';
import { Lease } from './lease.js';

inEachPlace((here) => {
  describe('A lease', () => {
    let now: number;
    let leases: Lease[];
    const nodes = async (...names: readonly string[]): Promise<[Lease, Lease]> => {
      const of = async (name = 'deadlines') => new Lease({ place: await here().place(), name, ttl: 9_000, now: () => now });
      leases = [await of(names[0]), await of(names[1])];
      return leases as [Lease, Lease];
    };
    beforeEach(() => {
      now = 1_000_000;
    });
    afterEach(() => Promise.all(leases.map((lease) => lease.release())));

    it('is held by one at a time, and renewed by the same', async () => {
      const [one, other] = await nodes();
      expect([await one.hold(), await other.hold(), await one.hold()]).toEqual([true, false, true]);
      now += 8_000;
      expect([await one.hold(), await other.hold()]).toEqual([true, false]);
      now += 8_000;
      expect([await other.hold(), await one.hold()]).toEqual([false, true]);
    });

    it('is taken by one alone, however many ask for it at the same moment', async () => {
      const [one, other] = await nodes();
      for (let round = 0; round < 20; round++) {
        now += 9_000;
        const held = await Promise.all([one.hold(), other.hold(), one.hold(), other.hold()]);
        expect(held.filter(Boolean)).toHaveLength(2);
        expect([held[0], held[1]]).toEqual([held[2], held[3]]);
      }
    });

    it('goes to the next when its holder died and it runs out, and the first knows', async () => {
      const [one, other] = await nodes();
      await one.hold();
      now += 8_999;
      expect(await other.hold()).toBe(false);
      now += 1;
      expect([await other.hold(), await one.hold()]).toEqual([true, false]);
    });

    it('goes to the next at once when it is given up', async () => {
      const [one, other] = await nodes();
      await one.hold();
      await one.release();
      expect(await other.hold()).toBe(true);
    });

    it('is not taken from its holder by one whose clock is a little behind, or who waited before it could ask', async () => {
      const [one, other] = await nodes();
      expect(await one.hold()).toBe(true);
      now -= 1_000;
      expect(await other.hold()).toBe(false);
    });

    it('is not held for ever because the clock was set back', async () => {
      const [one, other] = await nodes();
      await one.hold();
      now -= 3_600_000;
      expect(await other.hold()).toBe(true);
    });

    it('of other work is another lease', async () => {
      const [one, other] = await nodes('deadlines', 'something else');
      expect([await one.hold(), await other.hold()]).toEqual([true, true]);
    });

    it('is kept until it expires where the database cannot be asked, and no longer', async () => {
      const place = await here().place();
      let isAway = false;
      const sometimes: Place = { ...place, open: async (kept) => {
        const database = await place.open(kept);
        return { ...database, get queries() {
          if (isAway) throw new Error('the database is away');
          return database.queries;
        } };
      } };
      const lease = new Lease({ place: sometimes, name: 'deadlines', ttl: 9_000, now: () => now });
      leases = [lease];
      expect(await lease.hold()).toBe(true);
      isAway = true;
      now += 8_000;
      expect(await lease.hold()).toBe(true);
      now += 1_000;
      expect(await lease.hold()).toBe(false);
      isAway = false;
      expect(await lease.hold()).toBe(true);
    });
  });
});
