import { describe, expect, it } from '@jest/globals';
import { accepted, offered, referralTaken, sealed } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { entry, given, type Story } from '../testing/story.js';
import { at, brixham, closedAgency, paignton, zone } from '../testing/torbay.js';
import { acceptHandoff, acknowledgeHandoff, declineHandoff, recordFirstContact } from './answer.js';
import { confirmHandoffReport, disputeHandoffReport, reportHandoffAnswer, resolveHandoffDispute } from './report/decide.js';
import { lapseHandoff } from './react.js';
import { withdrawHandoff } from './sender.js';

const open = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }));
const now = at('2011-03-01 10:10');
const later = at('2011-03-01 11:00');

describe('answering an offer', () => {
  it('is for the receiver', () => {
    open
      .when({ decide: acceptHandoff, command: offer, by: paignton, now })
      .refused('not-the-receiver', 'It was offered to Brixham home care');
    open.when({ decide: acknowledgeHandoff, command: offer, by: zone, now }).refused('not-the-receiver');
  });

  it('once is enough', () => {
    const yes = open.when({ decide: acceptHandoff, command: offer, by: brixham, now }).then('HandoffAccepted');
    yes.when({ decide: acceptHandoff, command: offer, by: brixham, now: later }).nothing();
    yes.when({ decide: acknowledgeHandoff, command: offer, by: brixham, now: later }).nothing();
    yes
      .when({ decide: declineHandoff, command: { ...offer, reason: 'other' as const }, by: brixham, now: later })
      .refused('already-accepted', 'It was accepted at 10:10: offer it on if you cannot hold');
  });

  it('cannot come before the offer', () => {
    open
      .when({ decide: acceptHandoff, command: offer, by: brixham, now, happened: at('2011-03-01 09:50') })
      .refused('occurred-before-offer', 'It was offered at 10:00');
  });

  it('is not possible for a team that has closed meanwhile', () => {
    given(...referralTaken(at('2011-02-27 09:00')), offered(at('2011-02-27 10:00'), { to: closedAgency }))
      .when({ decide: acceptHandoff, command: offer, by: closedAgency, now })
      .refused('team-closed');
  });

  it('may give another effect than was asked', () => {
    const yes = open
      .when({
        decide: acceptHandoff,
        command: { ...offer, effect: 'atTime' as const, effectAt: at('2011-03-02 08:00') },
        by: brixham,
        now,
      })
      .then('HandoffAccepted');
    expect(yes.responsible(later)).toMatchObject({ team: zone });
    open
      .when({ decide: acceptHandoff, command: { ...offer, effect: 'atTime' as const }, by: brixham, now })
      .refused('effect-time-missing');
  });

  it('after the death is refused, and of before the death is taken', () => {
    const dead = open.with(entry('PersonDied', { place: 'hospital' }, at('2011-03-01 10:20')));
    dead.when({ decide: acceptHandoff, command: offer, by: brixham, now: later }).refused('person-died');
    dead
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: later, happened: now })
      .then('HandoffAccepted');
  });
});

describe('taking an offer back', () => {
  const withdraw = { ...offer, reason: 'noLongerNeeded' as const };

  it('is for the sender, while nobody holds by it', () => {
    open
      .when({ decide: withdrawHandoff, command: withdraw, by: paignton, now })
      .refused('not-the-sender', 'North zone offered it');
    const gone = open.when({ decide: withdrawHandoff, command: withdraw, by: zone, now }).then('HandoffWithdrawn');
    gone.when({ decide: withdrawHandoff, command: withdraw, by: zone, now: later }).nothing();
  });

  it('is too late once the receiver holds', () => {
    open
      .with(accepted(now, brixham))
      .when({ decide: withdrawHandoff, command: withdraw, by: zone, now: later })
      .refused('already-in-effect', 'Brixham home care holds since 10:10: ask them to hand back');
  });

  it('is possible while the acceptance waits for its time', () => {
    open
      .with(accepted(now, brixham, { effect: 'atTime', effectAt: at('2011-03-02 08:00') }))
      .when({ decide: withdrawHandoff, command: withdraw, by: zone, now: later })
      .then('HandoffWithdrawn');
  });
});

describe('a deadline', () => {
  it('ends an offer that nobody answered, and not before', () => {
    open
      .when({ decide: lapseHandoff, command: offer, by: 'system', now })
      .refused('deadline-not-passed', 'until 10:30');
    const lapsed = open.when({ decide: lapseHandoff, command: offer, by: 'system', now: later }).then('HandoffLapsed');
    lapsed.when({ decide: lapseHandoff, command: offer, by: 'system', now: later }).nothing();
  });
});

describe('an answer by telephone', () => {
  const report = { ...offer, answer: 'accepted' as const, spokenTo: sealed('Ann') };
  const reported = open
    .when({ decide: reportHandoffAnswer, command: report, by: zone, now })
    .then('HandoffAnswerReported');
  const id = (story: Story) => ({ ...offer, report: story.handoff(offer.handoffId).accounts[0]!.eventId });

  it('is confirmed by the receiver, in so many words or by accepting', () => {
    reported
      .when({ decide: confirmHandoffReport, command: id(reported), by: zone, now: later })
      .refused('not-the-receiver');
    for (const confirmed of [
      reported
        .when({ decide: confirmHandoffReport, command: id(reported), by: brixham, now: later })
        .then('HandoffReportConfirmed'),
      reported.when({ decide: acceptHandoff, command: offer, by: brixham, now: later }).then('HandoffReportConfirmed'),
    ]) {
      expect(confirmed.responsible(later)).toMatchObject({ team: brixham, since: now });
      expect(confirmed.responsible(later)).not.toHaveProperty('unconfirmed');
      confirmed.when({ decide: confirmHandoffReport, command: id(reported), by: brixham, now: later }).nothing();
      confirmed
        .when({ decide: disputeHandoffReport, command: id(reported), by: brixham, now: later })
        .refused('already-confirmed');
    }
  });

  it('that is denied can be settled either way', () => {
    const denied = reported
      .when({ decide: disputeHandoffReport, command: id(reported), by: brixham, now: later })
      .then('HandoffReportDisputed');
    const settle = (holder: 'sender' | 'receiver') =>
      denied
        .when({
          decide: resolveHandoffDispute,
          command: { ...offer, holder, agreedWith: sealed('both') },
          by: brixham,
          now: later,
        })
        .then('HandoffDisputeResolved');
    expect(settle('sender').responsible(later)).toMatchObject({ team: zone });
    expect(settle('receiver').responsible(later)).toMatchObject({ team: brixham, because: 'disputeResolved' });
    open
      .when({
        decide: resolveHandoffDispute,
        command: { ...offer, holder: 'sender' as const, agreedWith: sealed('x') },
        by: zone,
        now,
      })
      .refused('no-dispute');
  });

  it('that was a decline says why, and moves nothing', () => {
    const no = { ...offer, answer: 'declined' as const, spokenTo: sealed('Ann') };
    open.when({ decide: reportHandoffAnswer, command: no, by: zone, now }).refused('reason-missing');
    const declined = open
      .when({ decide: reportHandoffAnswer, command: { ...no, reason: 'noCapacity' as const }, by: zone, now })
      .then('HandoffAnswerReported');
    expect(declined.handoff(offer.handoffId)).toMatchObject({ status: 'declined', declined: { reason: 'noCapacity' } });
    expect(declined.responsible(later)).toMatchObject({ team: zone });
  });

  it("is not the receiver's to report while it can answer itself", () => {
    open.when({ decide: reportHandoffAnswer, command: report, by: brixham, now }).refused('answer-yourself');
    open.when({ decide: reportHandoffAnswer, command: report, by: paignton, now }).refused('not-a-party');
  });
});

describe('the first contact', () => {
  const seen = { ...offer, mode: 'visit' as const };

  it("is the receiver's, once it holds", () => {
    open
      .when({ decide: recordFirstContact, command: seen, by: brixham, now })
      .refused('not-responsible-yet', 'record it as a contact');
    const held = open.with(accepted(now, brixham));
    held.when({ decide: recordFirstContact, command: seen, by: zone, now: later }).refused('not-the-receiver');
    held
      .when({ decide: recordFirstContact, command: seen, by: brixham, now: later, happened: at('2011-03-01 10:05') })
      .refused('not-responsible-yet', 'holds since 10:10');
    const done = held
      .when({ decide: recordFirstContact, command: seen, by: brixham, now: later })
      .then('FirstContactRecorded');
    done.when({ decide: recordFirstContact, command: seen, by: brixham, now: later }).nothing();
  });

  it('may say that the handover was right, or what it left out', () => {
    const missing = { asDescribed: 'partly', missing: 'medicines', missingDetail: sealed('insulin') } as const;
    const told = open
      .with(accepted(now, brixham))
      .when({ decide: recordFirstContact, command: { ...offer, mode: 'visit', ...missing }, by: brixham, now: later })
      .then('FirstContactRecorded');
    expect(told.handoff(offer.handoffId).firstContact).toMatchObject(missing);
  });

  it('does not say that something was missing where all was as described', () => {
    const command = { ...offer, mode: 'visit', asDescribed: 'yes', missing: 'risks' } as const;
    open
      .with(accepted(now, brixham))
      .when({ decide: recordFirstContact, command, by: brixham, now: later })
      .refused('nothing-missing', 'only partly as described');
  });
});
