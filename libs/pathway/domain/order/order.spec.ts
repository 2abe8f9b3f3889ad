import { describe, expect, it } from '@jest/globals';
import { accepted, offered, referralTaken, sealed } from '../testing/entries.js';
import { entry, given, type Story } from '../testing/story.js';
import { at, brixham, herJourney, paignton, zone } from '../testing/torbay.js';
import { cancelOrder, placeOrder, recordOrderDelivery, recordOrderFailure } from './decide.js';
import { orderIsOpen, orderIsOverdue, orderUrgency } from './state.js';

const taken = given(...referralTaken(at('2011-03-01 08:40')));
const now = at('2011-03-01 10:15');
const commode = {
  journeyId: herJourney,
  kind: 'equipment',
  what: sealed('a commode'),
  promisedOn: '2011-03-03',
} as const;

const ordered = taken.when({ decide: placeOrder, command: commode, by: zone, now }).then('OrderPlaced');
const one = (story: Story) => story.journey.orders[0]!;
const theOrder = { journeyId: herJourney, order: one(ordered).order };
const thursday = at('2011-03-03 14:00');

describe('An order', () => {
  it('is placed by the team that is responsible, and open until it comes', () => {
    expect(one(ordered)).toMatchObject({ kind: 'equipment', team: zone, promisedOn: '2011-03-03' });
    expect(orderIsOpen(one(ordered))).toBe(true);
    const delivered = ordered
      .when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: thursday })
      .then('OrderDelivered');
    expect(orderIsOpen(one(delivered))).toBe(false);
    delivered.when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: thursday }).nothing();
  });

  it('is overdue from the day after the one that was promised, and never once it has come', () => {
    expect(orderIsOverdue(one(ordered), '2011-03-03')).toBe(false);
    expect(orderIsOverdue(one(ordered), '2011-03-04')).toBe(true);
    const delivered = ordered.when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: thursday }).goOn();
    expect(orderIsOverdue(one(delivered), '2011-03-04')).toBe(false);
  });

  it('is as urgent as the referral, unless it says itself how soon it is needed', () => {
    const command = { ...commode, urgency: 'immediate' } as const;
    const sooner = taken.when({ decide: placeOrder, command, by: zone, now }).then('OrderPlaced');
    const urgencyIn = (story: Story) => orderUrgency(one(story), story.journey.referral);
    expect(urgencyIn(ordered)).toBe(ordered.journey.referral?.urgency);
    expect(urgencyIn(ordered)).not.toBe('immediate');
    expect(urgencyIn(sooner)).toBe('immediate');
  });

  it('that did not come stays open, with the day that is promised instead', () => {
    const command = { ...theOrder, reason: 'notInStock', promisedOn: '2011-03-07' } as const;
    const failed = ordered.when({ decide: recordOrderFailure, command, by: zone, now: thursday }).then('OrderFailed');
    expect(one(failed)).toMatchObject({ promisedOn: '2011-03-07', failed: { reason: 'notInStock' } });
    expect(orderIsOpen(one(failed))).toBe(true);
    const again = { ...theOrder, reason: 'noRoom' as const };
    const undated = failed.when({ decide: recordOrderFailure, command: again, by: zone, now: thursday }).goOn();
    expect(one(undated).promisedOn).toBeUndefined();
    failed.when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: thursday }).then('OrderDelivered');
  });

  it('is cancelled once, and does not come afterwards', () => {
    const command = { ...theOrder, reason: 'noLongerNeeded' } as const;
    const cancelled = ordered.when({ decide: cancelOrder, command, by: zone, now: thursday }).then('OrderCancelled');
    cancelled.when({ decide: cancelOrder, command, by: zone, now: thursday }).nothing();
    cancelled
      .when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: thursday })
      .refused('order-ended', 'It was cancelled at 14:00: order it again');
  });

  it('is not placed by a team that is not responsible, nor promised for a day that has passed', () => {
    taken.when({ decide: placeOrder, command: commode, by: brixham, now }).refused('not-responsible', 'North zone');
    taken
      .when({ decide: placeOrder, command: { ...commode, promisedOn: '2011-02-28' }, by: zone, now })
      .refused('promised-before-ordered');
  });

  it('is followed by whoever ordered it and by whoever is responsible now, and by nobody else', () => {
    const later = at('2011-03-02 10:00');
    const handed = ordered.with(
      offered(at('2011-03-01 11:00'), { to: brixham }),
      accepted(at('2011-03-01 11:10'), brixham),
    );
    handed.when({ decide: recordOrderDelivery, command: theOrder, by: zone, now: later }).then('OrderDelivered');
    handed.when({ decide: recordOrderDelivery, command: theOrder, by: brixham, now: later }).then('OrderDelivered');
    handed
      .when({ decide: recordOrderDelivery, command: theOrder, by: paignton, now: later })
      .refused('not-your-order', 'North zone ordered it: ring them.');
  });

  it('can still be cancelled after a death: nobody goes on bringing meals', () => {
    const died = ordered.with(entry('PersonDied', { place: 'hospital' }, at('2011-03-02 09:00')));
    died.when({ decide: placeOrder, command: commode, by: zone, now: thursday }).refused('person-died');
    died
      .when({ decide: cancelOrder, command: { ...theOrder, reason: 'died' as const }, by: zone, now: thursday })
      .then('OrderCancelled');
  });

  it('comes only after it was placed', () => {
    taken.when({ decide: recordOrderDelivery, command: theOrder, by: zone, now }).refused('order-not-found');
    ordered
      .when({ decide: recordOrderDelivery, command: theOrder, by: zone, now, happened: at('2011-03-01 09:00') })
      .refused('occurred-before-another');
  });
});
