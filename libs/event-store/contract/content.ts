import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { purposes, roles, sectors, type NewEvent, type Precision } from '#kernel';
import { anEvent, asGiven, messages } from './events.js';
import { mark, ofStreams, readOn, type Contract } from './harness.js';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const instant = fc
  .date({ min: new Date('1900-01-01T00:00:00.000Z'), max: new Date('2100-01-01T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.constant({}),
    value.map((v) => ({ [key]: v })),
  );
/** Negative zero is zero in canonical JSON. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

const events: fc.Arbitrary<NewEvent> = fc
  .tuple(
    fc.record({
      type: fc.stringMatching(/^[a-z][A-Za-z]{0,30}$/),
      schemaVersion: fc.integer({ min: 1, max: 99 }),
      occurredAt: instant,
      recordedAt: instant,
      precision: fc.constantFrom<Precision[]>('day', 'minute', 'second'),
      purpose: fc.constantFrom(...purposes),
      commandId: fc.uuid(),
      commandHash: text,
      correlationId: fc.uuid(),
      source: text,
      synthetic: fc.boolean(),
      data: json,
    }),
    fc.record({
      staff: text,
      role: fc.constantFrom(...roles),
      organisation: text,
      sector: fc.constantFrom(...sectors),
    }),
    optional('pilot', text),
    optional('person', fc.uuid()),
    optional('pilot', text),
    optional('causationId', fc.uuid()),
  )
  .map(([fields, actor, actorPilot, ...rest]) => {
    const { person: _, pilot: __, ...bare } = anEvent();
    return {
      ...bare,
      ...fields,
      actor: { ...actor, ...actorPilot },
      ...Object.assign({}, ...rest),
      eventId: randomUUID(),
    };
  });

export function content({ harness, runs, timeout }: Contract): void {
  const roundTrip = async (...given: NewEvent[]) => {
    const { stream } = messages();
    const { store } = harness();
    const from = await mark(store);
    await store.append(stream, 'none', given);
    const read = await store.readStream(stream);
    expect(read.map(asGiven)).toEqual(given);
    expect(read.every((event) => event.stream === stream)).toBe(true);
    const fromLog = ofStreams(await readOn(store, { ...from, limit: 500 }), stream);
    expect(fromLog.map(asGiven)).toEqual(given);
    expect(fromLog.map((event) => event.position)).toEqual(read.map((event) => event.position));
  };

  describe('an event', () => {
    it(
      'comes back as it was given, envelope and data, whatever they hold (C)',
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 4 }), (given) => roundTrip(...given)),
          { numRuns: runs },
        );
      },
      timeout,
    );

    it.each([
      ['control characters', 'a\u0000b\u0018c\u0118d\u007f\u2028\u2029'],
      [
        'marks stacked on marks',
        'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA',
      ],
      ['scripts and emoji', 'Siân Ó Ceallaigh 王小明 עברית 👩🏽‍⚕️'],
      ['quotes and backslashes', '"\\" \\u0041 </script> \r\n\t'],
    ])(
      'keeps %s (C)',
      async (_, value) => {
        await roundTrip(anEvent({ data: { value, [value]: value }, source: value }));
      },
      timeout,
    );

    it(
      'keeps numbers and keys that look like numbers',
      async () => {
        await roundTrip(
          anEvent({ data: { 10: 'ten', 9: 'nine', a: [0.1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, -1.5e-7, null] } }),
        );
      },
      timeout,
    );

    it(
      'keeps a field that is absent absent, and leaves out what is undefined (C)',
      async () => {
        const { person: _, pilot: __, ...programme } = anEvent({ data: { kept: 1 } });
        const m = messages();
        await harness().store.append(m.stream, 'none', [{ ...programme, data: { kept: 1, left: undefined } }]);
        const [read] = await harness().store.readStream(m.stream);
        expect(asGiven(read!)).toStrictEqual(programme);
      },
      timeout,
    );

    it(
      'is not changed through the objects that were given or read',
      async () => {
        const m = messages();
        const data = { list: [1, 2] };
        await harness().store.append(m.stream, 'none', [anEvent({ data })]);
        data.list.push(3);
        const [first] = await harness().store.readStream(m.stream);
        (first!.data as { list: number[] }).list.push(4);
        const [second] = await harness().store.readStream(m.stream);
        expect(second!.data).toEqual({ list: [1, 2] });
      },
      timeout,
    );

    it.each(['/', '%', ' ', ':', '@', "'", 'ü', '--', '👩🏽‍⚕️', '_;drop'])(
      'lives in a stream with %j in its name (A21)',
      async (part) => {
        const stream = `journey-${randomUUID()}${part}x`;
        await harness().store.append(stream, 'none', [anEvent()]);
        expect(await harness().store.readStream(stream)).toMatchObject([{ stream, revision: 0 }]);
        expect(await harness().store.readStream(`${stream}y`)).toEqual([]);
      },
      timeout,
    );
  });
}
