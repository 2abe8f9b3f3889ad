import { describe, expect, it } from '@jest/globals';
import { kaplanMeierMedian, type Waited } from './kaplan-meier.js';

const answered = (...times: number[]): Waited[] => times.map((time) => ({ time, answered: true }));
const waiting = (...times: number[]): Waited[] => times.map((time) => ({ time, answered: false }));

describe('The median wait, open offers counted', () => {
  it('is the middle answer when every offer was answered', () => {
    expect(kaplanMeierMedian(answered(30, 10, 20))).toBe(20);
  });

  it('grows when offers that nobody answered are counted for as long as they have waited', () => {
    expect(kaplanMeierMedian(answered(10, 20, 30))).toBe(20);
    expect(kaplanMeierMedian([...answered(10, 20, 30), ...waiting(40, 40)])).toBe(30);
  });

  it('says nothing when fewer than half were ever answered', () => {
    expect(kaplanMeierMedian([...answered(10, 20), ...waiting(30, 40, 50)])).toBeNull();
    expect(kaplanMeierMedian(waiting(5))).toBeNull();
    expect(kaplanMeierMedian([])).toBeNull();
  });

  it('lets an offer that ended without an answer count only until then', () => {
    // Four waited at 10; one of three at 20: 3/4 * 2/3 = one half.
    expect(kaplanMeierMedian([...answered(10, 20, 30), ...waiting(40)])).toBe(20);
    // Withdrawn at 15, it no longer dilutes: 3/4 * 1/2 at 20.
    expect(kaplanMeierMedian([...answered(10, 20, 30), ...waiting(15)])).toBe(20);
    expect(kaplanMeierMedian([...answered(10, 30, 31), ...waiting(15, 15, 15)])).toBe(30);
  });

  it('puts an answer before an end of the same moment', () => {
    expect(kaplanMeierMedian([...answered(10), ...waiting(10)])).toBe(10);
  });

  it('gives the published median of the 6-mercaptopurine arm of Freireich (1963): 23 weeks', () => {
    const remission = [...answered(6, 6, 6, 7, 10, 13, 16, 22, 23), ...waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];
    expect(kaplanMeierMedian(remission)).toBe(23);
  });
});
