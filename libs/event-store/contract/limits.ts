import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#kernel';
import {
  IdConflictError,
  InvalidAppendError,
  MAX_APPEND_BYTES,
  MAX_EVENT_BYTES,
  MAX_STREAM_NAME,
  type Expected,
} from '../port.js';
import { anEvent, messages } from './events.js';
import type { Contract } from './harness.js';

const text = (bytes: number) => 'x'.repeat(bytes);
/** The envelope of these tests takes less than this. */
const ROOM = 1000;

export function limits({ harness, timeout }: Contract): void {
  describe('an append that is refused before it is tried', () => {
    const refused = async (stream: string, expected: Expected, events: readonly NewEvent[]) => {
      await expect(harness().store.append(stream, expected, events)).rejects.toThrow(InvalidAppendError);
    };

    it.each<Expected>(['none', 'any', 0])(
      'has no events, expecting %s: no empty streams (A19, A20)',
      async (expected) => {
        const { stream } = messages();
        await refused(stream, expected, []);
        expect(await harness().store.readStream(stream)).toEqual([]);
      },
    );

    it.each([
      ['no name', ''],
      ['a name of the server', '$streams'],
      ['a metadata stream', '$$journey-1'],
      ['a control character', 'journey-\u0000'],
      ['a line break', 'journey-\n'],
      ['half a character', 'journey-\ud83d'],
      ['too long a name', text(MAX_STREAM_NAME + 1)],
    ])('names its stream with %s (G)', async (_, stream) => {
      await refused(stream, 'any', [anEvent()]);
    });

    it.each<[string, Partial<NewEvent>]>([
      ['no type', { type: '' }],
      ['a type of the server', { type: '$metadata' }],
      ['an id that is no UUID', { eventId: 'event-1' }],
      ['an id in upper case', { eventId: 'A987FBC9-4BED-3078-8F07-9141BA07C9F3' }],
      ['a number that JSON cannot hold', { data: { n: Number.NaN } }],
      ['a big integer', { data: { n: 1n } }],
      ['half a character', { data: { text: '\udc00' } }],
    ])('has an event with %s (G)', async (_, fields) => {
      const { stream } = messages();
      await refused(stream, 'any', [anEvent(), anEvent(fields)]);
      expect(await harness().store.readStream(stream)).toEqual([]);
    });

    it.each<Expected>([-1, 1.5, Number.NaN, 2 ** 60])('expects a revision of %d', async (expected) => {
      await refused(messages().stream, expected, [anEvent()]);
    });

    it(
      'has an event over the limit, counted in bytes (C)',
      async () => {
        const m = messages();
        await refused(m.stream, 'none', [anEvent({ data: text(MAX_EVENT_BYTES) })]);
        await refused(m.stream, 'none', [anEvent({ data: 'é'.repeat(MAX_EVENT_BYTES / 2) })]);
        await harness().store.append(m.stream, 'none', [anEvent({ data: text(MAX_EVENT_BYTES - ROOM) })]);
        expect(await harness().store.readStream(m.stream)).toHaveLength(1);
      },
      timeout,
    );

    it(
      'has too many bytes together (C, G)',
      async () => {
        const m = messages();
        const quarter = Math.floor(MAX_APPEND_BYTES / 4);
        const four = (size: number) => Array.from({ length: 4 }, () => anEvent({ data: text(size) }));
        await refused(m.stream, 'none', [...four(quarter - ROOM), anEvent({ data: text(4 * ROOM) })]);
        await harness().store.append(m.stream, 'none', four(quarter - ROOM));
        expect(await harness().store.readStream(m.stream)).toHaveLength(4);
      },
      timeout,
    );

    it(
      'takes a name as long as is allowed',
      async () => {
        const stream = messages().stream.padEnd(MAX_STREAM_NAME, 'x');
        await harness().store.append(stream, 'none', [anEvent()]);
        expect(await harness().store.readStream(stream)).toHaveLength(1);
      },
      timeout,
    );

    it(
      'is checked before anything of it is compared: twice the same id is no repeat',
      async () => {
        const m = messages();
        await harness().store.append(m.stream, 'none', m(1));
        await expect(harness().store.append(m.stream, 'none', [...m(1), ...m(1)])).rejects.toThrow(IdConflictError);
      },
      timeout,
    );
  });
}
