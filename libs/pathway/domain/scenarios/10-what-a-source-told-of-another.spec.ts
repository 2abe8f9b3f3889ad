import { describe, expect, it } from '@jest/globals';
import { deriveId, personStream } from '#kernel';
import { recordCarePlan, recordEncounter } from '../import/decide.js';
import { entry } from '../testing/story.js';
import { at, mrsSmith } from '../testing/torbay.js';
import { both, inTo, later, left, onOtherPerson, outOf, right } from '../testing/two-smiths.js';

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
