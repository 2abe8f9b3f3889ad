import { describe, expect, it } from '@jest/globals';
import { worklist } from '#pathway';
import { at, brixham, idOf, north, person, projected, sealed, type Entry } from '../../../../test/support/history.js';
import { askedOf, filterForm } from './asked.js';
import { telephoneIn } from './orders-on-list.js';
import { worklistPage } from './worklist.view.js';

const she = person('Mrs Smith');
const now = at('2011-03-04 09:00');
const supplier = 'sealed:v1:BBBB';
const words: Readonly<Record<string, string>> = {
  [sealed]: 'A commode, to stand beside the bed',
  [supplier]: 'Bay Equipment, ring 01632 960177 before noon',
};

const ordered = (more: object = {}) =>
  she.said(
    'OrderPlaced',
    { order: idOf('commode'), kind: 'equipment', team: north, what: sealed, promisedOn: '2011-03-03', ...more },
    '2011-02-28 10:15',
  );

const pageOf = (history: readonly Entry[], ours: { team: string; organisation: string } = north) =>
  projected([...she.referred('2011-02-21 11:00'), ...history], async (rows) => {
    const list = { teams: [ours.team], organisation: ours.organisation };
    const journeys = (await rows.all<{ journey: string }>('SELECT * FROM journey')).map((row) => [row.journey, row] as const);
    const { groups } = worklistPage(await worklist(rows, { ...list, now }), {
      asked: askedOf({}),
      perPage: 50,
      now,
      since: undefined,
      changes: undefined,
      colleagues: [],
      crossed: [],
      ours: [ours.team],
      organisation: ours.organisation,
      journeys: new Map(journeys) as never,
      identities: new Map(),
      read: (_, text) => words[text] ?? '(cannot be read)',
    });
    return groups.flatMap(({ id, lines }) => lines.map((line) => ({ group: id, ...line })));
  });

describe('An order on the worklist', () => {
  it('that is late is told in its own words, with the telephone of the supplier', async () => {
    expect(await pageOf([ordered({ supplier })])).toMatchObject([
      {
        group: 'notActedOn',
        what: 'Late: equipment promised by 3 March 2011 and not come.',
        for: 'Late by',
        since: at('2011-03-04 00:00'),
        href: `/journeys/${she.journey}#orders`,
        responsible: { words: 'You are responsible' },
        order: {
          what: 'A commode, to stand beside the bed',
          supplier: { before: 'Bay Equipment, ring ', telephone: '01632 960177', after: ' before noon' },
        },
      },
    ]);
  });

  it('says where nobody wrote down who brings it, and never makes a supplier up', async () => {
    expect((await pageOf([ordered()]))[0]?.order).toEqual({ what: words[sealed], supplier: null });
  });

  it('tells whoever took the person over which team ordered it, and whom of them to ring', async () => {
    const handed = [she.offered('a', '2011-03-01 09:00'), she.accepted('a', '2011-03-01 09:10')];
    expect((await pageOf([ordered(), ...handed], brixham))[0]).toMatchObject({
      what: 'Late: equipment, ordered by Torbay North zone, single point of contact, promised by 3 March 2011 and not come.',
      ring: { name: 'Torbay North zone, single point of contact' },
    });
  });

  it('for somebody who has died asks to be cancelled, and claims nobody as responsible', async () => {
    const died = she.lived('PersonDied', { place: 'hospital' }, '2011-03-02 11:00');
    expect((await pageOf([ordered(), died]))[0]).toMatchObject({
      what: 'The person has died: cancel equipment still to come.',
      responsible: null,
    });
  });

  it('is found by what stands in the address', () => {
    const asked = askedOf({ kind: 'order' });
    expect(filterForm(asked, []).says).toBe('Only orders that have not come. The numbers below count these alone.');
  });
});

describe('A telephone in what was written of a supplier', () => {
  it('is found where it is one, and not in a date or a number of an order', () => {
    expect(telephoneIn('Meals: +44 1632 960 178').telephone).toBe('+44 1632 960 178');
    expect(telephoneIn('01632-960179').telephone).toBe('01632-960179');
    expect(telephoneIn('Order 120110301556677, of 03/04/2011').telephone).toBe('');
    expect(telephoneIn('the hospital store')).toEqual({ before: 'the hospital store', telephone: '', after: '' });
  });
});
