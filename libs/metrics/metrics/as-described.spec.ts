import { describe, expect, it } from '@jest/globals';
import { at, brixham, person, projected, ward, type Entry } from '../../../test/support/history.js';
import { asDescribed } from './as-described.js';

const march = { pilot: 'torbay', from: '2011-03-01', to: '2011-04-01', asAt: at('2011-03-10 12:00') };
type Said = { asDescribed?: 'yes' | 'partly' | 'no'; missing?: 'medicines' | 'risks' };

/** Handed over to Brixham on 1 March, and seen the day after. */
function received(name: string, said: Said = {}) {
  const she = person(name);
  const contact = she.said(
    'FirstContactRecorded',
    { handoffId: she.handoff('a'), by: brixham, mode: 'visit', ...said },
    '2011-03-02 10:00',
  );
  const handed = [
    ...she.referred('2011-02-28 10:00'),
    she.offered('a', '2011-03-01 09:00'),
    she.accepted('a', '2011-03-01 09:10'),
  ];
  return { she, handed, contact, entries: [...handed, contact] };
}

const figures = (history: readonly Entry[], more: object = {}) =>
  projected(history, (rows) => asDescribed.compute(rows, { ...march, ...more }));

describe('As the handover described', () => {
  it('is, by a worked example, 2 of 4 who said so, with 3 silent ones and one not seen yet apart', async () => {
    const history = [
      received('one', { asDescribed: 'yes' }),
      received('two', { asDescribed: 'yes' }),
      received('three', { asDescribed: 'partly', missing: 'medicines' }),
      received('four', { asDescribed: 'no', missing: 'medicines' }),
      received('five'),
      received('six'),
      received('seven'),
    ].flatMap(({ entries }) => entries);
    const { total, byBoundary } = await figures([...history, ...received('eight').handed]);
    expect(total).toEqual({
      boundary: null,
      contacted: 7,
      said: 4,
      by: { yes: 2, partly: 1, no: 1, notSaid: 3 },
      // 2 / 4: the three who did not say are in neither number.
      proportion: 0.5,
      missing: [{ what: 'medicines', count: 2 }],
      open: 1,
    });
    expect(byBoundary).toEqual([{ ...total, boundary: 'community>socialCare' }]);
  });

  it('is no share at all where nobody gave a verdict: silence is never good', async () => {
    const { total } = await figures([...received('one').entries, ...received('two').entries]);
    expect(total).toMatchObject({ contacted: 2, said: 0, by: { yes: 0, notSaid: 2 }, proportion: null });
    expect((await figures([])).total).toMatchObject({ contacted: 0, proportion: null });
  });

  it('is apart for each boundary, and all of them together first', async () => {
    const jones = person('Mr Jones');
    const toWard = [
      ...jones.referred('2011-02-28 10:00'),
      jones.offered('a', '2011-03-01 09:00', { to: ward }),
      jones.said('HandoffAccepted', { handoffId: jones.handoff('a'), by: ward, effect: 'now' }, '2011-03-01 09:10'),
      jones.said(
        'FirstContactRecorded',
        { handoffId: jones.handoff('a'), by: ward, mode: 'visit', asDescribed: 'no', missing: 'risks' },
        '2011-03-01 10:00',
      ),
    ];
    const { total, byBoundary } = await figures([...received('one', { asDescribed: 'yes' }).entries, ...toWard]);
    expect(total).toMatchObject({ said: 2, proportion: 0.5 });
    expect(byBoundary.map(({ boundary, proportion }) => [boundary, proportion])).toEqual([
      ['community>secondary', 0],
      ['community>socialCare', 1],
    ]);
  });

  it('counts the handover on the day on which the receiver became responsible', async () => {
    const { entries } = received('one', { asDescribed: 'yes' });
    expect((await figures(entries, { from: '2011-03-01', to: '2011-03-02' })).total.said).toBe(1);
    expect((await figures(entries, { from: '2011-03-02', to: '2011-03-03' })).total.said).toBe(0);
  });

  it('leaves out whoever died before anybody saw them', async () => {
    const { she, handed } = received('one');
    const died = she.lived('PersonDied', { place: 'usualResidence' }, '2011-03-01 20:00');
    expect((await figures([...handed, died])).total).toMatchObject({ contacted: 0, open: 0, proportion: null });
  });

  it('loses a verdict made in error from then on, and keeps it as known before', async () => {
    const { she, entries, contact } = received('one', { asDescribed: 'yes' });
    const error = she.said(
      'EntryMarkedInError',
      { entry: contact.event.eventId, entryType: 'FirstContactRecorded', reason: 'wrongPerson' },
      '2011-03-03 09:00',
    );
    const history = [...entries, error];
    expect((await figures(history)).total).toMatchObject({ said: 0, open: 1 });
    expect((await figures(history, { knownAt: entries.length })).total).toMatchObject({ said: 1, proportion: 1 });
  });

  it('takes a verdict that was put right, from then on', async () => {
    const { she, entries, contact } = received('one', { asDescribed: 'yes' });
    const corrected = she.said(
      'EntryCorrected',
      {
        entry: contact.event.eventId,
        entryType: 'FirstContactRecorded',
        reason: 'recordedWrongly',
        data: { ...(contact.event.data as object), asDescribed: 'partly', missing: 'risks' },
      },
      '2011-03-03 09:00',
    );
    const history = [...entries, corrected];
    expect((await figures(history)).total).toMatchObject({ by: { yes: 0, partly: 1 }, proportion: 0 });
    expect((await figures(history, { knownAt: entries.length })).total).toMatchObject({ by: { yes: 1, partly: 0 } });
  });

  it('no longer counts what was missing where all was as described after all', async () => {
    const { she, entries, contact } = received('one', { asDescribed: 'partly', missing: 'risks' });
    const corrected = she.said(
      'EntryCorrected',
      {
        entry: contact.event.eventId,
        entryType: 'FirstContactRecorded',
        reason: 'recordedWrongly',
        data: { asDescribed: 'yes' },
      },
      '2011-03-03 09:00',
    );
    expect((await figures(entries)).total.missing).toEqual([{ what: 'risks', count: 1 }]);
    expect((await figures([...entries, corrected])).total).toMatchObject({ by: { yes: 1, partly: 0 }, missing: [] });
  });

  it('opens into the handovers behind each count, and behind what was missing', async () => {
    const good = received('one', { asDescribed: 'yes' });
    const lacking = received('two', { asDescribed: 'partly', missing: 'medicines' });
    const silent = received('three');
    const history = [good, lacking, silent].flatMap(({ entries }) => entries);
    await projected([...history, ...received('four').handed], async (rows) => {
      const whom = async (more: object) => (await asDescribed.cases(rows, { ...march, ...more })).map((one) => one.person);
      expect(await whom({ outcome: 'yes' })).toEqual([good.she.personId]);
      expect(await whom({ outcome: 'notSaid' })).toEqual([silent.she.personId]);
      expect(await whom({ missing: 'medicines' })).toEqual([lacking.she.personId]);
      expect(await whom({ outcome: 'lateTrain' })).toEqual([]);
      expect(await whom({ outcome: 'open' })).toHaveLength(1);
      expect(await whom({})).toHaveLength(3);
      expect((await asDescribed.cases(rows, { ...march, outcome: 'partly' }))[0]).toMatchObject({
        outcome: 'partly',
        events: expect.arrayContaining([lacking.contact.event.eventId]),
      });
    });
  });
});
