import { describe, expect, it } from '@jest/globals';
import { declineHandoff } from '../handoff/answer.js';
import { actOnDecline, escalateHandoff } from '../handoff/sender.js';
import { needsAction } from '../handoff/state.js';
import { offered, referralTaken } from '../testing/entries.js';
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

  it('the duty manager is told once', () => {
    const command = { ...offer, cause: 'declineNotActedOn' as const };
    const told = declined
      .when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 18:05') })
      .then('HandoffEscalated');
    told.when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 19:05') }).nothing();
    expect(told.handoff(offer.handoffId).escalations).toMatchObject([{ cause: 'declineNotActedOn', to: zone }]);
  });

  it('the duty manager is not told of a decline that somebody has acted on', () => {
    const acted = declined
      .when({ decide: actOnDecline, command: offer, by: zone, now: at('2011-03-01 17:20') })
      .then('HandoffDeclineSeen');
    const command = { ...offer, cause: 'declineNotActedOn' as const };
    acted.when({ decide: escalateHandoff, command, by: 'system', now: at('2011-03-01 18:05') }).nothing();
  });
});
