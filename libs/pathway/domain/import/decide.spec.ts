import { describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { moveEntriesOut } from '../entry/move.js';
import { given } from '../testing/story.js';
import { at, herJourney, otherMrsSmith, othersJourney, zone } from '../testing/torbay.js';
import { recordCarePlan, recordEncounter, type RecordEncounter } from './decide.js';

const now = at('2011-03-05 10:00');
const took = { by: 'system', now, happened: at('2011-03-01 09:00') } as const;
const id = deriveId('encounter', 1);
const stay: RecordEncounter = {
  encounterId: id,
  class: 'IMP',
  hospital: 'torbay-hospital',
  endedAt: at('2011-03-04 11:00'),
};
const take = (command: RecordEncounter, story = given()) => story.when({ decide: recordEncounter, command, ...took });

describe('taking in what another system tells of', () => {
  it('an inpatient encounter is an admission and a discharge, each at its own moment', () => {
    const taken = take(stay).then('Admitted', 'Discharged');
    expect(taken.record.stays).toMatchObject([
      {
        stayId: id,
        method: '99',
        admitted: { at: at('2011-03-01 09:00') },
        discharged: { at: at('2011-03-04 11:00') },
      },
    ]);
  });

  it('one that has not ended is an admission', () => {
    const { endedAt: _, ...running } = stay;
    take(running).then('Admitted');
  });

  it('an emergency encounter is an attendance, an ambulatory one a contact', () => {
    expect(take({ encounterId: id, class: 'EMER' }).then('EmergencyAttended').record.attendances).toHaveLength(1);
    expect(
      take({ encounterId: id, class: 'AMB', sector: 'community' }).then('ContactRecorded').record.contacts,
    ).toMatchObject({
      count: 1,
      bySector: { community: 1 },
    });
  });

  it('said again it adds nothing', () => {
    for (const command of [
      stay,
      { encounterId: id, class: 'AMB' as const },
      { encounterId: id, class: 'EMER' as const },
    ]) {
      const story = take(command).goOn();
      take(command, story).nothing();
    }
  });

  it('told of again after it was moved to somebody else, it does not come back', () => {
    const taken = take(stay).then('Admitted', 'Discharged');
    const moved = taken
      .when({
        decide: moveEntriesOut,
        command: {
          journeyId: herJourney,
          personId: taken.person,
          entry: taken.log[0]!.eventId,
          toJourneyId: othersJourney,
          toPersonId: otherMrsSmith,
          reason: 'wrongPerson' as const,
        },
        by: zone,
        now,
        own: true,
      })
      .then('EntriesMovedOut');
    take(stay, moved).refused('moved-elsewhere', 'put it right there');
    take({ ...stay, encounterId: deriveId('encounter', 2) }, moved).then('Admitted', 'Discharged');
  });

  it('said otherwise it is a correction, and what is new is added', () => {
    const { endedAt: _, ...running } = stay;
    const admitted = take(running).then('Admitted');
    const ended = take(stay, admitted).then('Discharged');
    const moved = take({ ...stay, hospital: 'exeter-hospital', endedAt: at('2011-03-04 12:00') }, ended).then(
      'EntryCorrected',
      'EntryCorrected',
    );
    expect(moved.record.stays).toMatchObject([
      { hospital: 'exeter-hospital', discharged: { at: at('2011-03-04 12:00') } },
    ]);
    take({ ...stay, hospital: 'exeter-hospital', endedAt: at('2011-03-04 12:00') }, moved).nothing();
  });

  it('cannot end before it begins', () => {
    take({ ...stay, endedAt: at('2011-02-01 12:00') }).refused('ended-before-start');
  });

  it('a care plan belongs to the person and to no journey', () => {
    const command = { plan: id, kind: 'diabetes' };
    const taken = given()
      .when({ decide: recordCarePlan, command, ...took })
      .then('CarePlanAgreed');
    taken.when({ decide: recordCarePlan, command, ...took }).nothing();
    taken.when({ decide: recordCarePlan, command: { ...command, endedAt: now }, ...took }).then('EntryCorrected');
  });
});
