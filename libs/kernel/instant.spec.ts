import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMillis, toMillis } from './instant.js';

describe('An instant', () => {
  it('is the number of milliseconds that JavaScript reads in it, in every year of four digits', () => {
    const anyMoment = fc.integer({ min: Date.parse('0000-01-01T00:00:00.000Z'), max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(anyMoment, (millis) => {
        expect(toMillis(fromMillis(millis))).toBe(millis);
        expect(toMillis(fromMillis(millis))).toBe(Date.parse(fromMillis(millis)));
      }),
    );
    expect(toMillis('2012-02-29T23:59:59.999Z')).toBe(Date.parse('2012-02-29T23:59:59.999Z'));
    expect(toMillis('not a moment at all')).toBeNaN();
  });
});
