import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryEventStore, type EventReader } from '#event-store';
import { allEvents, appendSamples, buildIn, openLive } from './testing/harness.js';
import { at, sampleId, sampleTables, type Sample } from './testing/sample.js';
import { contentsOf, onEachStore } from './testing/stores.js';

/** Histories of three people and a programme stream, over few days and few items, so that everything collides. */
const sample = (n: number): fc.Arbitrary<Sample> => {
  const earlier = fc.integer({ min: Math.max(1, n - 6), max: n + 1 }).map(sampleId);
  const item = fc.constantFrom('a', 'b', 'c');
  const amount = fc.constantFrom(1, 2, 3, 4, 7, 13);
  const what = fc.oneof(
    { weight: 6, arbitrary: fc.record({ item, amount }).map((data) => ({ type: 'Noted', data })) },
    { weight: 2, arbitrary: item.map((closed) => ({ type: 'Closed', data: { item: closed } })) },
    { weight: 1, arbitrary: fc.constant({ type: 'Remarked', data: {} }) },
    { weight: 2, arbitrary: earlier.map((id) => ({ type: 'MadeInError', data: { ids: [id] } })) },
    {
      weight: 2,
      arbitrary: fc.record({ id: earlier }).chain(({ id }) =>
        fc.oneof(
          amount.map((corrected) => ({ type: 'Corrected', data: { id, amount: corrected } })),
          fc.integer({ min: 0, max: 9 }).map((day) => ({ type: 'Corrected', data: { id, occurredAt: at(day) } })),
        ),
      ),
    },
  );
  const where = fc.constantFrom(
    { person: 'p1', stream: 'journey-1' },
    { person: 'p1', stream: 'person-1' },
    { person: 'p2', stream: 'journey-2' },
    { person: 'p3', stream: 'journey-1' },
    { stream: 'pilot-torbay' },
  );
  return fc.tuple(what, where, fc.integer({ min: 0, max: 9 })).map(([about, place, day]) => ({ ...about, ...place, day }));
};

const history = fc
  .integer({ min: 0, max: 45 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, i) => sample(i + 1))) as fc.Arbitrary<Sample[]>);

/** A store on which a stream's events carry no ordinal and the head is not counted, as on a cluster. */
const uncounted = (reader: EventReader): EventReader => ({
  ...reader,
  head: async () => {
    const { position } = await reader.head();
    return position === undefined ? {} : { position };
  },
  readStream: async (stream, options) =>
    (await reader.readStream(stream, options)).map((event) => ({ ...event, ordinal: 0 })),
});

describe('rows of a read model', () => onEachStore((inWorld) => {
  it('are the same however the log was read: at once, in parts, in any batches, redelivered, with restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), again: fc.integer({ min: 0, max: 4 }), restart: fc.boolean() }), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (samples, batches, eventsPerPart, counted) => {
          await inWorld(async (world) => {
            const { generations } = world;
            const store = openMemoryEventStore();
            await appendSamples(store, samples);
            const reader = counted ? store : uncounted(store);
            await buildIn(generations, 'whole', { reader: store });
            await buildIn(generations, 'parts', { reader, eventsPerPart });
            await buildIn(generations, 'followed', { reader, toOrdinal: 0 });

            const events = await allEvents(store);
            let generation = await generations.open('followed');
            let live = await openLive(generation, reader, 12);
            for (let from = 0, i = 0; from < events.length; i++) {
              const { size, again, restart } = batches[i % batches.length]!;
              await live.apply(events.slice(Math.max(0, from - again), from + size));
              from += size;
              if (restart) {
                await generation.close();
                generation = await generations.open('followed');
                live = await openLive(generation, reader, 12);
              }
            }
            const before = live.checkpoint;
            await live.retryQuarantined();
            await generation.close();

            const whole = await contentsOf(world, 'whole', sampleTables);
            expect(await contentsOf(world, 'parts', sampleTables)).toEqual(whole);
            expect(await contentsOf(world, 'followed', sampleTables)).toEqual(whole);
            expect(before.ordinal).toBe(events.length);
          })();
        },
      ),
      { numRuns: Number(process.env.THROUGHCARE_PROPERTY_RUNS ?? 6) },
    );
  }, 600_000);

  it('do not change when every event comes a second time', inWorld(async (world) => {
    const { generations } = world;
    const store = openMemoryEventStore();
    const noted = (day: number, amount: number): Sample => ({
      type: 'Noted', data: { item: 'a', amount }, person: 'p1', stream: 'journey-1', day,
    });
    await appendSamples(store, [noted(1, 1), noted(3, 2), noted(2, 4)]);
    await buildIn(generations, 'live', { reader: store, toOrdinal: 0 });
    const generation = await generations.open('live');
    const live = await openLive(generation, store);
    const events = await allEvents(store);
    await live.apply(events);
    const once = await contentsOf(world, 'live', sampleTables);
    expect(await live.apply(events)).toMatchObject({ events: 0, tables: [] });
    await generation.close();
    expect(await contentsOf(world, 'live', sampleTables)).toEqual(once);
    expect(once['fact']).toEqual([JSON.stringify({ subject: 'p1', item: 'a', amount: 2, known_from: 2 })]);
    expect(once['fact_past']).toEqual([
      JSON.stringify({ subject: 'p1', item: 'a', amount: 1, known_from: 1, known_to: 2 }),
    ]);
    expect(once['trail']).toEqual([JSON.stringify({ subject: 'p1', text: 'a1 a4 a2 ' })]);
  }));
}));
