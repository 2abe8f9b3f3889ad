import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#kernel';
import { IdConflictError, WrongRevisionError, type Appended, type Expected } from '../port.js';
import { anEvent, idsOf, messages, type Messages } from './events.js';
import type { Contract } from './harness.js';

type Call = readonly [expected: Expected, numbers: readonly number[]];

/** What was appended before, the call, and the revision it answers again or a refusal. */
type Row = readonly [name: string, before: readonly Call[], call: Call, answer: number | 'refused'];

const sixOneByOne: readonly Call[] = [
  ['none', [0]],
  [0, [1]],
  [1, [2]],
  [2, [3]],
  [3, [4]],
  [4, [5]],
];
const three: readonly Call[] = [['none', [1, 2, 3]]];
const twice: readonly Call[] = [
  ['none', [1, 2, 3]],
  [2, [4, 5, 6]],
];

const rows: readonly Row[] = [
  ['A1', three, ['none', [2, 3, 4]], 'refused'],
  ['A2', [['none', [1, 2]]], ['none', [1, 2]], 1],
  ['A3', [['none', [1, 2]]], ['none', [1, 2, 3]], 'refused'],
  ['A4', [['none', [1, 2]]], ['none', [1]], 0],
  ['A5', [['none', [1, 2]]], ['none', [2]], 'refused'],
  ['A8', twice, [2, [4, 5, 6]], 5],
  ['A9', twice, [2, [4, 5]], 4],
  ['A10', [...three, [2, [4]]], [1, [3]], 2],
  ['A11', twice, [2, [4, 5, 6, 7]], 'refused'],
  ['A12', [['any', [1, 2, 3]]], ['any', [1, 2, 3]], 2],
  ['A13, two of three', [['any', [1, 2, 3]]], ['any', [1, 2]], 1],
  ['A13, one of three', [['any', [1, 2, 3]]], ['any', [1]], 0],
  ['A14', [['any', [1, 2, 3]]], ['any', [2, 1]], 'refused'],
  ['A15', [['any', [1, 2, 3]]], ['any', [2, 3, 4]], 'refused'],
  ['A17', three, [2, [1]], 'refused'],
  ['B1', sixOneByOne, ['none', [0]], 0],
  ['B2', sixOneByOne, ['any', [0]], 0],
  ['B3', sixOneByOne, [5, [0]], 'refused'],
  ['B4', sixOneByOne, [6, [0]], 'refused'],
  ['B5', sixOneByOne, [4, [0]], 'refused'],
  ['B6', [['none', [0]]], [0, [0]], 'refused'],
  ['B7', [['none', [0]]], ['any', [0]], 0],
  ['B8', [['none', [0]]], ['none', [0]], 0],
  [
    'B9',
    [
      ['none', [0]],
      [0, [1]],
      [1, [2]],
      ['any', [1]],
    ],
    ['any', [1]],
    1,
  ],
  ['old and new at the right revision', three, [2, [3, 4]], 'refused'],
  ['new and old at the right revision', three, [2, [4, 3]], 'refused'],
  ['two repeats with a gap between', three, ['any', [1, 3]], 'refused'],
];

export function idempotency({ harness, timeout }: Contract): void {
  const play = async (m: Messages, calls: readonly Call[]): Promise<Map<number, Appended>> => {
    const answers = new Map<number, Appended>();
    for (const [expected, numbers] of calls) {
      const answer = await harness().store.append(m.stream, expected, m(...numbers));
      answers.set(answer.revision, answer);
    }
    return answers;
  };

  describe('a repeated append', () => {
    it.each(rows)(
      '%s: %j, then %j gives %j',
      async (_, before, [expected, numbers], answer) => {
        const m = messages();
        await play(m, before);
        const stored = await harness().store.readStream(m.stream);
        const call = harness().store.append(m.stream, expected, m(...numbers));
        if (answer === 'refused') {
          await expect(call).rejects.toThrow(WrongRevisionError);
          await expect(call).rejects.toMatchObject({ stream: m.stream, expected, actual: stored.length - 1 });
        } else {
          expect(await call).toMatchObject({ revision: answer, repeated: true });
        }
        expect(await harness().store.readStream(m.stream)).toEqual(stored);
      },
      timeout,
    );

    it(
      'is answered with the first position, also after a restart and after later events (A2, A8)',
      async () => {
        const m = messages();
        const first = await play(m, [
          ['none', [1, 2]],
          [1, [3]],
          [2, [4, 5]],
        ]);
        const again = () =>
          Promise.all([
            harness().store.append(m.stream, 'none', m(1, 2)),
            harness().store.append(m.stream, 1, m(3)),
            harness().store.append(m.stream, 'any', m(4, 5)),
          ]);
        const expected = [1, 2, 4].map((revision) => ({ ...first.get(revision), repeated: true }));
        expect(await again()).toEqual(expected);
        await harness().reopen();
        expect(await again()).toEqual(expected);
      },
      timeout,
    );

    it(
      'is the same append although the node that repeats it writes another recordedAt',
      async () => {
        const m = messages();
        await play(m, three);
        const later = m(1, 2, 3).map((event): NewEvent => ({ ...event, recordedAt: '2011-03-01T10:30:00.000Z' }));
        expect(await harness().store.append(m.stream, 'none', later)).toMatchObject({ revision: 2, repeated: true });
      },
      timeout,
    );
  });

  describe('an event id used again', () => {
    const changes: readonly [string, Partial<NewEvent>][] = [
      ['data', { data: { n: 'other' } }],
      ['type', { type: 'another' }],
      ['commandHash', { commandHash: 'hmac:0000' }],
      ['occurredAt', { occurredAt: '2011-02-28T08:05:00.000Z' }],
      ['person', { person: 'someone-else' }],
    ];
    const expectations: readonly Expected[] = ['none', 'any', 2, 0, 9];

    it.each(changes)(
      'with another %s is refused at whatever revision, and after a restart (G)',
      async (_, change) => {
        const m = messages();
        await play(m, three);
        const other = m(1).map((event) => ({ ...event, ...change }));
        const refused = async () => {
          for (const expected of expectations) {
            const call = harness().store.append(m.stream, expected, other);
            await expect(call).rejects.toThrow(IdConflictError);
            await expect(call).rejects.toMatchObject({ stream: m.stream, eventId: other[0]?.eventId });
          }
        };
        await refused();
        await harness().reopen();
        await refused();
        expect(await harness().store.readStream(m.stream)).toHaveLength(3);
      },
      timeout,
    );

    it(
      'beside new events is refused, and nothing of the append is stored',
      async () => {
        const m = messages();
        await play(m, three);
        const other = m(3).map((event) => ({ ...event, data: { n: 'other' } }));
        await expect(harness().store.append(m.stream, 2, [...m(4), ...other])).rejects.toThrow(IdConflictError);
        expect(idsOf(await harness().store.readStream(m.stream))).toEqual(idsOf(m(1, 2, 3)));
      },
      timeout,
    );

    it(
      'twice in one append is refused (G)',
      async () => {
        const m = messages();
        await expect(harness().store.append(m.stream, 'none', m(1, 2, 1))).rejects.toThrow(IdConflictError);
        expect(await harness().store.readStream(m.stream)).toEqual([]);
      },
      timeout,
    );

    it(
      'in another stream is another event: ids are compared within a stream',
      async () => {
        const [one, two] = [messages(), messages()];
        const events = [anEvent()];
        await harness().store.append(one.stream, 'none', events);
        expect(await harness().store.append(two.stream, 'none', events)).toMatchObject({
          revision: 0,
          repeated: false,
        });
      },
      timeout,
    );
  });
}
