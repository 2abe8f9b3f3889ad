import { describe, expect, it } from '@jest/globals';
import { moveEntriesIn, moveEntriesOut } from '../entry/move.js';
import { accepted, offered, referralTaken } from '../testing/entries.js';
import { given, onOthers } from '../testing/story.js';
import { at, brixham, herJourney, mrsSmith, otherMrsSmith, othersJourney, zone } from '../testing/torbay.js';
import { minutesOf, offer } from '../testing/scenario.js';

describe('10. The wrong Mrs Smith', () => {
  // Given a handover accepted on the wrong record …
  const wrong = given(
    ...referralTaken(at('2011-03-01 09:00')),
    offered(at('2011-03-01 10:00'), { to: brixham }),
    accepted(at('2011-03-01 10:20'), brixham),
  )
    .about(otherMrsSmith, othersJourney)
    .with(...referralTaken(at('2011-03-01 09:30'), onOthers))
    .about(mrsSmith, herJourney);
  // … when I move it
  const movedOut = wrong
    .when({
      decide: moveEntriesOut,
      command: { ...offer, toJourneyId: othersJourney, toPersonId: otherMrsSmith, reason: 'wrongPerson' as const },
      by: zone,
      now: at('2011-03-01 15:00'),
    })
    .then('EntriesMovedOut');
  const moved = movedOut
    .about(otherMrsSmith, othersJourney)
    .when({
      decide: moveEntriesIn,
      command: { journeyId: othersJourney, fromJourneyId: herJourney, movedOut: movedOut.journey.movedOut[0]!.eventId },
      by: zone,
      now: at('2011-03-01 15:00'),
    })
    .then('EntryMovedIn', 'EntryMovedIn');
  const right = moved.about(otherMrsSmith, othersJourney);
  const left = moved.about(mrsSmith, herJourney);

  it('both journeys change', () => {
    expect(wrong.responsible(at('2011-03-01 16:00'))).toMatchObject({ team: brixham });
    expect(left.responsible(at('2011-03-01 16:00'))).toMatchObject({ team: zone });
    expect(right.responsible(at('2011-03-01 16:00'))).toMatchObject({ team: brixham, since: at('2011-03-01 10:20') });
  });

  it('both figures change', () => {
    expect(left.journey.handoffs).toEqual([]);
    expect(minutesOf(right, 'H2')).toBe(20);
  });

  it('in between the entries are on their way, and both say so', () => {
    expect(movedOut.journey.movedOut).toMatchObject([{ toJourney: othersJourney }]);
    expect(movedOut.about(otherMrsSmith, othersJourney).journey.handoffs).toEqual([]);
    expect(right.journey.movedIn).toHaveLength(2);
  });

  it('those who viewed it can be listed: the move names every entry that was on the wrong record', () => {
    const [out] = left.journey.movedOut;
    const originals = wrong.log.filter(({ type }) => type.startsWith('Handoff')).map(({ eventId }) => eventId);
    expect(out?.entries).toEqual(originals);
    expect(right.journey.movedIn.map(({ entry: original }) => original)).toEqual(originals);
  });

  it('and the auditor still sees the original', () => {
    const original = moved.log.find(({ type, person }) => type === 'HandoffAccepted' && person === mrsSmith);
    expect(original).toMatchObject({ occurredAt: at('2011-03-01 10:20'), data: { by: brixham } });
  });

  it('moving again changes nothing', () => {
    left
      .when({
        decide: moveEntriesOut,
        command: { ...offer, toJourneyId: othersJourney, toPersonId: otherMrsSmith, reason: 'wrongPerson' as const },
        by: zone,
        now: at('2011-03-01 15:10'),
      })
      .nothing();
    right
      .when({
        decide: moveEntriesIn,
        command: {
          journeyId: othersJourney,
          fromJourneyId: herJourney,
          movedOut: movedOut.journey.movedOut[0]!.eventId,
        },
        by: zone,
        now: at('2011-03-01 15:10'),
      })
      .nothing();
  });
});
