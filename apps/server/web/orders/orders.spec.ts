import { describe, expect, it } from '@jest/globals';
import { at, idOf, north, person, sealed, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { asKnownPage } from '../as-known/as-known.view.js';
import { asKnown } from '../as-known/as-known.js';
import { cardPage } from '../print/card.view.js';
import { storyPage } from '../story/story.view.js';
import { ordersView } from './orders.view.js';
import { place } from './order.forms.js';

const she = person('Mrs Smith');
const order = (label: string, promisedOn?: string, kind: 'equipment' | 'meals' = 'equipment') =>
  she.said(
    'OrderPlaced',
    { order: idOf(label), kind, team: north, what: sealed, ...(promisedOn && { promisedOn }) },
    '2011-02-28 10:15',
  );
const referred = she.referred('2011-02-21 11:00');
const on = (
  history: readonly Entry[],
  now = '2011-03-04 09:00',
  persona: 'coordinator-torbay' | 'pilot-lead-torbay' = 'coordinator-torbay',
) => subjectOf([...referred, ...history], she.journey, persona, at(now));

describe('What was ordered and has not come', () => {
  it('says what is overdue, and that stands first', () => {
    const lines = ordersView(on([order('a frame', '2011-03-07'), order('a commode', '2011-03-03')]));
    expect(lines.map(({ due, urgent }) => [due, urgent])).toEqual([
      ['Overdue: it was promised by 3 March 2011', true],
      ['Promised by 7 March 2011', false],
    ]);
    expect(lines[0]?.steps.map(({ text }) => text)).toEqual(['It came', 'It did not come', 'Cancel it']);
  });

  it('that did not come and has no other day asks for one', () => {
    const failed = she.said('OrderFailed', { order: idOf('a frame'), reason: 'notInStock' }, '2011-03-01 10:00');
    expect(ordersView(on([order('a frame', '2011-03-07'), failed]))[0]).toMatchObject({
      due: 'Did not come (not in stock). No day has been promised: ask for one',
      urgent: true,
    });
  });

  it('says how soon it is needed: as soon as the referral, unless the order says so itself', () => {
    const urgent = she.said(
      'OrderPlaced',
      { order: idOf('a hoist'), kind: 'equipment', team: north, what: sealed, urgency: 'urgent' },
      '2011-02-28 10:15',
    );
    expect(ordersView(on([order('a frame')]))[0]?.urgency).toBe('Soon');
    expect(ordersView(on([urgent]))[0]?.urgency).toBe('Urgent');
    const body = (answers: Readonly<Record<string, string>>) =>
      place.body({ kind: 'equipment', what: 'A hoist', ...answers }, on([]) as never);
    expect(body({ urgency: 'urgent' })).toMatchObject({ urgency: 'urgent' });
    expect(body({})).not.toHaveProperty('urgency');
  });

  it('leaves the list when it has come', () => {
    const came = she.said('OrderDelivered', { order: idOf('a frame') }, '2011-03-01 10:00');
    expect(ordersView(on([order('a frame'), came]))).toEqual([]);
  });

  it('is to be cancelled when the person has died', () => {
    const died = she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 10:00');
    expect(ordersView(on([order('meals', undefined, 'meals'), died]))[0]).toMatchObject({
      due: 'The person has died: cancel it',
      urgent: true,
      steps: [{ text: 'It came' }, { text: 'It did not come' }, { text: 'Cancel it' }],
    });
  });

  it('is only read by a pilot lead, and on a page of an earlier moment', () => {
    expect(ordersView(on([order('a frame')], undefined, 'pilot-lead-torbay'))[0]?.steps).toEqual([]);
    const today = on([order('a frame')]);
    const then = asKnown(today, { ordinal: 3, moment: at('2011-03-01 09:00') })!;
    expect(asKnownPage(then, today).orders).toMatchObject([{ steps: [] }]);
  });

  it('is told in the story and, without what it is, on the card', () => {
    const subject = on([order('a commode', '2011-03-07')]);
    expect(storyPage(subject).open.map(({ text }) => text)).toEqual([
      'Equipment ordered 28 February 2011 at 10:15 by Torbay North zone, single point of contact: promised by 7 March 2011.',
    ]);
    expect(cardPage(subject)?.next).toEqual(['Equipment has been ordered for you, promised by 7 March 2011.']);
  });
});
