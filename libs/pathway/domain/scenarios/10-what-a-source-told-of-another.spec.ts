import { describe, expect, it } from '@jest/globals';
import { deriveId, personStream } from '#kernel';
import { moveEntriesIn, moveEntriesOut } from '../entry/move.js';
import { recordCarePlan, recordEncounter } from '../import/decide.js';
import { referralTaken } from '../testing/entries.js';
import { entry, given, onOthers, type Story } from '../testing/story.js';
import { at, herJourney, mrsSmith, otherMrsSmith, othersJourney, zone } from '../testing/torbay.js';

const now = at('2011-03-03 15:00');
const later = at('2011-03-03 16:00');
const onOtherPerson = { stream: personStream(otherMrsSmith) } as const;
const idOf = (story: Story, type: string) => story.log.findLast((known) => known.type === type)!.eventId;

const left = (story: Story) => story.about(mrsSmith, herJourney);
const right = (story: Story) => story.about(otherMrsSmith, othersJourney);

/** Both on a journey of their own. */
const both = given(...referralTaken(at('2011-02-21 09:00')))
  .about(otherMrsSmith, othersJourney)
  .with(...referralTaken(at('2011-02-21 09:30'), onOthers))
  .about(mrsSmith, herJourney);

const outOf = (story: Story, type: string) => ({
  decide: moveEntriesOut,
  command: {
    journeyId: herJourney,
    personId: mrsSmith,
    entry: idOf(story, type),
    toJourneyId: othersJourney,
    toPersonId: otherMrsSmith,
    reason: 'wrongPerson' as const,
  },
  by: zone,
  now,
  own: true as const,
});
const inTo = (story: Story) => ({
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

describe('10. What another system told of, on the record of the wrong Mrs Smith', () => {
  const attendance = deriveId('attendance', 1);
  const plan = deriveId('plan', 1);
  const onHer = { stream: personStream(mrsSmith) } as const;
  const wrong = both.with(
    entry('EmergencyAttended', { attendance }, at('2011-03-01 11:00'), onHer),
    entry('ContactRecorded', { contact: deriveId('contact', 1), sector: 'primary', mode: 'clinic' }, at('2011-03-01 12:00'), onHer),
    entry('CarePlanAgreed', { plan, kind: 'diabetes' }, at('2011-03-02 09:00'), onHer),
    entry('CarePlanReviewed', { plan }, at('2011-03-02 10:00'), onHer),
  );
  const moved = (type: string, ...arrives: readonly 'EntryMovedIn'[]) => {
    const out = wrong.when(outOf(wrong, type)).then('EntriesMovedOut');
    return right(out).when(inTo(out)).then(...arrives);
  };

  it('an attendance goes to the right one, and so does a contact, each alone', () => {
    const attended = moved('EmergencyAttended', 'EntryMovedIn');
    expect(left(attended).record).toMatchObject({ attendances: [], contacts: { count: 1 } });
    expect(right(attended).record.attendances).toMatchObject([{ attendance, at: at('2011-03-01 11:00') }]);
    const seen = moved('ContactRecorded', 'EntryMovedIn');
    expect(left(seen).record).toMatchObject({ attendances: [{ attendance }], contacts: { count: 0 } });
    expect(right(seen).record.contacts).toMatchObject({ count: 1, bySector: { primary: 1 } });
  });

  it('a care plan goes with its reviews', () => {
    const planned = moved('CarePlanReviewed', 'EntryMovedIn', 'EntryMovedIn');
    expect(left(planned).record.plans).toEqual([]);
    expect(right(planned).record.plans).toMatchObject([{ plan, kind: 'diabetes', reviews: [{ at: at('2011-03-02 10:00') }] }]);
    expect(right(planned).record.unplaced).toEqual([]);
  });

  it('does not go where the source has told of it already', () => {
    const twice = left(right(wrong).with(entry('EmergencyAttended', { attendance }, at('2011-03-01 11:00'), onOtherPerson)));
    twice.when(outOf(wrong, 'EmergencyAttended')).refused('there-already', 'take back the one that is wrong');
  });

  it('told of again it stays where it is, said otherwise of the right one it is put right by people', () => {
    const attended = moved('EmergencyAttended', 'EntryMovedIn');
    const told = { encounterId: attendance, class: 'EMER' as const };
    const again = { decide: recordEncounter, by: 'system', now: later, happened: at('2011-03-01 11:00') } as const;
    left(attended).when({ ...again, command: told }).refused('moved-elsewhere', 'put it right there');
    right(attended).when({ ...again, command: told }).nothing();
    const otherwise = { ...told, endedAt: at('2011-03-01 14:00') };
    right(attended).when({ ...again, command: otherwise }).refused('moved-here', 'put it right by hand');
    const planned = moved('CarePlanAgreed', 'EntryMovedIn', 'EntryMovedIn');
    const same = { decide: recordCarePlan, command: { plan, kind: 'diabetes' }, by: 'system', now: later, happened: at('2011-03-02 09:00') } as const;
    left(planned).when(same).refused('moved-elsewhere');
    right(planned).when(same).nothing();
  });
});
