import { describe, expect, it } from '@jest/globals';
import type { Instant } from '#kernel';
import { acceptHandoff } from '../handoff/answer.js';
import { reactionsTo } from '../handoff/reactions.js';
import { confirmHandoffReport, disputeHandoffReport } from '../handoff/report/decide.js';
import { withdrawHandoff } from '../handoff/sender.js';
import { recordDeath } from '../person/decide.js';
import { accepted, handoffId, offered, referralTaken, sealed } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { given, type Story } from '../testing/story.js';
import { at, brixham, paignton, zone } from '../testing/torbay.js';
import { answerByLink, endAnswerLink, enterAnswerLinkCode, issueAnswerLink } from './decide.js';
import { linkStanding } from './state.js';

const now = at('2011-03-01 10:10');
const later = at('2011-03-01 10:30');
const open = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }));

const issue = (story: Story, when: Instant = now, by = zone) =>
  story.when({ decide: issueAnswerLink, command: offer, by, now: when });
const lastLink = (story: Story) => story.handoff(offer.handoffId).links.at(-1)!;
const on = (story: Story) => ({ ...offer, link: lastLink(story).link });
const enter = (story: Story, isRight: boolean, when: Instant = later, which = on(story)) =>
  story.when({ decide: enterAnswerLinkCode, command: { ...which, isRight }, by: brixham, now: when });
const yes = { answer: 'accepted' as const, saidBy: sealed('Ann, manager'), reachedOn: sealed('01803 1') };
const no = { ...yes, answer: 'declined' as const, reason: 'noCapacity' as const, detail: sealed('full until Friday') };
const answer = (story: Story, said: typeof yes | typeof no = yes, when: Instant = later, which = on(story)) =>
  story.when({ decide: answerByLink, command: { ...which, ...said }, by: brixham, now: when });

const made = issue(open).then('AnswerLinkIssued');
const opened = enter(made, true).then('AnswerLinkOpened');
const taken = answer(opened).then('HandoffAnsweredByLink');

describe('a link to answer with', () => {
  it("is the sender's to make, while the offer is open", () => {
    expect(lastLink(made)).toMatchObject({ issued: { by: zone, staff: 'staff-torbay-north-zone' }, wrongCodes: 3 });
    issue(open, now, brixham).refused('not-the-sender');
    issue(open.with(accepted(now, brixham)), later).refused('handoff-ended');
  });

  it('moves nothing by being made: the sender is still responsible and the offer not seen', () => {
    expect(made.handoff(offer.handoffId).status).toBe('offered');
    expect(made.responsible(later)).toMatchObject({ team: zone });
  });

  it('opened with the code counts as seen, not accepted', () => {
    expect(opened.handoff(offer.handoffId)).toMatchObject({ status: 'acknowledged', acknowledged: { at: later } });
    expect(opened.responsible(later)).toMatchObject({ team: zone });
    enter(opened, true).nothing();
  });

  it('is locked by the third wrong code, and a right one does not open it any more', () => {
    const twice = [1, 2].reduce((story) => enter(story, false).then('AnswerLinkCodeRefused'), made);
    enter(twice, true).then('AnswerLinkOpened');
    const outcome = enter(twice, false);
    expect(outcome.events).toMatchObject([{ data: { attempt: 3, locked: true } }]);
    const locked = outcome.then('AnswerLinkCodeRefused');
    enter(locked, true).refused('answer-link-locked', 'ring North zone');
    enter(locked, false).refused('answer-link-locked');
    answer(locked).refused('answer-link-locked');
    expect(locked.handoff(offer.handoffId).status).toBe('offered');
  });

  it('ends when another is made, which then works', () => {
    const again = issue(made, later).then('AnswerLinkIssued');
    const first = { ...offer, link: lastLink(made).link };
    enter(again, true, later, first).refused('answer-link-replaced', 'A newer link');
    answer(again, yes, later, first).refused('answer-link-replaced');
    answer(enter(again, true).then('AnswerLinkOpened')).then('HandoffAnsweredByLink');
  });

  it('ends when its time is over', () => {
    const over = at('2011-03-01 14:10');
    enter(made, true, over).refused('answer-link-expired', 'ended at 14:10');
    answer(opened, yes, over).refused('answer-link-expired');
    expect(linkStanding(made.handoff(offer.handoffId), lastLink(made), over)).toBe('expired');
  });

  it('is ended by the sender without another, once, and the offer stays open', () => {
    const end = (story: Story, when: Instant = later, by = zone) =>
      story.when({ decide: endAnswerLink, command: offer, by, now: when });
    end(made, later, brixham).refused('not-the-sender');
    end(open).refused('answer-link-not-found');
    const ended = end(opened).then('AnswerLinkEnded');
    expect(linkStanding(ended.handoff(offer.handoffId), lastLink(ended), later)).toBe('ended');
    expect(ended.handoff(offer.handoffId).status).toBe('acknowledged');
    enter(ended, true).refused('answer-link-ended', 'ring North zone');
    answer(ended).refused('answer-link-ended');
    end(ended).nothing();
    end(made, at('2011-03-01 14:10')).nothing();
    enter(issue(ended, later).then('AnswerLinkIssued'), true).then('AnswerLinkOpened');
  });

  it('of another offer, or of none, opens nothing', () => {
    const which = { ...offer, link: handoffId('no link') };
    made
      .when({ decide: enterAnswerLinkCode, command: { ...which, isRight: true }, by: brixham, now: later })
      .refused('answer-link-not-found');
    made
      .when({ decide: enterAnswerLinkCode, command: { ...on(made), isRight: true }, by: paignton, now: later })
      .refused('not-the-receiver');
  });
});

describe('an answer by a link', () => {
  it('counts, and is not confirmed: who said it is known by link and code alone', () => {
    expect(taken.handoff(offer.handoffId)).toMatchObject({
      status: 'accepted',
      accounts: [{ answer: 'accepted', strength: 'linkWithCode', spokenTo: yes.saidBy, reachedOn: yes.reachedOn }],
    });
    expect(taken.responsible(later)).toMatchObject({ team: brixham, unconfirmed: true, strength: 'linkWithCode' });
  });

  it('spends the link: there is no second answer', () => {
    answer(taken, no).refused('answer-link-spent', 'ring North zone');
    enter(taken, true).refused('answer-link-spent');
    issue(taken, later).refused('handoff-ended');
  });

  it('is confirmed by the receiver, in so many words or by accepting', () => {
    const report = taken.handoff(offer.handoffId).accounts[0]!.eventId;
    const confirm = { ...offer, report };
    taken.when({ decide: confirmHandoffReport, command: confirm, by: zone, now: later }).refused('not-the-receiver');
    for (const confirmed of [
      taken.when({ decide: confirmHandoffReport, command: confirm, by: brixham, now: later }).goOn(),
      taken.when({ decide: acceptHandoff, command: offer, by: brixham, now: later }).goOn(),
    ]) {
      expect(confirmed.responsible(later)).toMatchObject({ team: brixham, since: later });
      expect(confirmed.responsible(later)).not.toHaveProperty('unconfirmed');
      expect(confirmed.responsible(later)).not.toHaveProperty('strength');
    }
  });

  it('that the receiver denies leaves two accounts, and the sender holds from then', () => {
    const report = taken.handoff(offer.handoffId).accounts[0]!.eventId;
    const denied = taken
      .when({ decide: disputeHandoffReport, command: { ...offer, report }, by: brixham, now: at('2011-03-01 13:00') })
      .then('HandoffReportDisputed');
    expect(denied.handoff(offer.handoffId).status).toBe('disputed');
    expect(denied.responsible(at('2011-03-01 13:00'))).toMatchObject({ team: zone, because: 'disputed' });
    expect(denied.responsible(at('2011-03-01 12:00'))).toMatchObject({ team: brixham, disputed: true });
  });

  it('that was a decline says why, moves nothing, and is told to the duty manager where nobody sees it', () => {
    answer(opened, { ...no, reason: undefined } as never).refused('reason-missing');
    const declined = answer(opened, no).then('HandoffAnsweredByLink');
    const handoff = declined.handoff(offer.handoffId);
    expect(handoff).toMatchObject({ status: 'declined', declined: { reason: 'noCapacity', detail: no.detail } });
    expect(declined.responsible(later)).toMatchObject({ team: zone });
    expect(reactionsTo(handoff).map(({ rule }) => rule)).toContain('escalateDecline');
  });

  it('after the offer was withdrawn reads that it was, and that they are not responsible', () => {
    const withdrawn = opened
      .when({ decide: withdrawHandoff, command: { ...offer, reason: 'wrongTeam' as const }, by: zone, now: later })
      .then('HandoffWithdrawn');
    answer(withdrawn, yes, at('2011-03-01 10:40')).refused('handoff-withdrawn', 'you are not responsible');
  });

  it('after the person died reads that they must not be contacted', () => {
    const died = opened
      .when({ decide: recordDeath, command: { place: 'hospital' as const }, by: zone, now: later })
      .then('PersonDied');
    answer(died, yes, at('2011-03-01 10:40')).refused('person-died', 'do not contact');
  });

  it('after another team accepted reads who did, and closes the offers of the others where it is first', () => {
    const both = opened.with(offered(at('2011-03-01 10:05'), { name: 'the other', to: paignton }));
    const elsewhere = both.with(accepted(later, paignton, { effect: 'now' }, 'the other'));
    answer(elsewhere, yes, at('2011-03-01 10:40')).refused('accepted-by-another', 'Paignton care');
    answer(both).then('HandoffAnsweredByLink', 'HandoffWithdrawn');
  });
});
