import { describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { referralMade, referralTaken } from '../testing/entries.js';
import { entry, given, type Story } from '../testing/story.js';
import { at, herJourney } from '../testing/torbay.js';
import { momentOf, type JourneyMoment } from './moments.js';

const plan = (name: string, when: string) => entry('CarePlanAgreed', { plan: deriveId('plan', name) }, at(when));
const found = (story: Story, moment: JourneyMoment) =>
  momentOf(moment, story.record, story.record.journeys[herJourney]!)?.at;

describe('The day from which a journey counts', () => {
  const referred = given(referralMade(at('2011-02-01 09:00')));
  const taken = given(...referralTaken(at('2011-02-02 10:00')));

  it('is that of the referral, where the pathway says so', () => {
    expect(found(referred, 'referralMade')).toBe(at('2011-02-01 09:00'));
  });

  it('is not known before a service has taken the referral', () => {
    expect(found(referred, 'referralAccepted')).toBeUndefined();
    expect(found(taken, 'referralAccepted')).toBe(at('2011-02-02 10:00'));
  });

  it('is that of the first care plan, also where an earlier one was written down last', () => {
    expect(found(taken, 'planAgreed')).toBeUndefined();
    const planned = taken.with(plan('second', '2011-02-20 10:00'), plan('first', '2011-02-10 10:00'));
    expect(found(planned, 'planAgreed')).toBe(at('2011-02-10 10:00'));
  });
});
