import { describe, expect, it } from '@jest/globals';
import { kaplanMeierMedian } from './kaplan-meier.js';

describe('The median wait, open offers counted', () => {
  it('is the middle answer when every offer was answered', () => {
    expect(kaplanMeierMedian([10, 20, 30], [])).toBe(20);
  });

  it('grows when offers that nobody answered are counted for as long as they have waited', () => {
    expect(kaplanMeierMedian([10, 20, 30], [40, 40])).toBe(30);
  });

  it('says nothing when fewer than half were ever answered', () => {
    expect(kaplanMeierMedian([10, 20], [30, 40, 50])).toBeNull();
    expect(kaplanMeierMedian([], [5])).toBeNull();
    expect(kaplanMeierMedian([], [])).toBeNull();
  });

  it('lets an offer that ended without an answer count only until then', () => {
    // Four waited at 10, three at 20: 3/4 * 2/3 is one half.
    expect(kaplanMeierMedian([10, 20, 30], [40])).toBe(20);
    // Three withdrawn at 15 no longer count at 30: 5/6 * 1/2.
    expect(kaplanMeierMedian([10, 30, 31], [15, 15, 15])).toBe(30);
  });

  it('puts an answer before an end of the same moment', () => {
    expect(kaplanMeierMedian([10], [10])).toBe(10);
  });

  it('gives the published median of the 6-mercaptopurine arm of Freireich (1963): 23 weeks', () => {
    expect(kaplanMeierMedian([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])).toBe(
      23,
    );
  });
});
