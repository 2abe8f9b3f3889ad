import { describe, expect, it } from '@jest/globals';
import { worklist } from '#pathway';
import { at, idOf, north, person, projected, type Entry } from '../../../../test/support/history.js';
import { askedOf, worklistPage } from './worklist.view.js';

const now = at('2011-03-01 09:00');

const pageOf = (history: readonly Entry[], lastHere?: string) =>
  projected(history, (rows) => {
    const found = worklist(rows, { teams: [north.team], organisation: north.organisation, now });
    const journeys = new Map(
      rows.all<never>('SELECT * FROM journey').map((row) => [(row as { journey: string }).journey, row]),
    );
    return worklistPage(found, {
      asked: askedOf({}),
      perPage: 50,
      now,
      lastHere,
      ours: [north.team],
      organisation: north.organisation,
      journeys,
      identities: new Map(),
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
    const { groups, news } = await pageOf(history, at('2011-02-28 17:30'));
    expect(news).toBe('Since you were last here on 28 February 2011: 1 new.');
    expect([groups[1]?.lines[0]?.isNew, groups[3]?.lines[0]?.isNew]).toEqual([false, true]);
  });

  it('says on a first visit that everything is there', async () => {
    expect((await pageOf([])).news).toBe('This is your first visit here: everything that waits is below.');
  });

  it('takes from the address only filters that it knows', () => {
    expect(askedOf({ whose: 'everybody', group: 'leavingSoon', page: '-3' })).toEqual({
      whose: 'team',
      group: 'leavingSoon',
      page: 1,
    });
    expect(askedOf({ whose: 'mine', group: idOf('x'), page: '2' })).toEqual({
      whose: 'mine',
      group: undefined,
      page: 2,
    });
  });
});
