import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { rebuildIn } from './rebuild.js';
import { withDearParts } from './testing/dear-parts.js';
import { appendSamples, openLive } from './testing/harness.js';
import { sampleId, sampleModels, sampleRegistry, type Sample } from './testing/sample.js';
import { onEachStore, type World } from './testing/stores.js';
import { NothingToVerifyError, verifyIn } from './verify.js';

const noted = (item: string, amount: number, day: number): Sample => ({
  type: 'Noted', data: { item, amount }, person: 'p1', stream: 'journey-1', day,
});

describe('verification of the read models', () => onEachStore((inWorld) => {
  let store: EventStore;
  let samples: readonly Sample[];
  beforeEach(async () => {
    store = openMemoryEventStore();
    samples = [
      noted('a', 1, 1), noted('b', 2, 2), noted('a', 4, 3), noted('c', 1, 2),
      { type: 'Closed', data: { item: 'b' }, person: 'p1', stream: 'journey-1', day: 5 },
      { ...noted('a', 3, 1), person: 'p2', stream: 'journey-2' },
    ];
    await appendSamples(store, samples);
  });

  const common = () => ({ reader: store, registry: sampleRegistry, readModels: sampleModels });
  const served = async ({ generations }: World): Promise<string> => (await generations.current())!;
  const alter = async (world: World, sql: string) => world.alter(await served(world), sql);
  const build = ({ generations }: World) => rebuildIn(generations, { ...common(), serve: true });
  const verify = ({ generations }: World) => verifyIn(generations, common());

  it('finds what was rebuilt equal, with the checksum that the rebuild gave', inWorld(async (world) => {
    const { checksum, events } = await build(world);
    expect(await verify(world)).toEqual({
      equal: true, ordinal: 6, checksum, rebuiltChecksum: checksum, differences: [], differenceCount: 0,
    });
    expect(events).toBe(6);
  }));

  it('compares at the checkpoint, whatever was written since', inWorld(async (world) => {
    await build(world);
    await appendSamples(store, [noted('z', 1, 9)], 7);
    expect(await verify(world)).toMatchObject({ equal: true, ordinal: 6 });
  }));

  it('reads a log whose parts are dear once, and once only where it builds a second time to say since when a row is wrong', inWorld(async (world) => {
    await build(world);
    const verifyDear = async () => {
      const reader = withDearParts(store);
      const { equal } = await verifyIn(world.generations, { ...common(), reader: { ...store, ...reader } });
      return { equal, events: reader.readings.events };
    };
    expect(await verifyDear()).toEqual({ equal: true, events: 6 });
    await alter(world, "UPDATE total SET sum = 6 WHERE subject = 'p1'");
    // Four more until the event that is named.
    expect(await verifyDear()).toEqual({ equal: false, events: 10 });
  }));

  it('names the row and the event since which it is wrong', inWorld(async (world) => {
    await build(world);
    await alter(world, "UPDATE total SET sum = 6 WHERE subject = 'p1'");
    const { equal, checksum, rebuiltChecksum, differences } = await verify(world);
    expect(equal).toBe(false);
    expect(checksum).not.toBe(rebuiltChecksum);
    // A sum of 6 was right until the fourth event.
    expect(differences).toEqual([
      {
        table: 'total', key: { subject: 'p1' }, ordinal: 4, eventId: sampleId(4), eventType: 'Noted', stream: 'journey-1',
        live: { subject: 'p1', sum: 6, count: 2 }, rebuilt: { subject: 'p1', sum: 5, count: 2 },
      },
    ]);
  }));

  it('puts the earliest difference first', inWorld(async (world) => {
    await build(world);
    await alter(
      world,
      `DELETE FROM total WHERE subject = 'p2';
       UPDATE fact_past SET amount = 99 WHERE item = 'a';
       INSERT INTO trail VALUES ('nobody', 'x')`,
    );
    const { differences, differenceCount } = await verify(world);
    expect(differenceCount).toBe(3);
    expect(differences.map(({ table, key, ordinal }) => ({ table, key, ordinal }))).toEqual([
      { table: 'fact', key: { subject: 'p1', item: 'a' }, ordinal: 1 },
      { table: 'total', key: { subject: 'p2' }, ordinal: 6 },
      { table: 'trail', key: { subject: 'nobody' }, ordinal: undefined },
    ]);
  }));

  it('sees past versions that are missing although what is so now is right', inWorld(async (world) => {
    await build(world);
    await alter(world, 'DELETE FROM fact_past WHERE item = \'b\'');
    const { equal, checksum, rebuiltChecksum, differences } = await verify(world);
    expect({ equal, same: checksum === rebuiltChecksum }).toEqual({ equal: false, same: true });
    expect(differences).toMatchObject([{ table: 'fact', ordinal: 2, live: null, rebuilt: null }]);
  }));

  it('finds live rows equal to rebuilt ones while the projector goes on', inWorld(async (world) => {
    await build(world);
    const generation = await world.generations.open(await served(world));
    const live = await openLive(generation, store);
    await appendSamples(store, [noted('a', 2, 2), noted('c', 9, 9)], 7);
    await live.apply((await store.readAll({ after: '6', limit: 10 })).events);
    expect(await verify(world)).toMatchObject({ equal: true, ordinal: 8 });
    await generation.close();
  }));

  it('says so when nothing was built yet', inWorld(async (world) => {
    await expect(verify(world)).rejects.toThrow(NothingToVerifyError);
  }));

  it('rebuilds aside without touching what is served', inWorld(async (world) => {
    const { checksum, history } = await build(world);
    const before = await served(world);
    const aside = await rebuildIn(world.generations, { ...common(), serve: false });
    expect(aside).toMatchObject({ events: 6, checksum, history });
    expect(await served(world)).toBe(before);
    expect(await world.names()).toEqual([before]);
  }));
}));
