import { describe, expect, it } from '@jest/globals';
import { WrongRevisionError, type Expected } from '../port.js';
import { anEvent, idsOf, messages } from './events.js';
import type { Contract } from './harness.js';

export function revisions({ harness, timeout }: Contract): void {
  describe('expected revisions', () => {
    const append = (stream: string, expected: Expected, events = [anEvent()]) =>
      harness().store.append(stream, expected, events);

    it(
      'starts a stream at revision 0 and counts without gaps (A7, C append)',
      async () => {
        const m = messages();
        expect(await append(m.stream, 'none', m(1, 2, 3))).toMatchObject({ revision: 2, repeated: false });
        expect(await append(m.stream, 2, m(4, 5, 6))).toMatchObject({ revision: 5, repeated: false });
        const stored = await harness().store.readStream(m.stream);
        expect(stored.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4, 5]);
        expect(idsOf(stored)).toEqual(idsOf(m(1, 2, 3, 4, 5, 6)));
      },
      timeout,
    );

    it.each<[string, Expected, number]>([
      ['none', 'none', -1],
      ['any', 'any', -1],
      ['the last revision', 2, 3],
      ['any', 'any', 3],
    ])(
      'appends where the writer expects %s (D4)',
      async (_, expected, length) => {
        const { stream } = messages();
        for (let i = 0; i < length; i++) await append(stream, 'any');
        expect(await append(stream, expected)).toMatchObject({ revision: Math.max(length, 0), repeated: false });
      },
      timeout,
    );

    it.each<[Expected, number]>([
      ['none', 3],
      [0, 3],
      [1, 3],
      [3, 3],
      [10, 3],
      [0, 0],
      [4, 0],
    ])(
      'refuses a writer that expects %s in a stream of %i events, and stores nothing (A6, A18, B4, D4, D5)',
      async (expected, length) => {
        const { stream } = messages();
        for (let i = 0; i < length; i++) await append(stream, 'any');
        const refusal = append(stream, expected);
        await expect(refusal).rejects.toThrow(WrongRevisionError);
        await expect(refusal).rejects.toMatchObject({ stream, expected, actual: length - 1 });
        expect(await harness().store.readStream(stream)).toHaveLength(length);
      },
      timeout,
    );

    it(
      'stores none of several events where it refuses (A6)',
      async () => {
        const m = messages();
        await append(m.stream, 'none', m(1, 2, 3));
        await expect(append(m.stream, 1, m(4, 5, 6))).rejects.toThrow(WrongRevisionError);
        expect(await harness().store.readStream(m.stream)).toHaveLength(3);
      },
      timeout,
    );

    it(
      'appends at any revision behind what is there (A16)',
      async () => {
        const m = messages();
        const first = await append(m.stream, 'any', m(1, 2, 3));
        const second = await append(m.stream, 'any', m(4, 5, 6));
        expect(second).toMatchObject({ revision: 5, repeated: false });
        expect(harness().store.comparePositions(second.position, first.position)).toBeGreaterThan(0);
      },
      timeout,
    );

    it(
      'goes on at the right revision after a restart',
      async () => {
        const m = messages();
        await append(m.stream, 'none', m(1, 2));
        await harness().reopen();
        await expect(append(m.stream, 'none', m(3))).rejects.toMatchObject({ actual: 1 });
        expect(await append(m.stream, 1, m(3))).toMatchObject({ revision: 2 });
      },
      timeout,
    );
  });
}
