import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('is what npm canonicalize writes, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('is what npm canonicalize writes, for numbers of every size', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2000 },
    );
    expect(canonicalJson([-0, 1e21, 1e-7, 333333333.3333333])).toBe('[0,1e+21,1e-7,333333333.3333333]');
  });

  it('is the same of what was read back from it, whose keys are in order', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        const written = canonicalize(value)!;
        expect(canonicalJson(JSON.parse(written))).toBe(written);
      }),
      { numRuns: 500 },
    );
  });

  it('takes what says how it is written at its word, in order or not', () => {
    const said = { toJSON: () => ({ b: 1, a: 2 }) };
    expect(canonicalJson({ a: 1, b: said })).toBe('{"a":1,"b":{"a":2,"b":1}}');
    expect(canonicalJson({ b: said, a: 1 })).toBe('{"a":1,"b":{"a":2,"b":1}}');
  });

  it('is what npm canonicalize writes, for objects of few keys and of many', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.nat(), { maxKeys: 40, size: 'max' }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('leaves out what is undefined in objects, and takes dates as text', () => {
    const value = { b: undefined, a: [undefined, new Date(0)] };
    expect(canonicalJson(value)).toBe('{"a":[null,"1970-01-01T00:00:00.000Z"]}');
    expect(canonicalJson(value)).toBe(canonicalize(value));
  });

  it.each([
    ['NaN', Number.NaN],
    ['infinity', -Infinity],
    ['half a character', 'a\ud800'],
    ['a big integer', 1n],
    ['a function', () => 1],
  ])('refuses %s, however deep', (_, value) => {
    expect(() => canonicalJson({ a: [{ value }] })).toThrow(TypeError);
  });
});
