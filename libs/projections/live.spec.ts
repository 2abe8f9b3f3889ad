import { describe, expect, it } from '@jest/globals';
import { openMemoryEventStore } from '#event-store';
import { CheckpointMovedError } from './generations.js';
import { allEvents, appendSamples, buildIn, openLive } from './testing/harness.js';
import { contentsOf, onEachStore, type World } from './testing/stores.js';
import { sampleTables, type Sample } from './testing/sample.js';

const noted = (person: string, amount: number, day: number): Sample => ({
  type: 'Noted', data: { item: 'a', amount }, person, stream: `journey-${person}`, day,
});

const contents = (world: World, name: string) => contentsOf(world, name, sampleTables);

describe('a batch', () => onEachStore((inWorld) => {
  it('is taken whole or not at all, and a second attempt ends as if the first had not been', inWorld(async (world) => {
    const { generations } = world;
    const store = openMemoryEventStore();
    await appendSamples(store, [noted('p1', 1, 1), noted('p2', 2, 1), noted('p1', 3, 2), noted('p2', 13, 3)]);
    await buildIn(generations, 'whole', { reader: store });
    await buildIn(generations, 'live', { reader: store, toOrdinal: 1 });
    const generation = await generations.open('live');
    const live = await openLive(generation, store);
    const before = await contents(world, 'live');
    const events = await allEvents(store);
    await world.fillDisk('live');
    await expect(live.apply(events)).rejects.toThrow('disk full');
    expect(await contents(world, 'live')).toEqual(before);
    expect(live.checkpoint.ordinal).toBe(1);
    await world.emptyDisk('live');
    await live.apply(events);
    await generation.close();
    expect(await contents(world, 'live')).toEqual(await contents(world, 'whole'));
  }));

  it('of a projector that lost its turn writes nothing, and that projector goes on from where the other one is', inWorld(async (world) => {
    const { generations } = world;
    const store = openMemoryEventStore();
    await appendSamples(store, [noted('p1', 1, 1), noted('p2', 2, 1), noted('p1', 3, 2), noted('p2', 4, 3), noted('p1', 5, 4)]);
    await buildIn(generations, 'whole', { reader: store });
    await buildIn(generations, 'live', { reader: store, toOrdinal: 1 });
    const events = await allEvents(store);
    const [late, early] = [await generations.open('live'), await (await world.again()).open('live')];
    const [stalled, active] = [await openLive(late, store), await openLive(early, store)];
    await active.apply(events.slice(0, 3));
    const before = await contents(world, 'live');
    await expect(stalled.apply(events)).rejects.toThrow(CheckpointMovedError);
    await expect(stalled.apply(events.slice(0, 2))).rejects.toThrow(CheckpointMovedError);
    expect(await contents(world, 'live')).toEqual(before);
    await stalled.resume();
    expect(stalled.checkpoint.ordinal).toBe(3);
    await stalled.apply(events);
    await Promise.all([late.close(), early.close()]);
    expect(await contents(world, 'live')).toEqual(await contents(world, 'whole'));
  }));

  it('that two projectors write at one moment is written once', inWorld(async (world) => {
    const { generations } = world;
    const store = openMemoryEventStore();
    await appendSamples(store, [noted('p1', 1, 1), noted('p1', 2, 2), noted('p1', 3, 3)]);
    await buildIn(generations, 'whole', { reader: store });
    await buildIn(generations, 'live', { reader: store, toOrdinal: 1 });
    const events = await allEvents(store);
    const both = [await generations.open('live'), await (await world.again()).open('live')];
    const lives = await Promise.all(both.map((generation) => openLive(generation, store)));
    const outcomes = await Promise.allSettled(lives.map((live) => live.apply(events)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(CheckpointMovedError) });
    await Promise.all(both.map((generation) => generation.close()));
    expect(await contents(world, 'live')).toEqual(await contents(world, 'whole'));
  }));

  it('reads from the log only the streams of people whose events are not in memory', inWorld(async ({ generations }) => {
    const store = openMemoryEventStore();
    await appendSamples(store, [noted('p1', 1, 1), noted('p2', 2, 1), noted('p3', 3, 1)]);
    await buildIn(generations, 'live', { reader: store, toOrdinal: 3 });
    const read: string[] = [];
    const generation = await generations.open('live');
    const live = await openLive(generation, {
      ...store, readStream: (stream, options) => (read.push(stream), store.readStream(stream, options)),
    });
    for (const [i, person] of ['p1', 'p1', 'p4', 'p4', 'p2'].entries()) {
      await appendSamples(store, [noted(person, 4, 2)], 4 + i);
      await live.apply((await allEvents(store)).slice(3 + i));
    }
    expect(read).toEqual(['journey-p1', 'journey-p2']);
    await generation.close();
  }));
}));
