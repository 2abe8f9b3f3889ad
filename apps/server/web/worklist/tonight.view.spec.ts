import { describe, expect, it } from '@jest/globals';
import { heldByClosedTeams, journeysByIds, openHandoffsOf, worklist } from '#pathway';
import {
  at,
  harbourside,
  idOf,
  north,
  person,
  projected,
  sealed,
  type Entry,
} from '../../../../test/support/history.js';
import { eveningOf } from './evening.js';
import { tonightPage } from './tonight.view.js';

const smith = person('Mrs Smith');
const jones = person('Mr Jones');
const now = at('2011-03-01 16:00');
const evening = eveningOf(now);

const pageOf = (history: readonly Entry[]) =>
  projected(history, async (rows) => {
    const list = { teams: [north.team], organisation: north.organisation, now };
    const held = await heldByClosedTeams(rows, { ...list, closed: evening.closed, at: evening.at });
    const page = tonightPage(
      {
        held,
        asked: await openHandoffsOf(
          rows,
          held.journeys.map(({ journey }) => journey),
        ),
        nobody: await worklist(rows, { ...list, group: 'nobodyResponsible' }),
        before: await journeysByIds(rows, [smith.journey]),
        leaving: await worklist(rows, { ...list, group: 'leavingSoon', dueBefore: at('2011-03-02 00:00') }),
        orders: await worklist(rows, {
          ...list,
          orders: ['promised', 'late', 'notCome'],
          dueBefore: at('2011-03-02 00:00'),
        }),
      },
      { now, evening, pilot: 'torbay', page: 1, perPage: 25, identities: new Map(), read: () => 'a commode' },
    );
    return { ...page, found: page.groups.map(({ count, lines }) => [count, lines[0]?.what, lines[0]?.ring?.name]) };
  });

describe('This evening', () => {
  it('begins at six on a London clock, and goes on from now where it has begun', () => {
    expect(evening.at).toBe(at('2011-03-01 18:00'));
    expect(eveningOf(at('2011-07-01 09:00')).at).toBe(at('2011-07-01 17:00'));
    expect(eveningOf(at('2011-03-01 19:30')).at).toBe(at('2011-03-01 19:30'));
  });

  it('finds open who opens until eight, and closed who goes home at six', () => {
    const open = evening.open.map(({ id }) => id);
    expect(open).toContain('torquay-district-nurses');
    expect(evening.closed).toContain(north.team);
    expect(open).not.toContain(north.team);
  });
});

describe("Tonight's gaps", () => {
  it('name whom nobody is open for, whom to ring, and who is open', async () => {
    const { found, rule, open } = await pageOf(smith.referred('2011-02-28 10:00'));
    expect(found[3]).toEqual([
      1,
      'Torbay North zone, single point of contact is closed then. Key worker: staff-key. No other team has been asked.',
      'Torbay North zone, single point of contact',
    ]);
    expect(rule).toContain('The evening begins at 18:00 [M].');
    expect(open.map(({ name }) => name)).toContain('Torquay district nurses');
  });

  it('say to ring the team that was asked and has not accepted', async () => {
    const { found } = await pageOf([...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 15:30')]);
    expect(found[3]?.[1]).toMatch(/Brixham Home Care was asked and has not accepted\.$/u);
    expect(found[3]?.[2]).toBe('Brixham Home Care');
  });

  it('begin with whom nobody is responsible for (scenario 6)', async () => {
    const { found } = await pageOf([
      ...smith.referred('2011-02-20 10:00'),
      smith.admitted('s', '2011-02-25 10:00'),
      smith.discharged('s', '2011-03-01 15:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
    ]);
    expect(found[0]).toEqual([
      1,
      'The person left hospital to a team that has closed.',
      'Torbay Hospital, care of the elderly ward',
    ]);
  });

  it('hold who leaves hospital today, and not who leaves tomorrow', async () => {
    const leaving = (one: typeof smith, expectedOn: string) => [
      ...one.referred('2011-02-20 10:00'),
      one.admitted('s', '2011-02-25 10:00'),
      one.offered('a', '2011-02-28 09:00', { effect: 'atDischarge', expectedOn }),
    ];
    const { found } = await pageOf([...leaving(smith, '2011-03-01'), ...leaving(jones, '2011-03-02')]);
    expect(found[1]?.slice(0, 2)).toEqual([1, 'Today is the day named, and no team has accepted.']);
  });

  it('hold what was ordered for today or earlier and is not there, with whom to ring', async () => {
    const ordered = (label: string, promisedOn?: string) =>
      smith.said(
        'OrderPlaced',
        { order: idOf(label), kind: 'equipment', team: north, what: sealed, ...(promisedOn && { promisedOn }) },
        '2011-02-25 10:00',
      );
    const referred = smith.referred('2011-02-20 10:00');
    const failed = smith.said('OrderFailed', { order: idOf('a frame'), reason: 'notInStock' }, '2011-02-26 10:00');
    const { groups } = await pageOf([
      ...referred,
      ordered('a bed', '2011-02-28'),
      ordered('a commode', '2011-03-01'),
      ordered('a hoist', '2011-03-02'),
      ordered('a stick'),
      ordered('a frame', '2011-03-09'),
      failed,
    ]);
    expect(groups[2]).toMatchObject({ id: 'orders', count: 3 });
    expect(groups[2]?.lines.map(({ what }) => what)).toEqual([
      'Equipment did not come, and no other day has been promised: ask for one.',
      'Late: equipment promised by 28 February 2011 and not come.',
      'Equipment to come by 1 March 2011.',
    ]);
    expect(groups[2]?.lines[0]).toMatchObject({
      href: `/journeys/${smith.journey}#orders`,
      order: { what: 'a commode' },
    });
    const came = smith.said('OrderDelivered', { order: idOf('a bed') }, '2011-03-01 15:00');
    expect((await pageOf([...referred, ordered('a bed', '2011-02-28'), came])).groups[2]?.count).toBe(0);
  });
});
