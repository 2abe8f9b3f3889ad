import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePositions, formatPosition, parsePosition, revisionNumber } from './position.js';

const position = fc.record({ commit: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), prepare: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) });

describe('positions of EventStoreDB', () => {
  it('keep commit and prepare exactly, beyond what a number holds', () => {
    fc.assert(fc.property(position, (p) => expect(parsePosition(formatPosition(p))).toEqual(p)));
  });

  it('compare by number, commit first, and not as text', () => {
    expect(comparePositions('9/9', '10/10')).toBeLessThan(0);
    expect(comparePositions('10/9', '10/10')).toBeLessThan(0);
    expect(comparePositions('10/10', '10/10')).toBe(0);
    fc.assert(fc.property(position, position, (a, b) => {
      const expected = a.commit === b.commit ? a.prepare - b.prepare : a.commit - b.commit;
      expect(Math.sign(comparePositions(formatPosition(a), formatPosition(b)))).toBe(expected > 0n ? 1 : expected < 0n ? -1 : 0);
    }));
  });

  it.each(['', '12', '1/2/3', '-1/2', 'a/b', '1/ 2'])('are not read from %j', (text) => {
    expect(() => parsePosition(text)).toThrow(RangeError);
  });

  it('a revision that a number cannot hold exactly is refused', () => {
    expect(revisionNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => revisionNumber(2n ** 53n)).toThrow(RangeError);
  });
});
