import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WrongRevisionError, type Appended, type Expected } from '../port.js';
import { anEvent, idsOf, messages } from './events.js';
import { deliveredUntil, expectGapless, mark, ofStreams, type Contract } from './harness.js';

export function concurrency({ harness, runs, timeout }: Contract): void {
  const batch = (writer: number, size: number) =>
    Array.from({ length: size }, (_, i) => anEvent({ data: { writer, i } }));

  describe('writers at the same time', () => {
    it(
      'of those that expect the same revision exactly one wins, and only its events are stored (F)',
      async () => {
        const shape = fc.record({
          before: fc.integer({ min: 0, max: 3 }),
          sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 20 }),
        });
        await fc.assert(
          fc.asyncProperty(shape, async ({ before, sizes }) => {
            const { store } = harness();
            const { stream } = messages();
            if (before > 0) await store.append(stream, 'none', batch(-1, before));
            const expected: Expected = before === 0 ? 'none' : before - 1;
            const batches = sizes.map((size, writer) => batch(writer, size));
            const outcomes = await Promise.allSettled(batches.map((events) => store.append(stream, expected, events)));
            const winners = batches.filter((_, i) => outcomes[i]!.status === 'fulfilled');
            expect(winners).toHaveLength(1);
            for (const outcome of outcomes) {
              if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WrongRevisionError);
            }
            expect(idsOf((await store.readStream(stream)).slice(before))).toEqual(idsOf(winners[0]!));
          }),
          { numRuns: runs },
        );
      },
      timeout,
    );

    it(
      'never mix their events: each append lies together, all of it stored (F)',
      async () => {
        const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 16 });
        await fc.assert(
          fc.asyncProperty(shape, async (sizes) => {
            const { store } = harness();
            const { stream } = messages();
            const batches = sizes.map((size, writer) => batch(writer, size));
            const answers = await Promise.all(batches.map((events) => store.append(stream, 'any', events)));
            const stored = await store.readStream(stream);
            expect(stored.map((event) => event.revision)).toEqual(stored.map((_, i) => i));
            for (const [i, events] of batches.entries()) {
              const last = answers[i]!.revision;
              expect(idsOf(stored.slice(last - events.length + 1, last + 1))).toEqual(idsOf(events));
              expect(stored[last]?.position).toBe(answers[i]!.position);
            }
            expect(stored).toHaveLength(batches.flat().length);
          }),
          { numRuns: runs },
        );
      },
      timeout,
    );

    it(
      'that send the same append are all answered as the first, and it is stored once (F)',
      async () => {
        const shape = fc.record({
          copies: fc.integer({ min: 2, max: 12 }),
          size: fc.integer({ min: 1, max: 4 }),
          any: fc.boolean(),
        });
        await fc.assert(
          fc.asyncProperty(shape, async ({ copies, size, any }) => {
            const { store } = harness();
            const { stream } = messages();
            const events = batch(0, size);
            const answers = await Promise.all(
              Array.from({ length: copies }, () => store.append(stream, any ? 'any' : 'none', events)),
            );
            expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
            const place = ({ revision, position }: Appended) => `${revision} ${position}`;
            expect(new Set(answers.map(place)).size).toBe(1);
            expect(await store.readStream(stream)).toHaveLength(size);
          }),
          { numRuns: runs },
        );
      },
      timeout,
    );

    it(
      'and a reader who follows: every event once, in one order, each stream without gaps (F, A22)',
      async () => {
        const { store } = harness();
        const from = await mark(store);
        const writers = Array.from({ length: 16 }, () => messages());
        const end = messages();
        const live = deliveredUntil(store, end(1)[0]!.eventId, { ...from, batch: 20 });
        await Promise.all(
          writers.map(async (m) => {
            for (let n = 0; n < 12; n++) await store.append(m.stream, n === 0 ? 'none' : n - 1, m(n));
          }),
        );
        await store.append(end.stream, 'none', end(1));
        const events = await live;
        expectGapless(events);
        for (const m of writers) {
          expect(idsOf(ofStreams(events, m.stream))).toEqual(idsOf(m(...Array.from({ length: 12 }, (_, n) => n))));
        }
        for (const [i, event] of events.slice(1).entries()) {
          expect(store.comparePositions(event.position, events[i]!.position)).toBeGreaterThan(0);
        }
        const again = await deliveredUntil(store, end(1)[0]!.eventId, { ...from, batch: 500 });
        expect(again).toEqual(events);
      },
      timeout,
    );

    it(
      'each read their own write at once (F)',
      async () => {
        const { store } = harness();
        await Promise.all(
          Array.from({ length: 32 }, async () => {
            const m = messages();
            for (let n = 0; n < 5; n++) {
              await store.append(m.stream, n === 0 ? 'none' : n - 1, m(n));
              expect(await store.readStream(m.stream)).toHaveLength(n + 1);
            }
          }),
        );
      },
      timeout,
    );
  });
}
