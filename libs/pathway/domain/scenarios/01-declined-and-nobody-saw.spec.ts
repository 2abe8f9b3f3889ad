import { describe, expect, it } from '@jest/globals';
import { declineHandoff } from '../handoff/answer.js';
import { escalateHandoff } from '../handoff/react.js';
import { actOnDecline, seeHandoffProblem } from '../handoff/sender.js';
import { reportHandoffAnswer } from '../handoff/report/decide.js';
import { needsAction } from '../handoff/state.js';
import { offered, referralTaken, sealed } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, brixham, zone } from '../testing/torbay.js';
import { offer } from '../testing/scenario.js';

describe('1. Declined, and nobody saw', () => {
  // Given I offered at 16:50 and left, when the agency declines at 17:05 …
  const declined = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 16:50'), { to: brixham }))
    .when({
      decide: declineHandoff,
      command: { ...offer, reason: 'noCapacity' as const },
      by: brixham,
      now: at('2011-03-01 17:05'),
    })
    .then('HandoffDeclined');

  it('my team still holds her', () => {
    expect(declined.responsible(at('2011-03-02 08:00'))).toMatchObject({
      kind: 'team',
      team: zone,
      keyWorker: 'staff-jane',
    });
  });

  it('the decline stays at the top of our list until somebody acts', () => {
    expect(needsAction(declined.handoff(offer.handoffId))).toBe(true);
    const acted = declined
      .when({ decide: actOnDecline, command: offer, by: zone, now: at('2011-03-02 08:10') })
      .then('HandoffDeclineSeen');
    expect(needsAction(acted.handoff(offer.handoffId))).toBe(false);
    acted.when({ decide: actOnDecline, command: offer, by: zone, now: at('2011-03-02 08:11') }).nothing();
  });

  it('the duty manager is told once, and not before it has gone unseen for half an hour', () => {
    const command = { ...offer, cause: 'declineNotActedOn' as const };
    declined
      .when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 17:34') })
      .refused('deadline-not-passed', 'until 17:35');
    const told = declined
      .when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 18:05') })
      .then('HandoffEscalated');
    told.when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 19:05') }).nothing();
    expect(told.handoff(offer.handoffId).escalations).toMatchObject([{ cause: 'declineNotActedOn', to: zone }]);
  });

  it('the duty manager is not told of a decline that somebody of my team has seen; it stays on our list', () => {
    const seen = declined
      .when({ decide: seeHandoffProblem, command: offer, by: zone, now: at('2011-03-01 17:20') })
      .then('HandoffProblemSeen');
    seen.when({ decide: seeHandoffProblem, command: offer, by: zone, now: at('2011-03-01 17:25') }).nothing();
    declined
      .when({ decide: seeHandoffProblem, command: offer, by: brixham, now: at('2011-03-01 17:20') })
      .refused('not-the-sender');
    const command = { ...offer, cause: 'declineNotActedOn' as const };
    seen.when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 18:05') }).nothing();
    expect(needsAction(seen.handoff(offer.handoffId))).toBe(true);
  });

  it('the duty manager is not told of a decline that my team itself wrote down from the telephone', () => {
    const command = { ...offer, answer: 'declined' as const, reason: 'noCapacity' as const, spokenTo: sealed('Ann') };
    const written = given(
      ...referralTaken(at('2011-03-01 09:00')),
      offered(at('2011-03-01 16:50'), { to: brixham }),
    )
      .when({ decide: reportHandoffAnswer, command, by: zone, now: at('2011-03-01 17:05') })
      .then('HandoffAnswerReported');
    const escalation = { ...offer, cause: 'declineNotActedOn' as const };
    written.when({ decide: escalateHandoff, command: escalation, by: 'system', now: at('2011-03-01 18:05') }).nothing();
  });

  it('the duty manager is not told of a decline that somebody has acted on', () => {
    const acted = declined
      .when({ decide: actOnDecline, command: offer, by: zone, now: at('2011-03-01 17:20') })
      .then('HandoffDeclineSeen');
    const command = { ...offer, cause: 'declineNotActedOn' as const };
    acted.when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 18:05') }).nothing();
  });
});
