import { describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { accepted, offered, referralTaken } from '../testing/entries.js';
import { entry, given } from '../testing/story.js';
import { at, brixham, zone } from '../testing/torbay.js';
import { whatHangsOn } from './together.js';

const plan = deriveId('test', 'plan');
const story = given(
  ...referralTaken(at('2011-03-01 09:00')),
  offered(at('2011-03-01 10:00'), { to: brixham }),
  accepted(at('2011-03-01 10:20'), brixham),
  entry(
    'ContactRecorded',
    { contact: deriveId('test', 'contact'), sector: 'community', mode: 'visit' },
    at('2011-03-01 11:00'),
  ),
  entry('CarePlanAgreed', { plan, team: zone, goals: 'sealed:v1:AAAA' }, at('2011-03-01 12:00')),
  entry('CarePlanReviewed', { plan, team: zone }, at('2011-03-01 13:00')),
);
const typesWith = (type: string) =>
  whatHangsOn(story.log.find((known) => known.type === type)!.eventId, story.log).map((event) => event.type);

describe('What goes with an entry that is somebody else’s', () => {
  it('an answer goes with its offer and every other answer', () => {
    expect(typesWith('HandoffAccepted')).toEqual(['HandoffOffered', 'HandoffAccepted']);
  });

  it('a review goes with its plan', () => {
    expect(typesWith('CarePlanReviewed')).toEqual(['CarePlanAgreed', 'CarePlanReviewed']);
  });

  it('a contact goes alone', () => {
    expect(typesWith('ContactRecorded')).toEqual(['ContactRecorded']);
  });

  it('a referral takes the whole journey along', () => {
    expect(typesWith('ReferralAccepted')).toEqual(story.log.map(({ type }) => type));
  });
});
