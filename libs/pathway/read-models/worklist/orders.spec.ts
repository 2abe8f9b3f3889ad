import { describe, expect, it } from '@jest/globals';
import { worklist, type WorklistFilter } from '#pathway';
import type { Rows } from '#projections';
import {
  at,
  brixham,
  harbourside,
  idOf,
  north,
  person,
  projected,
  sealed,
  type Entry,
} from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const order = idOf('commode');
const placed = (more: object = { promisedOn: '2011-03-03' }) =>
  smith.said('OrderPlaced', { order, kind: 'equipment', team: north, what: sealed, ...more }, '2011-03-01 10:15');
const referred = smith.referred('2011-02-28 10:00');

const list =
  (now: string, team: { team: string; organisation: string } = north, filter: WorklistFilter = {}) =>
  async (rows: Rows) =>
    (await worklist(rows, { teams: [team.team], organisation: team.organisation, now: at(now), ...filter })).items.map(
      ({ group, kind, state, since }) => [group, kind, state, since],
    );
const found = (history: readonly Entry[], ...asked: Parameters<typeof list>) =>
  projected([...referred, ...history], list(...asked));

const promised = ['waitingForThem', 'order', 'promised', at('2011-03-01 10:15')];
const late = ['notActedOn', 'order', 'late', at('2011-03-04 00:00')];

describe('An order on the worklist', () => {
  it('waits for them until the day that was promised is over, and is then late with no new entry', async () => {
    await projected([...referred, placed()], async (rows) => {
      expect(await list('2011-03-01 10:15')(rows)).toEqual([promised]);
      expect(await list('2011-03-03 23:59')(rows)).toEqual([promised]);
      expect(await list('2011-03-04 00:00')(rows)).toEqual([late]);
      expect(await list('2011-03-09 00:00')(rows)).toEqual([late]);
    });
  });

  it('is late from midnight in London, in summer too', async () => {
    const summer = smith.said(
      'OrderPlaced',
      { order, kind: 'meals', team: north, what: sealed, promisedOn: '2011-07-01' },
      '2011-06-30 10:00',
    );
    await projected([...referred, summer], async (rows) => {
      expect(await list('2011-07-01 22:59')(rows)).toEqual([['waitingForThem', 'order', 'promised', at('2011-06-30 10:00')]]);
      expect(await list('2011-07-01 23:00')(rows)).toEqual([['notActedOn', 'order', 'late', at('2011-07-01 23:00')]]);
    });
  });

  it('is counted once, where it stands', async () => {
    await projected([...referred, placed()], async (rows) => {
      const counts = (now: string) =>
        worklist(rows, { teams: [north.team], organisation: north.organisation, now: at(now) });
      expect((await counts('2011-03-03 12:00')).groups.map(({ count }) => count)).toEqual([0, 0, 0, 1, 0]);
      expect((await counts('2011-03-04 12:00')).groups.map(({ count }) => count)).toEqual([0, 1, 0, 0, 0]);
    });
  });

  it('is gone when it comes and when it is cancelled', async () => {
    const delivered = smith.said('OrderDelivered', { order }, '2011-03-05 10:00');
    const cancelled = smith.said('OrderCancelled', { order, reason: 'noLongerNeeded' }, '2011-03-05 10:00');
    expect(await found([placed(), delivered], '2011-03-05 11:00')).toEqual([]);
    expect(await found([placed(), cancelled], '2011-03-05 11:00')).toEqual([]);
  });

  it('that did not come waits again once another day is promised, and for us until then', async () => {
    const failed = (more: object) =>
      smith.said('OrderFailed', { order, reason: 'notInStock', ...more }, '2011-03-04 09:00');
    expect(await found([placed(), failed({ promisedOn: '2011-03-07' })], '2011-03-05 11:00')).toEqual([
      ['waitingForThem', 'order', 'promised', at('2011-03-04 09:00')],
    ]);
    expect(await found([placed(), failed({})], '2011-03-05 11:00')).toEqual([
      ['notActedOn', 'order', 'notCome', at('2011-03-04 09:00')],
    ]);
  });

  it('for which no day was promised waits for them and is never late', async () => {
    expect(await found([placed({})], '2012-01-01 00:00')).toEqual([
      ['waitingForThem', 'order', 'undated', at('2011-03-01 10:15')],
    ]);
  });

  it('for somebody who died is to be cancelled, and is gone when it is', async () => {
    const died = smith.lived('PersonDied', { place: 'hospital' }, '2011-03-02 09:00');
    const cancelled = smith.said('OrderCancelled', { order, reason: 'died' }, '2011-03-02 10:00');
    expect(await found([placed(), died], '2011-03-02 11:00')).toEqual([
      ['notActedOn', 'order', 'toCancel', at('2011-03-02 09:00')],
    ]);
    expect(await found([placed(), died, cancelled], '2011-03-02 11:00')).toEqual([]);
  });

  it('is followed by whoever ordered it and by whoever is responsible now, and by nobody else', async () => {
    const handed = [placed(), smith.offered('a', '2011-03-01 11:00'), smith.accepted('a', '2011-03-01 11:10')];
    expect(await found(handed, '2011-03-04 09:00', north)).toEqual([late]);
    expect(await found(handed, '2011-03-04 09:00', brixham)).toEqual([late]);
    expect(await found(handed, '2011-03-04 09:00', harbourside)).toEqual([]);
  });

  it('is narrowed to by what stands in the address, and is no handover', async () => {
    const asked = [placed(), smith.offered('a', '2011-03-04 08:00')];
    const kinds = async (filter: WorklistFilter) =>
      (await found(asked, '2011-03-04 09:00', north, filter)).map(([, kind]) => kind);
    expect(await kinds({})).toEqual(['order', 'handoff']);
    expect(await kinds({ kind: 'order' })).toEqual(['order']);
    expect(await kinds({ waitingSince: at('2011-03-04 00:00') })).toEqual(['order']);
    expect(await kinds({ boundary: 'community>socialCare' })).toEqual(['handoff']);
    expect(await kinds({ urgency: 'routine' })).toEqual([]);
  });

  it('is found, counted and ordered in an index', async () => {
    await projected([...referred, placed()], async (rows) => {
      const plans: string[] = [];
      const explained = {
        all: async (sql: string, params: never) => {
          plans.push(...(await rows.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)).map(({ detail }) => detail));
          return [];
        },
      };
      await list('2011-03-04 09:00', north, { kind: 'order', orders: ['late'] })(explained as unknown as Rows);
      const index = /^SEARCH worklist_item USING COVERING INDEX .*\(team=\?\)/u;
      expect(plans.filter((plan) => index.test(plan)).length).toBeGreaterThanOrEqual(2);
    });
  });
});
