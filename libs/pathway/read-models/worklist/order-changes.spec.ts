import { describe, expect, it } from '@jest/globals';
import { changesSince } from '#pathway';
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
const referred = smith.referred('2011-02-21 10:00');
const placed = (recorded = '2011-02-28 10:15', promisedOn: string | undefined = '2011-03-01') =>
  smith.said(
    'OrderPlaced',
    { order, kind: 'equipment', team: north, what: sealed, ...(promisedOn && { promisedOn }) },
    '2011-02-28 10:15',
    { recorded },
  );
const failed = (more: object = {}) =>
  smith.said('OrderFailed', { order, reason: 'notInStock', ...more }, '2011-03-01 18:00');

const news =
  (team: { team: string; organisation: string }, since: string, now: string) =>
  async (rows: Rows): Promise<readonly (readonly unknown[])[]> => {
    const asked = { teams: [team.team], organisation: team.organisation, most: 50 };
    const { kinds } = await changesSince(rows, { ...asked, since: at(since), now: at(now) });
    return kinds
      .flatMap(({ kind, changes }) => changes.map((one) => [kind, one.state, one.at] as const))
      .filter(([kind]) => String(kind).startsWith('order'));
  };

const evening = '2011-03-01 17:00';
const morning = '2011-03-02 08:00';
const overnight = (history: readonly Entry[], team: { team: string; organisation: string } = north) =>
  projected([...referred, ...history], news(team, evening, morning));

describe('What changed of something ordered', () => {
  it('tells in the morning that its day is over and it has not come, with no entry between, and once', async () => {
    await projected([...referred, placed()], async (rows) => {
      expect(await news(north, evening, '2011-03-01 23:59')(rows)).toEqual([]);
      expect(await news(north, evening, morning)(rows)).toEqual([['orderLate', 'late', at('2011-03-02 00:00')]]);
      expect(await news(north, morning, '2011-03-02 12:00')(rows)).toEqual([]);
    });
  });

  it('tells that it came, that it did not, and that it was cancelled', async () => {
    const came = smith.said('OrderDelivered', { order }, '2011-03-01 18:30');
    const cancelled = smith.said('OrderCancelled', { order, reason: 'noLongerNeeded' }, '2011-03-01 18:30');
    expect(await overnight([placed(), came])).toEqual([['orderCame', 'delivered', at('2011-03-01 18:30')]]);
    expect(await overnight([placed(), cancelled])).toEqual([['ordered', 'cancelled', at('2011-03-01 18:30')]]);
    for (const more of [{}, { promisedOn: '2011-03-07' }])
      expect(await overnight([placed(), failed(more)])).toEqual([['orderLate', 'notCome', at('2011-03-01 18:00')]]);
  });

  it('stands as it stands now: what was ordered and came since is told once, as come', async () => {
    const came = smith.said('OrderDelivered', { order }, '2011-03-01 18:30');
    await projected([...referred, placed(), came], async (rows) =>
      expect(await news(north, '2011-02-28 08:00', morning)(rows)).toEqual([
        ['orderCame', 'delivered', at('2011-03-01 18:30')],
      ]),
    );
  });

  it('that was written down after its day is news from then, and at once late', async () => {
    expect(await overnight([placed('2011-03-02 07:30')])).toEqual([['orderLate', 'late', at('2011-03-02 00:00')]]);
    await projected([...referred, placed('2011-03-02 07:30')], async (rows) =>
      expect(await news(north, '2011-03-02 01:00', morning)(rows)).toEqual([
        ['orderLate', 'late', at('2011-03-02 00:00')],
      ]),
    );
  });

  it('tells that it is to be stopped where the person has died, and not that it is late', async () => {
    const died = smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 23:00');
    expect(await overnight([placed(), died])).toEqual([['orderLate', 'toCancel', at('2011-03-01 23:00')]]);
  });

  it('tells whoever ordered it and whoever is responsible now, and nobody else', async () => {
    const handed = [placed(), smith.offered('a', '2011-03-01 11:00'), smith.accepted('a', '2011-03-01 11:10')];
    const late = [['orderLate', 'late', at('2011-03-02 00:00')]];
    expect(await overnight(handed)).toEqual(late);
    expect(await overnight(handed, brixham)).toEqual(late);
    expect(await overnight(handed, harbourside)).toEqual([]);
    expect(await overnight(handed, { ...north, organisation: 'brixham-home-care' })).toEqual([]);
  });
});
