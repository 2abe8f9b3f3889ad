import { describe, expect, it } from '@jest/globals';
import { acceptHandoff, declineHandoff } from '../handoff/answer.js';
import { offered, referralTaken } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { given, type Story } from '../testing/story.js';
import { at, brixham, herJourney, paignton, zone } from '../testing/torbay.js';
import { viewOf } from './visibility.js';

const view = (story: Story, organisation: string) =>
  viewOf(story.record, herJourney, organisation, at('2011-03-01 12:00'));

describe('what an organisation sees of a journey', () => {
  const open = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }));

  it('is the whole journey where it holds', () => {
    expect(view(open, zone.organisation)).toEqual({ kind: 'journey' });
  });

  it('is only the offer before it accepts', () => {
    expect(view(open, brixham.organisation)).toEqual({ kind: 'offers', offers: [{ handoffId: offer.handoffId }] });
  });

  it('is the whole journey once it has accepted', () => {
    const accepted = open
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 10:10') })
      .then('HandoffAccepted');
    expect(view(accepted, brixham.organisation)).toEqual({ kind: 'journey' });
  });

  it('is nothing new after it declined', () => {
    const command = { ...offer, reason: 'noCapacity' as const };
    const declined = open
      .when({ decide: declineHandoff, command, by: brixham, now: at('2011-03-01 10:10') })
      .then('HandoffDeclined');
    expect(view(declined, brixham.organisation)).toEqual({
      kind: 'offers',
      offers: [{ handoffId: offer.handoffId, until: at('2011-03-01 10:10') }],
    });
  });

  it('is nothing where it has no part', () => {
    expect(view(open, paignton.organisation)).toEqual({ kind: 'none' });
  });
});
