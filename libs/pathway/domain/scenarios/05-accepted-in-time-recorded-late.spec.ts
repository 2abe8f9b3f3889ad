import { describe, expect, it } from '@jest/globals';
import { acceptHandoff } from '../handoff/answer.js';
import { answeredBeforeEscalation } from '../handoff/clocks.js';
import { escalateHandoff, lapseHandoff } from '../handoff/react.js';
import { offered, referralTaken } from '../testing/entries.js';
import { given, type Story } from '../testing/story.js';
import { at, brixham } from '../testing/torbay.js';
import { clock, minutesOf, offer } from '../testing/scenario.js';

describe('5. Accepted in time, recorded late', () => {
  // Given an escalation at 11:00, when an acceptance of 10:40 is recorded at 14:00 …
  const escalated = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:30'), { to: brixham }))
    .when({
      decide: escalateHandoff,
      command: { ...offer, cause: 'notAnswered' as const },
      by: 'system',
      now: at('2011-03-01 11:00'),
    })
    .then('HandoffEscalated');
  const acceptLate = (story: Story) =>
    story
      .when({
        decide: acceptHandoff,
        command: offer,
        by: brixham,
        now: at('2011-03-01 14:00'),
        happened: at('2011-03-01 10:40'),
      })
      .then('HandoffAccepted');

  it('the clock uses 10:40, and says how late it was written down', () => {
    const late = acceptLate(escalated);
    expect(minutesOf(late, 'H2')).toBe(10);
    expect(clock(late, 'H2')?.lateness).toBe(200 * 60_000);
    expect(late.responsible(at('2011-03-01 10:41'))).toMatchObject({ kind: 'team', team: brixham });
  });

  it('the escalation stays, marked "answered before, recorded late"', () => {
    const late = acceptLate(escalated);
    expect(late.handoff(offer.handoffId).escalations).toHaveLength(1);
    expect(answeredBeforeEscalation(late.handoff(offer.handoffId))).toBe(true);
    expect(clock(late, 'H2')).toMatchObject({ outcome: 'accepted', answeredBefore: true });
  });

  it('the figure as it was known before stays what it was', () => {
    expect(clock(escalated, 'H2')).toMatchObject({ outcome: 'open' });
  });

  it('holds where the offer had lapsed meanwhile, too', () => {
    const lapsed = escalated
      .when({ decide: lapseHandoff, command: offer, by: 'system', now: at('2011-03-01 11:01') })
      .then('HandoffLapsed');
    const late = acceptLate(lapsed);
    expect(late.handoff(offer.handoffId)).toMatchObject({ status: 'accepted', lapsed: { at: at('2011-03-01 11:01') } });
    expect(minutesOf(late, 'H2')).toBe(10);
  });

  it('an acceptance of after the lapse is no answer in time', () => {
    const lapsed = escalated
      .when({ decide: lapseHandoff, command: offer, by: 'system', now: at('2011-03-01 11:01') })
      .then('HandoffLapsed');
    lapsed
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 11:05') })
      .refused('handoff-lapsed', 'Not answered in time, it ended at 11:01');
  });
});
