import { describe, expect, it } from '@jest/globals';
import { changesSince, type ChangeKind } from '#pathway';
import type { Rows } from '#projections';
import { at, brixham, harbourside, north, person, projected, ward } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const jones = person('Mr Jones');

const news =
  (team: { team: string; organisation: string }, since: string, most = 50) =>
  async (rows: Rows): Promise<readonly (readonly [ChangeKind, string, string])[]> =>
    (await changesSince(rows, {
      teams: [team.team],
      organisation: team.organisation,
      since: at(since),
      now: at('2011-03-02 08:00'),
      most,
    })).kinds.flatMap(({ kind, changes }) => changes.map((one) => [kind, one.person, one.state] as const));

const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 16:50')];
const evening = '2011-03-01 17:00';

describe('What changed since I was last here', () => {
  it('tells the sender of a decline in the evening, and not of what was there before (scenario 1)', async () => {
    const history = [...offered, smith.declined('a', '2011-03-01 17:05')];
    expect(await projected(history, news(north, evening))).toEqual([['declined', smith.personId, 'declined']]);
    expect(await projected(history, news(north, '2011-03-01 17:05'))).toEqual([]);
  });

  it('tells of what was not answered in time', async () => {
    const handoffId = smith.handoff('a');
    const lapsed = smith.said('HandoffLapsed', { handoffId, deadline: at('2011-03-01 17:20') }, '2011-03-01 17:20');
    expect(await projected([...offered, lapsed], news(north, evening))).toEqual([
      ['declined', smith.personId, 'lapsed'],
    ]);
  });

  it('tells the receiver of a new offer, also after a colleague has opened it', async () => {
    const history = [...offered, smith.seen('a', '2011-03-01 16:55')];
    expect(await projected(history, news(brixham, '2011-03-01 16:00'))).toEqual([
      ['offered', smith.personId, 'acknowledged'],
    ]);
    expect(await projected(history, news(brixham, '2011-03-01 16:52'))).toEqual([]);
  });

  it('tells of an acceptance: to the sender who left, to the receiver who came', async () => {
    const history = [...offered, smith.accepted('a', '2011-03-01 17:10')];
    expect(await projected(history, news(north, evening))).toEqual([
      ['accepted', smith.personId, 'accepted'],
      ['left', smith.personId, 'active'],
    ]);
    expect(await projected(history, news(brixham, evening))).toEqual([['came', smith.personId, 'active']]);
  });

  it('tells of an answer of yesterday that was written down this morning (scenario 5)', async () => {
    const history = [...offered, smith.accepted('a', '2011-03-01 16:55', { recorded: '2011-03-02 07:30' })];
    expect(await projected(history, news(north, '2011-03-01 18:00'))).toEqual([
      ['accepted', smith.personId, 'accepted'],
      ['left', smith.personId, 'active'],
    ]);
  });

  it('tells of somebody who went into hospital and of somebody who was referred', async () => {
    const history = [
      ...smith.referred('2011-02-28 10:00'),
      smith.admitted('s', '2011-03-01 22:00'),
      ...jones.referred('2011-03-01 18:00'),
    ];
    expect(await projected(history, news(north, evening))).toEqual([
      ['came', jones.personId, 'active'],
      ['left', smith.personId, 'active'],
    ]);
    expect(await projected(history, news(ward, evening))).toEqual([['came', smith.personId, 'active']]);
  });

  it('tells of a death', async () => {
    const history = [
      ...smith.referred('2011-02-28 10:00'),
      smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 23:00'),
    ];
    expect(await projected(history, news(north, evening))).toEqual([['left', smith.personId, 'died']]);
  });

  it('tells no other team, and no team of another organisation', async () => {
    const history = [...offered, smith.declined('a', '2011-03-01 17:05')];
    expect(await projected(history, news(harbourside, '2011-01-01 00:00'))).toEqual([]);
    expect(await projected(history, news({ ...north, organisation: 'brixham-home-care' }, evening))).toEqual([]);
  });

  it('reads no more than it is asked for, however long ago the moment is, and says that there is more', async () => {
    const history = [...smith.referred('2011-02-01 10:00'), ...jones.referred('2011-02-02 10:00')];
    await projected(history, async (rows) => {
      const { kinds } = await changesSince(rows, {
        teams: [north.team],
        organisation: north.organisation,
        since: at('2001-01-01 00:00'),
        now: at('2011-03-02 08:00'),
        most: 1,
      });
      expect(kinds.find(({ kind }) => kind === 'came')).toMatchObject({
        more: true,
        changes: [{ person: jones.personId, other_team: null }],
      });
    });
  });

  it('finds everything in an index, in the order in which it is shown', async () => {
    await projected(offered, async (rows) => {
      const plans: string[] = [];
      const explained: Rows = {
        ...rows,
        all: async (sql, params) => {
          plans.push(...(await rows.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)).map(({ detail }) => detail));
          return [];
        },
        get: async () => undefined,
      };
      await news(north, evening)(explained);
      expect(plans.length).toBeGreaterThan(0);
      for (const plan of plans)
        expect(plan).toMatch(/^SEARCH (handoff|journey) USING INDEX .*\((to|from|responsible|before)_team=\?.*>\?/u);
    });
  });
});
