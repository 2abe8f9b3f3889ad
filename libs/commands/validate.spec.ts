import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Field } from './fields.js';
import { Problem } from './problem.js';
import { Command } from './use-case.js';
import { commandFrom, explainBody } from './validate.js';

class Everything extends Command {
  @Field.uuid('An id')
  id!: string;

  @Field.ref('A team', { optional: true })
  team?: string;

  @Field.day('A day', { optional: true })
  on?: string;

  @Field.choice(['soon', 'routine'], 'How soon')
  urgency!: string;

  @Field.integer({ min: 1, max: 10 }, 'How many', { optional: true })
  number?: number;

  @Field.flag('Whether', { optional: true })
  flag?: boolean;

  @Field.confirmed('That it is so')
  sure!: true;

  @Field.text(5, 'A name', { optional: true })
  name?: string;

  @Field.freeText('Words', { max: 10, optional: true })
  words?: string;

  @Field.payload('Fields', { optional: true })
  fields?: Record<string, unknown>;

  @Field.freeTexts('Words by name', { optional: true })
  texts?: Record<string, string>;

  @Field.choices(['routine', 'soon'], 'Some', { optional: true })
  some?: string[];
}

const right = { id: '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001', urgency: 'soon', sure: true };

/** Right, nearly right and far off, for every field. */
const odd = fc.oneof(
  fc.anything({
    maxDepth: 2,
    withNullPrototype: false,
    withBigInt: false,
    withDate: false,
    withMap: false,
    withSet: false,
    withTypedArray: false,
    withSparseArray: false,
  }),
  fc.constantFrom<unknown>(null, '', ' ', 'sealed:v1:AAAA', '\ud800', '️️', '👩‍👩‍👧', 'soon', 1, 1.5, 1e300, true, {}, []),
);
const body = fc.record(
  {
    id: fc.oneof(fc.uuid(), fc.constant(right.id), odd),
    team: fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,5}$/), odd),
    on: fc.oneof(fc.stringMatching(/^20[0-2]\d-[01]\d-[0-3]\d$/), odd),
    occurredAt: fc.oneof(fc.constant('2011-03-01T08:05:00.000Z'), fc.constant('2011-02-30T08:05:00.000Z'), odd),
    urgency: fc.oneof(fc.constant('soon'), odd),
    number: fc.oneof(fc.integer({ min: -1, max: 12 }), odd),
    flag: fc.oneof(fc.boolean(), odd),
    sure: fc.oneof(fc.constant(true), fc.boolean(), odd),
    name: fc.oneof(fc.string({ maxLength: 7, unit: 'grapheme' }), odd),
    words: fc.oneof(fc.string({ maxLength: 12, unit: 'binary' }), odd),
    fields: fc.oneof(fc.dictionary(fc.string({ maxLength: 4 }), odd, { maxKeys: 3 }), odd),
    texts: fc.oneof(fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(fc.string(), odd), { maxKeys: 3 }), odd),
    some: fc.oneof(fc.array(fc.oneof(fc.constantFrom('soon', 'routine'), odd), { maxLength: 3 }), odd),
    constructor: odd,
    surprise: odd,
  },
  { requiredKeys: [] },
);

describe('Checking a command', () => {
  it('the compiled check and class-validator agree on everything', () => {
    let passed = 0;
    const agree = (value: unknown) => {
      const json = JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
      const errors = explainBody(Everything, json);
      let refused: readonly { pointer: string }[] = [];
      try {
        commandFrom(Everything, json);
        passed++;
      } catch (error) {
        refused = (error as Problem).more.errors ?? [{ pointer: 'not a problem' }];
      }
      expect(refused).toEqual(errors);
    };
    fc.assert(
      fc.property(
        fc.oneof(
          body,
          body.map((one) => ({ ...right, ...one })),
          odd,
        ),
        agree,
      ),
      { numRuns: 3000 },
    );
    for (const only of [
      'id',
      'team',
      'on',
      'urgency',
      'number',
      'flag',
      'sure',
      'name',
      'words',
      'fields',
      'texts',
      'some',
      'occurredAt',
    ] as const) {
      fc.assert(
        fc.property(body, (one) => agree({ ...right, ...(only in one && { [only]: one[only as keyof typeof one] }) })),
        { numRuns: 300 },
      );
    }
    // Else nothing was compared.
    expect(passed).toBeGreaterThan(1000);
  });

  it('takes ciphertext from nobody', () => {
    expect(explainBody(Everything, { ...right, fields: { note: 'sealed:v1:AAAA' } })).toEqual([
      { pointer: '/fields', detail: 'must be an object of plain values, not nested deeper than six' },
    ]);
  });

  it('tells null from left out', () => {
    expect(explainBody(Everything, { ...right, team: null })).toHaveLength(1);
    expect(explainBody(Everything, right)).toEqual([]);
  });

  it('is a command of its class', () => {
    expect(commandFrom(Everything, right)).toBeInstanceOf(Everything);
  });
});
