import { describe, expect, it } from '@jest/globals';
import { acceptHandoff, acknowledgeHandoff, declineHandoff } from './answer.js';
import { offerHandoff } from './offer.js';
import { recordDeath } from '../person/decide.js';
import { accepted, contents, offered, referralTaken } from '../testing/entries.js';
import { clock, minutesOf, offer } from '../testing/scenario.js';
import { entry, given } from '../testing/story.js';
import { at, brixham, herJourney, paignton, zone } from '../testing/torbay.js';

const open = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }));
const ask = {
  journeyId: herJourney,
  to: paignton.team,
  urgency: 'urgent' as const,
  effect: 'now' as const,
  ...contents,
};

describe('the clocks of a handover', () => {
  it('run while nobody has answered, and are never dropped', () => {
    expect(clock(open, 'H1')).toMatchObject({
      outcome: 'open',
      from: at('2011-03-01 10:00'),
      deadline: at('2011-03-01 10:15'),
    });
    expect(clock(open, 'H2')).toMatchObject({
      outcome: 'open',
      from: at('2011-03-01 10:00'),
      deadline: at('2011-03-01 10:30'),
    });
    expect(clock(open, 'H4')).toBeUndefined();
  });

  it('H1 ends when the receiver has seen the offer, H2 goes on', () => {
    const seen = open
      .when({ decide: acknowledgeHandoff, command: offer, by: brixham, now: at('2011-03-01 10:12') })
      .then('HandoffAcknowledged');
    expect(minutesOf(seen, 'H1')).toBe(12);
    expect(clock(seen, 'H2')?.outcome).toBe('open');
  });

  it('H1 ends with an answer too: whoever answers has seen the offer', () => {
    const answered = open
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 10:20') })
      .then('HandoffAccepted');
    expect(minutesOf(answered, 'H1')).toBe(20);
    expect(minutesOf(answered, 'H2')).toBe(20);
    expect(minutesOf(answered, 'H3')).toBe(0);
  });

  it('a decline is an outcome of H2 without a time, and H5 runs until the next offer of the same need', () => {
    const declined = open
      .when({
        decide: declineHandoff,
        command: { ...offer, reason: 'noCapacity' as const },
        by: brixham,
        now: at('2011-03-01 10:20'),
      })
      .then('HandoffDeclined');
    expect(clock(declined, 'H2')).toMatchObject({ outcome: 'declined', to: at('2011-03-01 10:20') });
    expect(clock(declined, 'H2')?.elapsed).toBeUndefined();
    expect(clock(declined, 'H5')).toMatchObject({ outcome: 'open' });
    const again = declined
      .when({ decide: offerHandoff, command: ask, by: zone, now: at('2011-03-01 11:05') })
      .then('HandoffOffered');
    expect(minutesOf(again, 'H5')).toBe(45);
    const [first, second] = again.journey.handoffs;
    expect(second).toMatchObject({ episode: first?.episode, attempt: 2 });
  });

  it('H5 stops with a death', () => {
    const dead = open
      .when({
        decide: declineHandoff,
        command: { ...offer, reason: 'noCapacity' as const },
        by: brixham,
        now: at('2011-03-01 10:20'),
      })
      .then('HandoffDeclined')
      .when({
        decide: recordDeath,
        command: { place: 'usualResidence' as const },
        by: zone,
        now: at('2011-03-01 12:00'),
      })
      .then('PersonDied');
    expect(clock(dead, 'H5')).toMatchObject({ outcome: 'stopped', to: at('2011-03-01 12:00') });
  });

  it('an answer known only by its day is refused, because the clock counts hours', () => {
    open
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 14:00'), precision: 'day' })
      .refused('time-needed', 'Give the time as well as the day');
  });

  it('an imported answer known only by its day is counted and gives no time', () => {
    const imported = open.with(
      accepted(at('2011-03-01 12:00'), brixham, { effect: 'now' }, 'the offer', { precision: 'day' }),
    );
    expect(clock(imported, 'H2')).toMatchObject({ outcome: 'accepted', timed: false });
    expect(clock(imported, 'H2')?.elapsed).toBeUndefined();
  });

  it('count the hours that passed, not those on the wall: the night the clocks go forward', () => {
    // FACTS 3.15, vector 17.
    const night = given(
      ...referralTaken(at('2010-03-27 20:00')),
      offered(at('2010-03-27 23:30'), { to: brixham }),
      accepted(at('2010-03-28 02:30'), brixham),
    );
    expect(minutesOf(night, 'H2')).toBe(120);
  });

  it("H4 ends with the receiver's first contact", () => {
    const seen = open.with(
      accepted(at('2011-03-01 10:20'), brixham),
      entry('FirstContactRecorded', { handoffId: offer.handoffId, by: brixham, mode: 'visit' }, at('2011-03-01 13:20')),
    );
    expect(minutesOf(seen, 'H4')).toBe(180);
    expect(seen.journey.contacts.count).toBe(1);
  });
});
