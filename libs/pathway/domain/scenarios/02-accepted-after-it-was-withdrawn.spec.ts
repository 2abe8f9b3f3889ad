import { describe, expect, it } from '@jest/globals';
import { acceptHandoff } from '../handoff/answer.js';
import { reportHandoffAnswer, resolveHandoffDispute } from '../handoff/report/decide.js';
import { offered, referralTaken, sealed } from '../testing/entries.js';
import { entry, given } from '../testing/story.js';
import { at, brixham, zone } from '../testing/torbay.js';
import { offer } from '../testing/scenario.js';

describe('2. Accepted after it was withdrawn', () => {
  // Given I withdrew at 10:02 …
  const withdrawn = given(
    ...referralTaken(at('2011-03-01 09:00')),
    offered(at('2011-03-01 09:45'), { to: brixham }),
    entry(
      'HandoffWithdrawn',
      { handoffId: offer.handoffId, by: zone, reason: 'noLongerNeeded' },
      at('2011-03-01 10:02'),
      { by: zone },
    ),
  );

  it('when the nurse accepts at 10:05, then she reads "withdrawn: you are not responsible"', () => {
    withdrawn
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 10:05') })
      .refused('handoff-withdrawn', 'Withdrawn at 10:02: you are not responsible');
  });

  const twoAccounts = withdrawn
    .when({
      decide: reportHandoffAnswer,
      command: { ...offer, answer: 'accepted' as const, spokenTo: sealed('the coordinator') },
      by: brixham,
      now: at('2011-03-01 10:20'),
      happened: at('2011-03-01 09:55'),
    })
    .then('HandoffAnswerReported');

  it('if she records that she accepted by telephone at 09:55, both accounts stand', () => {
    const handoff = twoAccounts.handoff(offer.handoffId);
    expect(handoff.withdrawn?.at).toBe(at('2011-03-01 10:02'));
    expect(handoff.accounts).toMatchObject([{ answer: 'accepted', at: at('2011-03-01 09:55'), reportedBy: brixham }]);
  });

  it('and I hold until it is resolved, flagged as disputed', () => {
    for (const time of ['09:56', '10:03', '15:00']) {
      expect(twoAccounts.responsible(at(`2011-03-01 ${time}`))).toMatchObject({
        kind: 'team',
        team: zone,
        disputed: true,
      });
    }
    const resolve = (holder: 'sender' | 'receiver') =>
      twoAccounts
        .when({
          decide: resolveHandoffDispute,
          command: { ...offer, holder, agreedWith: sealed('both managers') },
          by: zone,
          now: at('2011-03-01 16:00'),
        })
        .then('HandoffDisputeResolved');
    expect(resolve('sender').responsible(at('2011-03-01 16:01'))).toMatchObject({ team: zone });
    expect(resolve('sender').responsible(at('2011-03-01 16:01'))).not.toHaveProperty('disputed');
    expect(resolve('receiver').responsible(at('2011-03-01 16:01'))).toMatchObject({
      team: brixham,
      because: 'disputeResolved',
    });
    expect(resolve('receiver').responsible(at('2011-03-01 15:59'))).toMatchObject({ team: zone, disputed: true });
  });

  it('she cannot claim an acceptance of after the withdrawal', () => {
    withdrawn
      .when({
        decide: reportHandoffAnswer,
        command: { ...offer, answer: 'accepted' as const, spokenTo: sealed('the coordinator') },
        by: brixham,
        now: at('2011-03-01 10:20'),
        happened: at('2011-03-01 10:10'),
      })
      .refused('handoff-ended', 'you are not responsible');
  });
});
