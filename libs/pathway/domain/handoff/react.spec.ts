import { describe, expect, it } from '@jest/globals';
import { acceptHandoff, acknowledgeHandoff } from './answer.js';
import { chaseHandoff, escalateHandoff, lapseHandoff } from './react.js';
import { reactionsTo } from './reactions.js';
import { confirmHandoffReport, disputeHandoffReport, reportHandoffAnswer } from './report/decide.js';
import { actOnDecline, seeHandoffProblem } from './sender.js';
import type { ChaserCause, EscalationCause } from '../codes.js';
import { noticesOf } from '../responsibility/notices.js';
import { accepted, offered, referralTaken, sealed } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { given, type Story } from '../testing/story.js';
import { at, brixham, zone } from '../testing/torbay.js';

/** To be seen by 10:15 and answered by 10:30. */
const open = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }));
const day = (time: string) => at(`2011-03-01 ${time}`);
const chase = (story: Story, cause: ChaserCause, time: string) =>
  story.when({ decide: chaseHandoff, command: { ...offer, cause }, by: 'system', now: day(time) });
const escalate = (story: Story, cause: EscalationCause, time: string) =>
  story.when({ decide: escalateHandoff, command: { ...offer, cause }, by: 'system', now: day(time) });
const see = (story: Story, time: string) =>
  story.when({ decide: seeHandoffProblem, command: offer, by: zone, now: day(time) });
const seenByReceiver = open
  .when({ decide: acknowledgeHandoff, command: offer, by: brixham, now: day('10:10') })
  .then('HandoffAcknowledged');
const rules = (story: Story) => reactionsTo(story.handoff(offer.handoffId)).map(({ rule }) => rule);

describe('an acceptance by telephone that nobody confirms (hazard H22)', () => {
  const report = { ...offer, answer: 'accepted' as const, spokenTo: sealed('Ann') };
  const byTelephone = open
    .when({ decide: reportHandoffAnswer, command: report, by: zone, now: day('10:05') })
    .then('HandoffAnswerReported');
  const account = { ...offer, report: byTelephone.handoff(offer.handoffId).accounts[0]!.eventId };
  const told = (story: Story) =>
    noticesOf(story.record, story.journey).map(({ kind, audience, to, stands }) => [kind, audience, to.team, stands]);

  it('the receiver is reminded once, and then the duty manager of the sender is told once', () => {
    expect(rules(byTelephone)).toEqual(['chaseNotConfirmed', 'escalateNotConfirmed']);
    const reminded = chase(byTelephone, 'notConfirmed', '11:05').then('HandoffChased');
    expect(told(reminded)).toEqual([['remindedNotConfirmed', 'team', brixham.team, true]]);
    chase(reminded, 'notConfirmed', '12:00').nothing();
    const escalated = escalate(reminded, 'notConfirmed', '14:05').then('HandoffEscalated');
    expect(told(escalated)).toContainEqual(['toldNotConfirmed', 'dutyManager', zone.team, true]);
    expect(rules(escalated)).toEqual([]);
  });

  it('nobody is reminded once it is confirmed or denied, and what was said of it does not stand any more', () => {
    const escalated = escalate(chase(byTelephone, 'notConfirmed', '11:05').goOn(), 'notConfirmed', '14:05').goOn();
    for (const decide of [confirmHandoffReport, disputeHandoffReport]) {
      const settled = escalated.when({ decide, command: account, by: brixham, now: day('14:10') }).goOn();
      expect(told(settled)).toEqual([['toldNotConfirmed', 'dutyManager', zone.team, false]]);
    }
    const confirmed = byTelephone
      .when({ decide: confirmHandoffReport, command: account, by: brixham, now: day('10:20') })
      .goOn();
    expect(rules(confirmed)).toEqual([]);
    chase(confirmed, 'notConfirmed', '11:05').nothing();
  });

  it('a decline by telephone is confirmed by nobody: the sender holds either way', () => {
    const command = { ...report, answer: 'declined' as const, reason: 'noCapacity' as const };
    const declined = open.when({ decide: reportHandoffAnswer, command, by: zone, now: day('10:05') }).goOn();
    expect(rules(declined)).toEqual([]);
  });
});

describe('reminding the receiver', () => {
  it('once that they have not seen it in time, and once that they have not answered; nothing moves by it', () => {
    chase(open, 'notSeen', '10:14').refused('deadline-not-passed', 'until 10:15');
    const once = chase(open, 'notSeen', '10:15').then('HandoffChased');
    chase(once, 'notSeen', '10:20').nothing();
    const twice = chase(once, 'notAnswered', '10:30').then('HandoffChased');
    chase(twice, 'notAnswered', '10:31').nothing();
    expect(twice.handoff(offer.handoffId)).toMatchObject({
      status: 'offered',
      chasers: [{ cause: 'notSeen' }, { cause: 'notAnswered' }],
    });
    expect(twice.responsible(day('10:31'))).toMatchObject({ team: zone });
  });

  it('not that they have not seen it where they have, or where an answer is already due', () => {
    chase(seenByReceiver, 'notSeen', '10:15').nothing();
    chase(open, 'notSeen', '10:30').nothing();
  });

  it('not after they have answered', () => {
    chase(open.with(accepted(day('10:05'), brixham)), 'notAnswered', '10:30').nothing();
  });
});

describe("telling the sender's duty manager of an offer that is late", () => {
  it('once that it was not seen; that it was not answered either follows from it', () => {
    const told = escalate(open, 'notSeen', '10:20').then('HandoffEscalated');
    escalate(told, 'notSeen', '10:21').nothing();
    escalate(told, 'notAnswered', '10:31').nothing();
  });

  it('once that it was seen and not answered', () => {
    escalate(seenByReceiver, 'notSeen', '10:20').nothing();
    const told = escalate(seenByReceiver, 'notAnswered', '10:31').then('HandoffEscalated');
    escalate(told, 'notAnswered', '10:32').nothing();
  });

  it('not where somebody of the sender has seen that it is late', () => {
    see(open, '10:14').nothing();
    const known = see(open, '10:16').then('HandoffProblemSeen');
    escalate(known, 'notSeen', '10:20').nothing();
    // That no answer came is something else, and has to be seen again.
    escalate(known, 'notAnswered', '10:31').then('HandoffEscalated');
    escalate(see(known, '10:31').then('HandoffProblemSeen'), 'notAnswered', '10:40').nothing();
  });

  it('also after it ended unanswered, until somebody has acted on that', () => {
    const lapsed = open.when({ decide: lapseHandoff, command: offer, by: 'system', now: day('10:30') }).goOn();
    escalate(lapsed, 'notAnswered', '10:31').then('HandoffEscalated');
    const acted = lapsed.when({ decide: actOnDecline, command: offer, by: zone, now: day('10:31') }).goOn();
    escalate(acted, 'notAnswered', '10:32').nothing();
  });
});

describe('what waits to be done by itself', () => {
  it('is everything while the offer has not been seen, less once it has, nothing once it is accepted', () => {
    expect(rules(open)).toEqual([
      'chaseNotSeen',
      'chaseNotAnswered',
      'escalateNotSeen',
      'escalateNotAnswered',
      'lapse',
    ]);
    expect(rules(seenByReceiver)).toEqual(['chaseNotAnswered', 'escalateNotAnswered', 'lapse']);
    const yes = seenByReceiver.when({ decide: acceptHandoff, command: offer, by: brixham, now: day('10:20') }).goOn();
    expect(rules(yes)).toEqual([]);
  });

  it('counts from when it was written down where that is later: nobody could have seen it before', () => {
    const late = given(...referralTaken(day('09:00')), offered(day('10:00'), { to: brixham, recorded: day('14:00') }));
    expect(reactionsTo(late.handoff(offer.handoffId)).every(({ since }) => since === day('14:00'))).toBe(true);
  });
});
