import { describe, expect, it } from '@jest/globals';
import { entry, given, type Story } from '../testing/story.js';
import { referralMade, referralTaken, sealed } from '../testing/entries.js';
import { at, brixham, closedAgency, herJourney, paignton, zone } from '../testing/torbay.js';
import {
  acceptReferral,
  declineReferral,
  nameKeyWorker,
  redirectReferral,
  takeReferral,
  type TakeReferral,
} from './decide.js';

const now = at('2011-03-01 09:00');
const journey = { journeyId: herJourney };
const nothingYet: Story = given();
const waiting = given(referralMade(now));

const fromHerGp: TakeReferral = {
  personId: nothingYet.person,
  pathway: 'torbay-older-people',
  referrer: 'generalPractitioner',
  to: zone.team,
  urgency: 'soon',
  reason: sealed('falls'),
};

describe('a referral', () => {
  it('begins a journey under the version of the pathway that is in force', () => {
    const made = nothingYet.when({ decide: takeReferral, command: fromHerGp, by: zone, now }).then('ReferralMade');
    expect(made.journey).toMatchObject({
      pathway: 'torbay-older-people',
      definitionVersion: 1,
      referral: { status: 'made', to: zone },
    });
  });

  it('can be taken in the same breath by the service that is asked', () => {
    const command = { ...fromHerGp, accept: true, keyWorker: 'staff-jane' };
    const taken = nothingYet
      .when({ decide: takeReferral, command, by: zone, now })
      .then('ReferralMade', 'ReferralAccepted');
    expect(taken.responsible(now)).toMatchObject({ team: zone, keyWorker: 'staff-jane' });
    nothingYet
      .when({ decide: takeReferral, command, by: brixham, now })
      .refused('not-the-receiver', 'North zone was asked');
  });

  it('cannot be made for somebody who has died', () => {
    given(entry('PersonDied', { place: 'usualResidence' }, at('2011-02-28 10:00'), { precision: 'day' }))
      .when({ decide: takeReferral, command: fromHerGp, by: zone, now })
      .refused('person-died', 'The person died on 28 February 2011: do not contact.');
  });

  it('goes to a team that is open, on a pathway that exists', () => {
    const ask = (change: Partial<TakeReferral>) =>
      nothingYet.when({ decide: takeReferral, command: { ...fromHerGp, ...change }, by: zone, now });
    ask({ to: closedAgency.team }).refused('team-closed', 'ask Paignton care');
    ask({ to: 'nobody' }).refused('team-unknown');
    ask({ pathway: 'no-such-pathway' }).refused('pathway-unknown');
    ask({ referredBy: 'nobody' }).refused('team-unknown');
  });

  it('is taken by the service that was asked, once', () => {
    waiting.when({ decide: acceptReferral, command: journey, by: brixham, now }).refused('not-the-receiver');
    const taken = waiting.when({ decide: acceptReferral, command: journey, by: zone, now }).then('ReferralAccepted');
    taken.when({ decide: acceptReferral, command: journey, by: zone, now }).nothing();
    taken
      .when({ decide: declineReferral, command: { ...journey, reason: 'other' as const }, by: zone, now })
      .refused('referral-taken');
  });

  it('is declined with a reason, and can then be passed on', () => {
    const declined = waiting
      .when({ decide: declineReferral, command: { ...journey, reason: 'outOfArea' as const }, by: zone, now })
      .then('ReferralDeclined');
    declined.when({ decide: acceptReferral, command: journey, by: zone, now }).refused('referral-declined');
    const passedOn = declined
      .when({
        decide: redirectReferral,
        command: { ...journey, to: paignton.team },
        by: zone,
        now: at('2011-03-01 09:30'),
      })
      .then('ReferralRedirected');
    expect(passedOn.journey.referral).toMatchObject({ status: 'made', to: paignton });
    passedOn
      .when({ decide: acceptReferral, command: journey, by: paignton, now: at('2011-03-01 09:20') })
      .refused('occurred-before-another', 'The referral was passed on at 09:30');
  });

  it('has a key worker of the responsible team', () => {
    const taken = given(...referralTaken(now));
    const command = { ...journey, keyWorker: 'staff-ann' };
    taken
      .when({ decide: nameKeyWorker, command, by: brixham, now })
      .refused('not-responsible', 'North zone is responsible');
    const named = taken
      .when({ decide: nameKeyWorker, command, by: zone, now: at('2011-03-01 10:00') })
      .then('KeyWorkerNamed');
    expect(named.responsible(at('2011-03-01 10:00'))).toMatchObject({ keyWorker: 'staff-ann' });
    named.when({ decide: nameKeyWorker, command, by: zone, now: at('2011-03-01 10:05') }).nothing();
  });

  it('keeps what was answered about the criteria, in their order; what is not known is not "no"', () => {
    const eligibility = { livesIn: 'notKnown', minimumAge: 'met' };
    const made = nothingYet
      .when({ decide: takeReferral, command: { ...fromHerGp, eligibility }, by: zone, now })
      .then('ReferralMade');
    expect(made.journey.referral?.eligibility).toEqual([
      { criterion: 'minimumAge', answer: 'met' },
      { criterion: 'livesIn', answer: 'notKnown' },
    ]);
  });

  it('can be taken of somebody who does not meet a criterion: that is for the service to say', () => {
    const command = { ...fromHerGp, accept: true, eligibility: { minimumAge: 'notMet' } };
    nothingYet.when({ decide: takeReferral, command, by: zone, now }).then('ReferralMade', 'ReferralAccepted');
  });

  it('says nothing of criteria that nobody was asked about', () => {
    const made = nothingYet.when({ decide: takeReferral, command: fromHerGp, by: zone, now }).then('ReferralMade');
    expect(made.journey.referral).not.toHaveProperty('eligibility');
  });

  it('answers no criterion that its pathway does not have, and in no other words', () => {
    const ask = (eligibility: Record<string, unknown>) =>
      nothingYet.when({ decide: takeReferral, command: { ...fromHerGp, eligibility }, by: zone, now });
    ask({ colour: 'met' }).refused('criterion-unknown', 'Version 1 of torbay-older-people has no criterion colour.');
    ask({ minimumAge: 'no' }).refused('eligibility-answer-unknown');
    ask({ minimumAge: { met: true } }).refused('eligibility-answer-unknown');
  });

  it('that does not exist is not found', () => {
    nothingYet.when({ decide: acceptReferral, command: journey, by: zone, now }).refused('journey-not-found');
  });
});
