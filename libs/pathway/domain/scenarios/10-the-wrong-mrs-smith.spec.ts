import { describe, expect, it } from '@jest/globals';
import { deriveId, journeyStream } from '#kernel';
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

  it('whoever moved it is known: they still see the wrong record, and have to tell the others', () => {
    expect(left.journey.movedOut[0]?.by).toBe(zone.organisation);
  });
});

describe('10. A referral taken for the wrong Mrs Smith', () => {
  const newJourney = deriveId('test', 'a journey that begins with the move');
  const wrong = given(
    ...referralTaken(at('2011-03-01 09:00')),
    offered(at('2011-03-01 10:00'), { to: brixham }),
    accepted(at('2011-03-01 10:20'), brixham),
  );
  const referral = wrong.log.find(({ type }) => type === 'ReferralMade')!.eventId;
  const out = wrong
    .when({
      decide: moveEntriesOut,
      command: {
        journeyId: herJourney,
        entry: referral,
        toJourneyId: newJourney,
        toPersonId: otherMrsSmith,
        reason: 'wrongPerson' as const,
      },
      by: zone,
      now: at('2011-03-01 15:00'),
    })
    .then('EntriesMovedOut');
  const arriving = {
    decide: moveEntriesIn,
    command: { journeyId: newJourney, fromJourneyId: herJourney, movedOut: out.journey.movedOut[0]!.eventId },
    by: zone,
    now: at('2011-03-01 15:00'),
  };
  const moved = out
    .about(otherMrsSmith, newJourney)
    .when(arriving)
    .then('EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn');

  it('moves with all that hangs on it, and begins a journey on the right record', () => {
    expect(moved.journey.referral).toMatchObject({ status: 'accepted', made: { at: at('2011-03-01 09:00') } });
    expect(moved.responsible(at('2011-03-01 16:00'))).toMatchObject({ team: brixham });
  });

  it('leaves a journey that shows only that it was moved', () => {
    const left = moved.about(mrsSmith, herJourney);
    expect(left.journey.referral).toBeUndefined();
    expect(left.journey.handoffs).toEqual([]);
  });

  it('is not put on top of a journey that began with a referral of its own', () => {
    out
      .about(otherMrsSmith, newJourney)
      .with(...referralTaken(at('2011-03-01 09:30'), { stream: journeyStream(newJourney) }))
      .when(arriving)
      .refused('journey-has-referral');
  });

  it('that was moved to a third person by mistake is moved on, and nothing brings it back', () => {
    const back = moved.about(otherMrsSmith, newJourney).when({
      decide: moveEntriesOut,
      command: {
        journeyId: newJourney,
        entry: moved.log.find(({ type }) => type === 'EntryMovedIn')!.eventId,
        toJourneyId: herJourney,
        toPersonId: mrsSmith,
        reason: 'wrongPerson' as const,
      },
      by: zone,
      now: at('2011-03-01 17:00'),
    });
    const movedOn = back.then('EntriesMovedOut');
    movedOn.when({ ...arriving, now: at('2011-03-01 17:05') }).nothing();
    const home = movedOn
      .about(mrsSmith, herJourney)
      .when({
        decide: moveEntriesIn,
        command: {
          journeyId: herJourney,
          fromJourneyId: newJourney,
          movedOut: movedOn.about(otherMrsSmith, newJourney).journey.movedOut[0]!.eventId,
        },
        by: zone,
        now: at('2011-03-01 17:10'),
      })
      .then('EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn');
    expect(home.responsible(at('2011-03-01 18:00'))).toMatchObject({ team: brixham });
  });
});
