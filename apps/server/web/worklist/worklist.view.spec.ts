import { describe, expect, it } from '@jest/globals';
import { boundariesOnList, changesSince, worklist } from '#pathway';
import { at, idOf, north, person, projected, type Entry } from '../../../../test/support/history.js';
import { addressOf, askedOf, filterOf } from './asked.js';
import { worklistPage } from './worklist.view.js';

const now = at('2011-03-01 09:00');

const ours = { teams: [north.team], organisation: north.organisation, now };

const pageOf = (history: readonly Entry[], since?: string, query: Readonly<Record<string, string>> = {}) =>
  projected(history, async (rows) => {
    const asked = askedOf(query);
    const found = await worklist(rows, { ...ours, ...filterOf(asked, now) });
    const journeys = new Map(
      (await rows.all<never>('SELECT * FROM journey')).map((row) => [(row as { journey: string }).journey, row]),
    );
    return worklistPage(found, {
      asked,
      colleagues: ['staff-other'],
      crossed: await boundariesOnList(rows, ours),
      perPage: 50,
      now,
      since,
      changes: since === undefined ? undefined : await changesSince(rows, { ...ours, since, most: 50 }),
      ours: [north.team],
      organisation: north.organisation,
      journeys,
      identities: new Map(),
      read: () => 'A commode, to stand beside the bed',
    });
  });

const declined = person('Mr Applecroft');
const waiting = person('Mr Kettleby');
const history = [
  ...declined.referred('2011-02-21 11:00'),
  declined.offered('one', '2011-02-28 16:50'),
  declined.declined('one', '2011-02-28 17:05'),
  ...waiting.referred('2011-02-21 12:00'),
  waiting.offered('one', '2011-03-01 08:40'),
  waiting.seen('one', '2011-03-01 08:45'),
];

describe('The worklist', () => {
  it('stands in the order of the morning: nobody responsible first, what waits for others after what waits for us', async () => {
    const { groups } = await pageOf(history);
    expect(groups.map(({ id, count }) => [id, count])).toEqual([
      ['nobodyResponsible', 0],
      ['notActedOn', 1],
      ['waitingForUs', 0],
      ['waitingForThem', 1],
      ['leavingSoon', 0],
    ]);
  });

  it('says what waits, who is responsible and whom to ring', async () => {
    const { groups } = await pageOf(history);
    expect(groups[1]?.lines[0]).toMatchObject({
      what: 'Brixham Home Care declined: no room.',
      responsible: { words: 'You are responsible' },
      ring: { name: 'Brixham Home Care', telephone: '01632 960131' },
    });
    expect(groups[3]?.lines[0]).toMatchObject({
      what: 'Brixham Home Care has seen your handover and not accepted: you are still responsible.',
      due: { words: 'Answer needed by', at: at('2011-03-01 09:10'), overdue: false },
    });
  });

  it('leads to the handover that waits', async () => {
    const { groups } = await pageOf(history);
    expect(groups[1]?.lines[0]?.href).toBe(`/journeys/${declined.journey}/handovers/${declined.handoff('one')}`);
  });

  it('marks what is new since the last visit', async () => {
    const { groups, news, changes } = await pageOf(history, at('2011-02-28 17:00'));
    expect(news).toBe('Since you were last here on 28 February 2011 at 17:00:');
    expect(changes?.links).toEqual([
      {
        text: '1 declined or not answered in time',
        href: '/worklist/changes?since=2011-02-28T17%3A00%3A00.000Z#declined',
      },
    ]);
    expect([groups[1]?.lines[0]?.isNew, groups[3]?.lines[0]?.isNew]).toEqual([true, true]);
  });

  it('takes any moment from the address, and keeps it when the list is paged', async () => {
    expect(askedOf({ since: '2011-02-28T17:30' }).since).toBe(at('2011-02-28 17:30'));
    expect(askedOf({ since: '2011-07-01T17:30' }).since).toBe(at('2011-07-01 16:30'));
    expect(askedOf({ since: 'yesterday' }).since).toBeUndefined();
    const { filters } = await pageOf(history, at('2011-02-28 17:00'));
    expect(filters[0]?.href).toBe('/worklist?whose=mine');
  });

  it('says that nothing has changed', async () => {
    expect((await pageOf(history, at('2011-03-01 08:50'))).news).toBe(
      'Since you were last here today at 08:50: nothing has changed.',
    );
  });

  it('is narrowed by what stands in the address, counts those alone, and says so', async () => {
    const { groups, narrow } = await pageOf(history, undefined, { waiting: '4', boundary: 'community>socialCare' });
    expect(groups.map(({ count }) => count)).toEqual([0, 1, 0, 0, 0]);
    expect(narrow.says).toBe(
      'Only handovers from community health to social care, waiting longer than 4 hours. The numbers below count these alone.',
    );
    expect(groups[0]?.empty).toBe('None of those that are shown here.');
    expect(narrow.clear).toBe('/worklist');
    expect((await pageOf(history, undefined, { urgency: 'routine' })).groups.every(({ count }) => count === 0)).toBe(
      true,
    );
    expect(
      (await pageOf(history, undefined, { boundary: 'primary>community' })).narrow.selects[1]?.options,
    ).toHaveLength(2);
  });

  it('keeps the filters from page to page and from list to list', () => {
    const asked = askedOf({ urgency: 'urgent', waiting: '24', boundary: 'community>socialCare', whose: 'mine' });
    expect(addressOf({ ...asked, page: 2 })).toBe(
      '/worklist?whose=mine&urgency=urgent&boundary=community%3EsocialCare&waiting=24&page=2',
    );
  });

  it('says whose list it is when one covers for a colleague', async () => {
    const { covering, heading, filters, colleagues, groups } = await pageOf(history, undefined, {
      whose: 'key-worker:staff-key',
    });
    expect(covering).toBe('You are looking at staff-key’s list to cover for them.');
    expect(heading).toBe('Worklist of staff-key');
    expect(groups[0]?.empty).toBe(
      'Whom nobody is responsible for has no key worker either: look at the list of the team.',
    );
    expect(filters.some(({ current }) => current)).toBe(false);
    expect(colleagues).toEqual([{ href: '/worklist?whose=key-worker%3Astaff-other', name: 'staff-other' }]);
  });

  it('says on a first visit that everything is there', async () => {
    expect((await pageOf([])).news).toBe('This is your first visit here: everything that waits is below.');
  });

  it('takes from the address only filters that it knows', () => {
    expect(askedOf({ whose: 'everybody', group: 'leavingSoon', page: '-3' })).toMatchObject({
      whose: 'team',
      group: 'leavingSoon',
      page: 1,
      since: undefined,
    });
    expect(askedOf({ urgency: 'later', boundary: 'community>nowhere', waiting: '5' })).toMatchObject({
      urgency: undefined,
      boundary: undefined,
      waiting: undefined,
    });
    expect(askedOf({ whose: 'mine', group: idOf('x'), page: '2' })).toMatchObject({
      whose: 'mine',
      group: undefined,
      page: 2,
      since: undefined,
    });
  });
});
