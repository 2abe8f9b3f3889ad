/** Both Mrs Smiths, each on a journey of her own, and what stands on the wrong one's own stream about to be moved (scenario 10). */
import { personStream } from '#kernel';
import { moveEntriesIn, moveEntriesOut } from '../entry/move.js';
import { referralTaken } from './entries.js';
import { given, onOthers, type Story } from './story.js';
import { at, herJourney, mrsSmith, otherMrsSmith, othersJourney, zone } from './torbay.js';

export const now = at('2011-03-03 15:00');
export const later = at('2011-03-03 16:00');
export const onOtherPerson = { stream: personStream(otherMrsSmith) } as const;
export const idOf = (story: Story, type: string) => story.log.findLast((known) => known.type === type)!.eventId;

export const left = (story: Story) => story.about(mrsSmith, herJourney);
export const right = (story: Story) => story.about(otherMrsSmith, othersJourney);

/** Both on a journey of their own. */
export const both = given(...referralTaken(at('2011-02-21 09:00')))
  .about(otherMrsSmith, othersJourney)
  .with(...referralTaken(at('2011-02-21 09:30'), onOthers))
  .about(mrsSmith, herJourney);

export const outOf = (story: Story, type: string, more: object = {}) => ({
  decide: moveEntriesOut,
  command: {
    journeyId: herJourney,
    personId: mrsSmith,
    entry: idOf(story, type),
    toJourneyId: othersJourney,
    toPersonId: otherMrsSmith,
    reason: 'wrongPerson' as const,
    ...more,
  },
  by: zone,
  now,
  own: true as const,
});
export const inTo = (story: Story) => ({
  decide: moveEntriesIn,
  command: {
    journeyId: othersJourney,
    personId: otherMrsSmith,
    fromJourneyId: herJourney,
    fromPersonId: mrsSmith,
    movedOut: left(story).record.movedOut[0]!.eventId,
  },
  by: zone,
  now,
  own: true as const,
});
