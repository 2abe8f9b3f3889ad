import { describe, expect, it } from '@jest/globals';
import { subjectHash, subjectOf } from '../subject.js';
import { anEvent, idsOf, messages } from './events.js';
import { expectGapless, mark, ofStreams, readOn, type Contract } from './harness.js';

export function reading({ harness, timeout }: Contract): void {
  describe('reading a stream', () => {
    it(
      'gives its events in order, from a revision on, at most so many (C readStream, E)',
      async () => {
        const m = messages();
        await harness().store.append(m.stream, 'none', m(1, 2, 3, 4, 5, 6, 7, 8));
        const revisions = async (options?: { from?: number; limit?: number }) =>
          (await harness().store.readStream(m.stream, options)).map((event) => event.revision);
        expect(await revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        expect(await revisions({ from: 1 })).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(await revisions({ limit: 2 })).toEqual([0, 1]);
        expect(await revisions({ from: 6, limit: 5 })).toEqual([6, 7]);
        expect(await revisions({ from: 8 })).toEqual([]);
      },
      timeout,
    );

    it(
      'gives nothing for a stream that does not exist (C)',
      async () => {
        expect(await harness().store.readStream(messages().stream)).toEqual([]);
      },
      timeout,
    );

    it(
      'gives more than one page of a long stream',
      async () => {
        const m = messages();
        const numbers = Array.from({ length: 1200 }, (_, i) => i);
        for (let i = 0; i < numbers.length; i += 300) {
          await harness().store.append(m.stream, 'any', m(...numbers.slice(i, i + 300)));
        }
        expect(idsOf(await harness().store.readStream(m.stream))).toEqual(idsOf(m(...numbers)));
      },
      timeout,
    );

    it.each([{ from: -1 }, { from: 1.5 }, { limit: 0 }, { limit: -3 }])('refuses %j (C)', async (options) => {
      await expect(harness().store.readStream(messages().stream, options)).rejects.toThrow(RangeError);
    });

    it(
      'gives what an append has just answered for, on every read (F)',
      async () => {
        const m = messages();
        for (let n = 0; n < 30; n++) {
          const { position } = await harness().store.append(m.stream, 'any', m(n));
          expect((await harness().store.readStream(m.stream)).at(-1)).toMatchObject({ revision: n, position });
          const head = await harness().store.head();
          expect(harness().store.comparePositions(head.position ?? '', position)).toBeGreaterThanOrEqual(0);
        }
      },
      timeout,
    );
  });

  describe('reading the log', () => {
    it(
      'gives the events of all streams in the order of their appends, with gapless ordinals (A22, C readAll)',
      async () => {
        const { store } = harness();
        const [one, two] = [messages(), messages('person')];
        const from = await mark(store);
        await store.append(one.stream, 'none', one(1, 2, 3));
        await store.append(two.stream, 'none', two(1, 2, 3));
        await store.append(one.stream, 2, one(4));
        const read = await readOn(store, { ...from, limit: 100 });
        expectGapless(read);
        expect(read[0]?.ordinal).toBe((from.afterOrdinal ?? 0) + 1);
        const ours = ofStreams(read, one.stream, two.stream);
        expect(idsOf(ours)).toEqual(idsOf([...one(1, 2, 3), ...two(1, 2, 3), ...one(4)]));
        for (const [i, event] of ours.slice(1).entries()) {
          expect(store.comparePositions(event.position, ours[i]!.position)).toBeGreaterThan(0);
          expect(store.comparePositions(ours[i]!.position, event.position)).toBeLessThan(0);
        }
        expect(store.comparePositions(ours[0]!.position, ours[0]!.position)).toBe(0);
      },
      timeout,
    );

    it(
      'is the same by pages of any size, from the beginning too',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        await store.append(m.stream, 'none', m(1, 2, 3, 4, 5, 6, 7));
        const whole = await readOn(store, { ...from, limit: 1000 });
        for (const limit of [1, 3, 7])
          expect((await readOn(store, { ...from, limit })).slice(0, 7)).toEqual(whole.slice(0, 7));
        const fromStart = await readOn(store, { limit: 1000 });
        expectGapless(fromStart);
        expect(fromStart[0]?.ordinal).toBe(1);
        expect(idsOf(ofStreams(fromStart, m.stream))).toEqual(idsOf(m(1, 2, 3, 4, 5, 6, 7)));
      },
      timeout,
    );

    it(
      'goes on after any event it gave, exclusive, also after a restart',
      async () => {
        const m = messages();
        const from = await mark(harness().store);
        await harness().store.append(m.stream, 'none', m(1, 2, 3, 4));
        const read = await readOn(harness().store, { ...from, limit: 100 });
        await harness().reopen();
        for (const [i, event] of read.entries()) {
          const rest = await readOn(harness().store, {
            after: event.position,
            afterOrdinal: event.ordinal,
            limit: 100,
          });
          expect(rest.slice(0, read.length - i - 1)).toEqual(read.slice(i + 1));
        }
      },
      timeout,
    );

    it(
      'says at the head that there is no more, and where to go on',
      async () => {
        const { store } = harness();
        const m = messages();
        await store.append(m.stream, 'none', m(1));
        const from = await mark(store);
        expect(await store.readAll({ ...from, limit: 10 })).toEqual({
          events: [],
          atHead: true,
          next: { position: from.after, ordinal: from.afterOrdinal },
        });
        await store.append(m.stream, 0, m(2, 3));
        const page = await store.readAll({ ...from, limit: 1 });
        expect(page).toMatchObject({ atHead: false, next: { ordinal: (from.afterOrdinal ?? 0) + 1 } });
      },
      timeout,
    );

    it(
      'stops after an ordinal',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        await store.append(m.stream, 'none', m(1, 2, 3, 4));
        const toOrdinal = (from.afterOrdinal ?? 0) + 2;
        const page = await store.readAll({ ...from, limit: 100, toOrdinal });
        expect(page.events).toHaveLength(2);
        expect(page).toMatchObject({ atHead: false, next: { ordinal: toOrdinal } });
        expect((await store.readAll({ ...from, limit: 100, toOrdinal: from.afterOrdinal ?? 0 })).events).toEqual([]);
      },
      timeout,
    );

    it(
      'gives every event in exactly one part, with the ordinals of the whole log (E)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        const people = Array.from({ length: 40 }, (_, n) => ({ ...m(n)[0]!, person: `person-${m.stream}-${n}` }));
        const { person: _, ...ofNobody } = m(99)[0]!;
        await store.append(m.stream, 'none', [...people, ofNobody]);
        const whole = await readOn(store, { ...from, limit: 1000 });
        const parts = await Promise.all(
          [0, 1, 2].map((index) => readOn(store, { ...from, limit: 7, part: { index, of: 3 } })),
        );
        expect(
          parts
            .flat()
            .sort((a, b) => a.ordinal - b.ordinal)
            .slice(0, whole.length),
        ).toEqual(whole);
        for (const [index, events] of parts.entries()) {
          expect(events.length).toBeGreaterThan(0);
          expect(events.every((event) => subjectHash(subjectOf(event)) % 3 === index)).toBe(true);
        }
      },
      timeout,
    );

    it(
      'moves on over events of other parts',
      async () => {
        const { store } = harness();
        const from = await mark(store);
        const stream = messages().stream;
        const events = Array.from({ length: 20 }, () => anEvent({ person: 'one-person' }));
        await store.append(stream, 'none', events);
        const index = (subjectHash('one-person') + 1) % 2;
        const page = await store.readAll({ ...from, limit: 50, part: { index, of: 2 } });
        expect(ofStreams(page.events, stream)).toEqual([]);
        expect(page.next?.ordinal).toBeGreaterThanOrEqual((from.afterOrdinal ?? 0) + 20);
      },
      timeout,
    );

    it.each([
      { limit: 0 },
      { limit: 1.5 },
      { limit: 1, toOrdinal: -1 },
      { limit: 1, part: { index: 2, of: 2 } },
      { limit: 1, part: { index: 0, of: 5000 } },
      { limit: 1, after: 'nonsense' },
      { limit: 1, after: '-1' },
    ])('refuses %j (C)', async (options) => {
      await expect(harness().store.readAll(options)).rejects.toThrow(RangeError);
    });
  });
}
