import { describe, expect, it } from '@jest/globals';
import { disputeHandoffReport, reportHandoffAnswer } from '../handoff/report/decide.js';
import { responsibilityTimeline } from '../responsibility/responsibility.js';
import { offered, referralTaken, sealed } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, brixham, herJourney, zone } from '../testing/torbay.js';
import { offer } from '../testing/scenario.js';

describe('9. A telephone acceptance disputed', () => {
  // Given I recorded one …
  const reported = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }))
    .when({
      decide: reportHandoffAnswer,
      command: { ...offer, answer: 'accepted' as const, spokenTo: sealed('Ann') },
      by: zone,
      now: at('2011-03-01 10:30'),
      happened: at('2011-03-01 10:15'),
    })
    .then('HandoffAnswerReported');
  const { eventId: report } = reported.handoff(offer.handoffId).accounts[0]!;
  // … when the agency denies it
  const denied = reported
    .when({
      decide: disputeHandoffReport,
      command: { ...offer, report, detail: sealed('no') },
      by: brixham,
      now: at('2011-03-01 13:00'),
    })
    .then('HandoffReportDisputed');

  it('until then it shows as reported, not confirmed', () => {
    expect(reported.responsible(at('2011-03-01 12:00'))).toMatchObject({
      kind: 'team',
      team: brixham,
      unconfirmed: true,
    });
  });

  it('both accounts show', () => {
    const handoff = denied.handoff(offer.handoffId);
    expect(handoff.status).toBe('disputed');
    expect(handoff.accounts).toMatchObject([
      { reportedBy: zone, spokenTo: sealed('Ann'), disputed: { by: brixham, detail: sealed('no') } },
    ]);
  });

  it('my team holds from now', () => {
    expect(denied.responsible(at('2011-03-01 13:00'))).toMatchObject({ kind: 'team', team: zone, because: 'disputed' });
  });

  it('and the disputed hours are flagged', () => {
    expect(responsibilityTimeline(denied.record, herJourney, at('2011-03-01 14:00'))).toMatchObject([
      { team: zone, because: 'tookReferral', to: at('2011-03-01 10:15') },
      { team: brixham, from: at('2011-03-01 10:15'), to: at('2011-03-01 13:00'), disputed: true },
      { team: zone, from: at('2011-03-01 13:00'), disputed: true },
    ]);
  });
});
