import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantile } from './quantile.js';

describe('Median and 90th percentile', () => {
  it('interpolate between the two closest values', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
    expect(quantile([7], 0.9)).toBe(7);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('are those of SQLite', () => {
    const database = new DatabaseSync(':memory:');
    const ask = database.prepare('SELECT median(value) AS median, percentile(value, 90) AS p90 FROM json_each(?)');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 60 }), (values) => {
        const found = ask.get(JSON.stringify(values)) as { median: number; p90: number };
        const sorted = [...values].sort((a, b) => a - b);
        expect(quantile(sorted, 0.5)).toBeCloseTo(found.median, 6);
        expect(quantile(sorted, 0.9)).toBeCloseTo(found.p90, 6);
      }),
    );
    database.close();
  });
});
