import { describe, expect, it } from '@jest/globals';
import { metricDefinition, type ClockFigures } from '#metrics';
import type { Rows } from '#projections';
import { at, brixham, person, projected, reablement, ward, type Entry } from '../../../test/support/history.js';

const MINUTE = 60_000;
const march = { pilot: 'torbay', from: '2011-03-01', to: '2011-04-01', asAt: at('2011-03-01 12:00') };
const figures =
  (id: string, more: object = {}) =>
  async (rows: Rows) =>
    await metricDefinition(id)!.compute(rows, { ...march, ...more }) as ClockFigures;

/** Offers of nine o'clock to Brixham, each answered after so many minutes. */
const answered = (...minutes: readonly number[]): readonly Entry[] =>
  minutes.flatMap((after, i) => {
    const one = person(`answered ${i}`);
    return [
      ...one.referred('2011-02-28 10:00'),
      one.offered('a', '2011-03-01 09:00'),
      one.accepted('a', clock(9 * 60 + after)),
    ];
  });

const clock = (minutes: number) =>
  `2011-03-01 ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const waiting = (name: string, since: string) => {
  const one = person(name);
  return [...one.referred('2011-02-28 10:00'), one.offered('a', since)];
};

describe('The time until an offer is accepted', () => {
  it('gives count, median and 90th percentile of the answers', async () => {
    const { total } = await projected(answered(10, 20, 30, 40, 100), figures('h2-acceptance'));
    expect(total).toMatchObject({ started: 5, timed: 5, open: 0, median: 30 * MINUTE, p90: 76 * MINUTE });
  });

  it('says how many met the target', async () => {
    const { total } = await projected(answered(10, 30, 31, 40), figures('h2-acceptance'));
    expect(total).toMatchObject({ withinTarget: 2, judged: 4, percentWithinTarget: 50 });
  });

  it('counts an open offer as open, never drops it, and tells the age of the oldest', async () => {
    const history = [
      ...answered(10),
      ...waiting('Mrs Smith', '2011-03-01 11:30'),
      ...waiting('Mr Jones', '2011-03-01 09:00'),
    ];
    const { total } = await projected(history, figures('h2-acceptance'));
    expect(total).toMatchObject({
      started: 3,
      timed: 1,
      open: 2,
      overdue: 1,
      judged: 2,
      median: 10 * MINUTE,
      oldestOpen: { since: at('2011-03-01 09:00'), age: 180 * MINUTE },
    });
  });

  it('lets open offers count in the other median for as long as they have waited', async () => {
    const history = [...answered(10, 20, 30), ...waiting('a', '2011-03-01 11:00'), ...waiting('b', '2011-03-01 11:00')];
    const { total } = await projected(history, figures('h2-acceptance'));
    expect(total).toMatchObject({ median: 20 * MINUTE, medianWithOpen: 30 * MINUTE });
  });

  it('keeps declined, withdrawn, unanswered and stopped offers in the denominator', async () => {
    const ended = (['declined', 'withdrawn', 'lapsed', 'died'] as const).flatMap((how) => {
      const one = person(how);
      const handoffId = one.handoff('a');
      const end = {
        declined: () => one.declined('a', '2011-03-01 09:10'),
        withdrawn: () =>
          one.said('HandoffWithdrawn', { handoffId, by: brixham, reason: 'noLongerNeeded' }, '2011-03-01 09:10'),
        lapsed: () => one.said('HandoffLapsed', { handoffId, deadline: at('2011-03-01 09:30') }, '2011-03-01 09:30'),
        died: () => one.lived('PersonDied', { place: 'usualResidence' }, '2011-03-01 09:10'),
      }[how]();
      return [...one.referred('2011-02-28 10:00'), one.offered('a', '2011-03-01 09:00'), end];
    });
    const { total } = await projected([...answered(10), ...ended], figures('h2-acceptance'));
    expect(total).toMatchObject({
      started: 5,
      timed: 1,
      judged: 5,
      withinTarget: 1,
      percentWithinTarget: 20,
      otherwise: { declined: 1, withdrawn: 1, lapsed: 1, stopped: 1 },
    });
  });

  it('goes by boundary, all together first', async () => {
    const smith = person('Mrs Smith');
    const history = [
      ...answered(10),
      ...smith.referred('2011-02-28 10:00'),
      smith.offered('a', '2011-03-01 09:00', { from: ward, to: reablement }),
    ];
    const { total, byBoundary } = await projected(history, figures('h2-acceptance'));
    expect(total).toMatchObject({ boundary: null, started: 2 });
    expect(byBoundary.map(({ boundary, started, open }) => [boundary, started, open])).toEqual([
      ['community>socialCare', 1, 0],
      ['secondary>socialCare', 1, 1],
    ]);
    const one = await projected(history, figures('h2-acceptance', { boundary: 'secondary>socialCare' }));
    expect(one.total.started).toBe(1);
  });

  it("counts by the day of the offer, and no other pilot's", async () => {
    const history = [...answered(10), ...waiting('late evening', '2011-03-31 23:30')];
    // 00:30 on 1 April in London, where summer time has begun.
    expect((await projected(history, figures('h2-acceptance'))).total.started).toBe(1);
    expect((await projected(history, figures('h2-acceptance', { pilot: 'norfolk' }))).total.started).toBe(0);
    expect((await projected([], figures('h2-acceptance'))).total).toMatchObject({
      started: 0,
      median: null,
      p90: null,
      medianWithOpen: null,
      percentWithinTarget: null,
      oldestOpen: null,
    });
  });

  it('opens every figure into its cases and their events', async () => {
    const history = [
      ...answered(10, 20),
      ...waiting('Mrs Smith', '2011-03-01 09:00'),
      ...waiting('Mr Jones', '2011-03-01 08:00'),
    ];
    await projected(history, async (rows) => {
      const cases = (more: object) => metricDefinition('h2-acceptance')!.cases(rows, { ...march, ...more });
      expect((await cases({})).map(({ outcome, value }) => [outcome, value])).toEqual([
        ['open', null],
        ['open', null],
        ['accepted', 20 * MINUTE],
        ['accepted', 10 * MINUTE],
      ]);
      expect((await cases({ outcome: 'open' })).map(({ person: who }) => who)).toEqual([
        person('Mr Jones').personId,
        person('Mrs Smith').personId,
      ]);
      expect((await cases({ outcome: 'accepted', limit: 1 }))[0]!.events).toHaveLength(2);
      expect(await cases({ offset: 3 })).toHaveLength(1);
    });
  });

  it('gives the figure as it was known before a late entry', async () => {
    const history = [...answered(10), ...waiting('Mrs Smith', '2011-03-01 09:00')];
    const lateAnswer = person('Mrs Smith').accepted('a', '2011-03-01 09:20', { recorded: '2011-03-05 09:00' });
    await projected([...history, lateAnswer], async (rows) => {
      expect((await figures('h2-acceptance')(rows)).total).toMatchObject({ open: 0, timed: 2, median: 15 * MINUTE });
      expect((await figures('h2-acceptance', { knownAt: history.length })(rows)).total).toMatchObject({
        open: 1,
        timed: 1,
        median: 10 * MINUTE,
      });
    });
  });
});
