import { describe, expect, it } from '@jest/globals';
import { changesSince } from '#pathway';
import { at, brixham, idOf, north, person, projected, sealed, type Entry } from '../../../../test/support/history.js';
import { changesPage } from './changes.view.js';

const smith = person('Mrs Smith');
const since = at('2011-02-28 17:00');
const now = at('2011-03-01 08:05');

const pageOf = (history: readonly Entry[], team: typeof north | typeof brixham, chosen = false) =>
  projected(history, async (rows) =>
    changesPage(await changesSince(rows, { teams: [team.team], organisation: team.organisation, since, now, most: 50 }), {
      since,
      chosen,
      now,
      identities: new Map(),
    }),
  );
const said = ({ groups }: Awaited<ReturnType<typeof pageOf>>) =>
  groups.flatMap(({ id, lines }) => lines.map(({ what }) => [id, what]));

const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-02-28 16:50')];

describe('What changed, in words', () => {
  it('says who declined and why, and leads to the handover', async () => {
    const page = await pageOf([...offered, smith.declined('a', '2011-02-28 17:05')], north);
    expect(said(page)).toEqual([['declined', 'Brixham Home Care declined: no room.']]);
    expect(page.groups[0]?.lines[0]).toMatchObject({
      href: `/journeys/${smith.journey}/handovers/${smith.handoff('a')}`,
      learnedAt: null,
    });
  });

  it('names in one line of what there is nothing new', async () => {
    const page = await pageOf([...offered, smith.declined('a', '2011-02-28 17:05')], north);
    expect(page.groups.map(({ id }) => id)).toEqual(['declined']);
    expect(page.nothingNew).toMatch(/^Nothing new: .*offered to us; accepted by others; .*\.$/);
    expect((await pageOf(smith.referred('2011-02-27 10:00'), north)).nothingNew).toBe('Nothing is new.');
  });

  it('says when something was written down later than it happened (scenario 5)', async () => {
    const late = smith.accepted('a', '2011-02-28 16:55', { recorded: '2011-03-01 07:30' });
    const page = await pageOf([...offered, late], north);
    expect(said(page)).toEqual([
      ['accepted', 'Brixham Home Care accepted.'],
      ['left', 'To Brixham Home Care.'],
    ]);
    expect(page.groups.find(({ id }) => id === 'accepted')?.lines[0]?.learnedAt).toBe(at('2011-03-01 07:30'));
  });

  it('says to the receiver that an offer was withdrawn and why', async () => {
    const handoffId = smith.handoff('a');
    const withdrawn = smith.said(
      'HandoffWithdrawn',
      { handoffId, by: north, reason: 'noLongerNeeded' },
      '2011-02-28 18:00',
    );
    expect(said(await pageOf([...offered, withdrawn], brixham))[0]?.[1]).toMatch(/^Torbay North zone, .* withdrew: /u);
  });

  it('says what was ordered and is late, did not come or came, and leads to the orders', async () => {
    const order = (label: string) => ({ order: idOf(label) });
    const placed = (label: string, kind: 'equipment' | 'meals', promisedOn?: string) =>
      smith.said(
        'OrderPlaced',
        { ...order(label), kind, team: north, what: sealed, ...(promisedOn && { promisedOn }) },
        '2011-02-28 17:10',
      );
    const page = await pageOf(
      [
        ...smith.referred('2011-02-28 10:00'),
        placed('late', 'equipment', '2011-02-28'),
        placed('failed', 'equipment', '2011-03-02'),
        placed('undated', 'meals'),
        placed('came', 'meals'),
        placed('stopped', 'meals'),
        placed('new', 'meals', '2011-03-02'),
        smith.said('OrderFailed', { ...order('failed'), reason: 'notInStock' }, '2011-02-28 18:00'),
        smith.said(
          'OrderFailed',
          { ...order('undated'), reason: 'noRoom', promisedOn: '2011-03-04' },
          '2011-02-28 17:30',
        ),
        smith.said('OrderDelivered', order('came'), '2011-02-28 18:10'),
        smith.said('OrderCancelled', { ...order('stopped'), reason: 'noLongerNeeded' }, '2011-02-28 18:20'),
      ],
      north,
    );
    expect(said(page)).toEqual([
      ['orderLate', 'Late: equipment promised by 28 February 2011 and not come.'],
      ['orderLate', 'Equipment did not come (not in stock); no other day has been promised: ask for one.'],
      ['orderLate', 'Meals did not come (no room); now promised by 4 March 2011.'],
      ['orderCame', 'Meals came.'],
      ['ordered', 'Cancelled: meals (no longer needed).'],
      ['ordered', 'Ordered: meals, to come by 2 March 2011.'],
    ]);
    expect(page.groups.flatMap(({ lines }) => lines.map(({ href }) => href))).toEqual(
      Array(6).fill(`/journeys/${smith.journey}#orders`),
    );
  });

  it('says whether the moment is the last visit or was chosen', async () => {
    expect((await pageOf([], north)).intro).toContain('since you were last here, on 28 February 2011 at 17:00.');
    expect((await pageOf([], north, true)).intro).toContain('since the moment that you chose, on 28 February 2011');
  });
});
