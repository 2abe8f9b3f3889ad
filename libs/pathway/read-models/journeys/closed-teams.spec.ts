import { describe, expect, it } from '@jest/globals';
import { heldByClosedTeams, openHandoffsOf } from '#pathway';
import type { Rows } from '#projections';
import { at, brixham, north, person, projected, reablement } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const jones = person('Mr Jones');
const referred = [...smith.referred('2011-02-28 10:00'), ...jones.referred('2011-03-01 10:00')];

const evening = async (rows: Rows, closed: readonly string[] = [north.team, reablement.team], page = {}) => {
  const { total, journeys } = await heldByClosedTeams(rows, {
    teams: [north.team, reablement.team],
    organisation: north.organisation,
    closed,
    at: at('2011-03-01 18:00'),
    ...page,
  });
  return [total, ...journeys.map((row) => row.person)];
};

describe('Whom nobody is open for this evening', () => {
  it('is everybody for whom a closed team is responsible, who came last first', async () => {
    expect(await projected(referred, (rows) => evening(rows))).toEqual([2, jones.personId, smith.personId]);
    expect(await projected(referred, (rows) => evening(rows, undefined, { offset: 1, limit: 1 }))).toEqual([
      2,
      smith.personId,
    ]);
  });

  it('is nobody who was accepted by another team, and still who was only offered', async () => {
    const history = [...referred, smith.offered('a', '2011-03-01 16:00'), jones.offered('a', '2011-03-01 16:00')];
    const accepted = smith.accepted('a', '2011-03-01 16:10');
    await projected([...history, accepted], async (rows) => {
      expect(await evening(rows)).toEqual([1, jones.personId]);
      expect(await openHandoffsOf(rows, [smith.journey, jones.journey])).toMatchObject([
        { journey: jones.journey, to_team: brixham.team },
      ]);
    });
  });

  it('is nobody whom an open team has accepted from before the evening on', async () => {
    const history = [
      ...referred,
      smith.offered('a', '2011-03-01 12:00', { effect: 'atTime', effectAt: at('2011-03-01 17:00') }),
      smith.accepted('a', '2011-03-01 12:10', {}, { effect: 'atTime', effectAt: at('2011-03-01 17:00') }),
      jones.offered('a', '2011-03-01 12:00', { effect: 'atTime', effectAt: at('2011-03-01 19:00') }),
      jones.accepted('a', '2011-03-01 12:10', {}, { effect: 'atTime', effectAt: at('2011-03-01 19:00') }),
    ];
    await projected(history, async (rows) => {
      expect(await evening(rows)).toEqual([1, jones.personId]);
      expect(await evening(rows, [north.team, brixham.team])).toEqual([2, jones.personId, smith.personId]);
    });
  });

  it('is nobody who died or whose journey is over', async () => {
    const history = [...referred, smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 11:00')];
    expect(await projected(history, (rows) => evening(rows))).toEqual([1, jones.personId]);
  });

  it('is counted and ordered in an index', async () => {
    await projected(referred, async (rows) => {
      const plans: string[] = [];
      const explain = async (sql: string, params: never) =>
        plans.push(...(await rows.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)).map(({ detail }) => detail));
      const explained = {
        all: async (sql: string, params: never) => (await explain(sql, params), []),
        get: async (sql: string, params: never) => (await explain(sql, params), { n: 0 }),
      };
      await evening(explained as unknown as Rows);
      const index =
        /^SEARCH journey USING COVERING INDEX .*\(responsible_team=\? AND responsible_organisation=\? AND status=\?\)/u;
      expect(plans.filter((plan) => index.test(plan))).toHaveLength(2);
    });
  });
});
