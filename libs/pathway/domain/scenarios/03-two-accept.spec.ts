import { describe, expect, it } from '@jest/globals';
import { acceptHandoff } from '../handoff/answer.js';
import { handoffId, offered, referralTaken } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, brixham, herJourney, paignton } from '../testing/torbay.js';

describe('3. Two accept', () => {
  // Given two agencies were asked, when both accept within a second …
  const asked = given(
    ...referralTaken(at('2011-03-01 09:00')),
    offered(at('2011-03-01 10:00'), { to: brixham, name: 'to Brixham' }),
    offered(at('2011-03-01 10:00'), { to: paignton, name: 'to Paignton', attempt: 2 }),
  );
  const toBrixham = { journeyId: herJourney, handoffId: handoffId('to Brixham') };
  const toPaignton = { journeyId: herJourney, handoffId: handoffId('to Paignton') };
  const first = asked
    .when({ decide: acceptHandoff, command: toBrixham, by: brixham, now: at('2011-03-01 10:10') })
    .then('HandoffAccepted', 'HandoffWithdrawn');

  it('one holds', () => {
    expect(first.responsible(at('2011-03-01 10:11'))).toMatchObject({ kind: 'team', team: brixham });
  });

  it('the other reads who does', () => {
    first
      .when({ decide: acceptHandoff, command: toPaignton, by: paignton, now: at('2011-03-01 10:10') })
      .refused('accepted-by-another', 'Brixham home care accepted at 10:10: you are not responsible', {
        team: brixham.team,
        at: at('2011-03-01 10:10'),
      });
  });

  it('and its offer closes', () => {
    expect(first.handoff(toPaignton.handoffId)).toMatchObject({
      status: 'withdrawn',
      withdrawn: { reason: 'acceptedElsewhere' },
    });
  });
});
