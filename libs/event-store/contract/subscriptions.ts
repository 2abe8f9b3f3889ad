import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { idsOf, messages } from './events.js';
import { deliveredUntil, expectGapless, mark, ofStreams, type Contract } from './harness.js';

export function subscriptions({ harness, timeout }: Contract): void {
  describe('a subscription', () => {
    it(
      'delivers what was there and then what comes, once and in order (A, C, D6)',
      async () => {
        const { store } = harness();
        const [one, two] = [messages(), messages('person')];
        const from = await mark(store);
        await store.append(one.stream, 'none', one(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        const delivered = deliveredUntil(store, one(12)[0]!.eventId, from);
        await sleep(50);
        await store.append(two.stream, 'none', two(1));
        await store.append(one.stream, 9, one(11));
        await store.append(one.stream, 10, one(12));
        const events = await delivered;
        expectGapless(events);
        expect(events[0]?.ordinal).toBe((from.afterOrdinal ?? 0) + 1);
        expect(idsOf(ofStreams(events, one.stream, two.stream))).toEqual(
          idsOf([...one(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ...two(1), ...one(11, 12)]),
        );
      },
      timeout,
    );

    it(
      'from the beginning of the log delivers all of it, numbered from 1 (A)',
      async () => {
        const { store } = harness();
        const m = messages();
        await store.append(m.stream, 'none', m(1, 2));
        const events = await deliveredUntil(store, m(2)[0]!.eventId);
        expectGapless(events);
        expect(events[0]?.ordinal).toBe(1);
      },
      timeout,
    );

    it(
      'from the head delivers only what comes after (A, C, D6)',
      async () => {
        const { store } = harness();
        const m = messages();
        await store.append(m.stream, 'none', m(1, 2, 3));
        const delivered = deliveredUntil(store, m(5)[0]!.eventId, await mark(store));
        await store.append(m.stream, 2, m(4, 5));
        expect(idsOf(ofStreams(await delivered, m.stream))).toEqual(idsOf(m(4, 5)));
      },
      timeout,
    );

    it(
      'goes on after the last event it took, across a restart of the store (D6)',
      async () => {
        const m = messages();
        const from = await mark(harness().store);
        await harness().store.append(m.stream, 'none', m(1, 2, 3));
        const first = await deliveredUntil(harness().store, m(3)[0]!.eventId, from);
        await harness().reopen();
        await harness().store.append(m.stream, 2, m(4, 5));
        const { position: after, ordinal: afterOrdinal } = first.at(-1)!;
        const second = await deliveredUntil(harness().store, m(5)[0]!.eventId, { after, afterOrdinal });
        expectGapless([...first, ...second]);
        expect(idsOf(ofStreams([...first, ...second], m.stream))).toEqual(idsOf(m(1, 2, 3, 4, 5)));
      },
      timeout,
    );

    it(
      'never runs ahead of a slow reader by more than a batch (C back-pressure)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        const numbers = Array.from({ length: 100 }, (_, n) => n);
        await store.append(m.stream, 'none', m(...numbers));
        const controller = new AbortController();
        const seen: string[] = [];
        let handling = 0;
        for await (const batch of store.subscribe({ ...from, batch: 7, signal: controller.signal })) {
          expect(handling++).toBe(0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(7);
          await sleep(1);
          seen.push(...idsOf(ofStreams(batch, m.stream)));
          handling--;
          if (seen.length >= 100) controller.abort();
        }
        expect(seen).toEqual(idsOf(m(...numbers)));
      },
      timeout,
    );

    it(
      'serves fifty readers at once, each with everything (A)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        const readers = Array.from({ length: 50 }, () => deliveredUntil(store, m(2)[0]!.eventId, from));
        await store.append(m.stream, 'none', m(1));
        await store.append(m.stream, 0, m(2));
        for (const events of await Promise.all(readers)) {
          expect(idsOf(ofStreams(events, m.stream))).toEqual(idsOf(m(1, 2)));
        }
      },
      timeout,
    );

    it(
      'keeps readers from different places apart (D6)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        await store.append(m.stream, 'none', m(1, 2));
        const late = deliveredUntil(store, m(3)[0]!.eventId, await mark(store));
        const early = deliveredUntil(store, m(3)[0]!.eventId, from);
        await store.append(m.stream, 1, m(3));
        expect(idsOf(ofStreams(await late, m.stream))).toEqual(idsOf(m(3)));
        expect(idsOf(ofStreams(await early, m.stream))).toEqual(idsOf(m(1, 2, 3)));
      },
      timeout,
    );

    it(
      'ends when it is aborted, waiting or not begun, and when its reader leaves the loop (C)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        const waiting = new AbortController();
        const ended = (async () => {
          for await (const _ of store.subscribe({ ...from, signal: waiting.signal }));
          return 'ended';
        })();
        setTimeout(() => waiting.abort(), 60);
        expect(await ended).toBe('ended');
        await store.append(m.stream, 'none', m(1));
        for await (const _ of store.subscribe({ ...from, signal: AbortSignal.abort() })) throw new Error('delivered');
        for await (const batch of store.subscribe({ ...from, signal: new AbortController().signal })) {
          expect(batch.length).toBeGreaterThan(0);
          break;
        }
      },
      timeout,
    );

    it(
      'passes on what its reader throws, and delivers that batch again to the next (D6)',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        await store.append(m.stream, 'none', m(1));
        const failing = async () => {
          for await (const _ of store.subscribe({ ...from, signal: AbortSignal.timeout(10_000) }))
            throw new Error('the reader failed');
        };
        await expect(failing()).rejects.toThrow('the reader failed');
        const events = await deliveredUntil(store, m(1)[0]!.eventId, from);
        expect(idsOf(ofStreams(events, m.stream))).toEqual(idsOf(m(1)));
      },
      timeout,
    );

    it(
      'hears of an append within a moment',
      async () => {
        const { store } = harness();
        const m = messages();
        const from = await mark(store);
        const delays: number[] = [];
        for (let n = 0; n < 10; n++) {
          const delivered = deliveredUntil(store, m(n)[0]!.eventId, from);
          await sleep(20);
          const start = performance.now();
          await store.append(m.stream, 'any', m(n));
          await delivered;
          delays.push(performance.now() - start);
        }
        delays.sort((a, b) => a - b);
        expect(delays[5]).toBeLessThan(100);
      },
      timeout,
    );
  });
}
