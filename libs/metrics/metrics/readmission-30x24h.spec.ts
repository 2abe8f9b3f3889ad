import { describe, expect, it } from '@jest/globals';
import { metricDefinition, type Proportion } from '#metrics';
import type { Rows } from '#projections';
import { at, person, projected, type Entry, type EntryOptions } from '../../../test/support/history.js';

const metric = metricDefinition('readmission-30x24h')!;
const request = { asAt: at('2011-06-01 09:00') };
const value =
  (more: object = {}) =>
  async (rows: Rows) =>
    await metric.compute(rows, { ...request, ...more }) as Proportion;

const twoStays = (name: string, left: string, back: string, options: EntryOptions = {}): readonly Entry[] => {
  const one = person(name, options);
  return [
    one.admitted('a', '2011-01-01 10:00'),
    one.discharged('a', left),
    one.admitted('b', back),
    one.discharged('b', '2011-05-01 10:00'),
  ];
};

describe('Back in hospital within 30 x 24 hours', () => {
  it('counts exactly 30 x 24 hours, and not a minute more', async () => {
    expect(await projected(twoStays('a', '2011-01-05 12:00', '2011-02-04 12:00'), value())).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
    expect(await projected(twoStays('a', '2011-01-05 12:00', '2011-02-04 12:01'), value())).toMatchObject({
      numerator: 0,
      denominator: 2,
    });
  });

  it('counts hours, not days of 23: over the night on which the clocks go forward', async () => {
    expect(await projected(twoStays('a', '2011-03-01 12:00', '2011-03-31 12:00'), value())).toMatchObject({
      numerator: 1,
    });
    expect(await projected(twoStays('a', '2011-03-01 12:00', '2011-03-31 12:30'), value())).toMatchObject({
      numerator: 0,
    });
  });

  it('counts the same day, and not a stay that overlaps the one before', async () => {
    expect(await projected(twoStays('a', '2011-01-05 12:00', '2011-01-05 12:00'), value())).toMatchObject({
      numerator: 1,
    });
    const one = person('a');
    const overlap = [
      one.admitted('a', '2011-01-01 10:00'),
      one.admitted('b', '2011-01-04 10:00'),
      one.discharged('a', '2011-01-05 10:00'),
      one.discharged('b', '2011-01-06 10:00'),
    ];
    expect(await projected(overlap, value())).toMatchObject({ numerator: 0, denominator: 2 });
  });

  it('of A, B and C counts A by B and B by C', async () => {
    const one = person('a');
    const history = ['01', '10', '20'].flatMap((day) => [
      one.admitted(day, `2011-01-${day} 10:00`),
      one.discharged(day, `2011-01-${day} 18:00`),
    ]);
    expect(await projected(history, value())).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('lets a stay into the denominator when it ends, and says how many have not', async () => {
    const one = person('a');
    expect(await projected([one.admitted('a', '2011-01-01 10:00')], value())).toMatchObject({
      numerator: 0,
      denominator: 0,
      proportion: null,
      open: 1,
    });
  });

  it('counts what was imported, a pilot, or all', async () => {
    const smith = person('Mrs Smith');
    const history = [
      ...twoStays('imported', '2011-01-05 12:00', '2011-01-10 12:00', { purpose: 'import', synthetic: true }),
      ...smith.referred('2011-02-28 10:00'),
      smith.admitted('s', '2011-03-01 10:00'),
      smith.discharged('s', '2011-03-02 10:00'),
    ];
    await projected(history, async (rows) => {
      const pair = async (scope: string) => {
        const { numerator, denominator } = await value({ scope })(rows);
        return [numerator, denominator];
      };
      expect(await pair('imported')).toEqual([1, 2]);
      expect(await pair('pilot:torbay')).toEqual([0, 1]);
      expect(await pair('pilot:norfolk')).toEqual([0, 0]);
      expect(await pair('all')).toEqual([1, 3]);
      expect(await value({ pilot: 'torbay' })(rows)).toMatchObject({ scope: 'pilot:torbay', denominator: 1 });
    });
  });

  it('counts by the day on which the stay ended', async () => {
    const history = twoStays('a', '2011-01-05 12:00', '2011-01-10 12:00');
    expect(await projected(history, value({ from: '2011-01-01', to: '2011-02-01' }))).toMatchObject({
      numerator: 1,
      denominator: 1,
    });
    expect(await projected(history, value({ from: '2011-01-06' }))).toMatchObject({ numerator: 0, denominator: 1 });
  });

  it('gives the figure as it was known before the second stay was recorded', async () => {
    const history = twoStays('a', '2011-01-05 12:00', '2011-01-10 12:00');
    await projected(history, async (rows) => {
      expect(await value({ knownAt: 2 })(rows)).toMatchObject({ numerator: 0, denominator: 1 });
      expect(await value({ knownAt: 3 })(rows)).toMatchObject({ numerator: 1, denominator: 1, open: 1 });
    });
  });

  it('opens into the stays and their events', async () => {
    const history = twoStays('a', '2011-01-05 12:00', '2011-01-10 12:00');
    await projected(history, async (rows) => {
      const cases = await metric.cases(rows, request);
      expect(cases.map(({ outcome, events }) => [outcome, events.length])).toEqual([
        ['readmitted', 3],
        ['notReadmitted', 2],
      ]);
      expect((await metric.cases(rows, { ...request, outcome: 'readmitted' })).map(({ subject }) => subject)).toEqual([
        person('a').stay('a'),
      ]);
    });
  });
});
