import { describe, expect, it } from '@jest/globals';
import { accepted, admitted, offered, referralTaken, sealed } from '../testing/entries.js';
import { minutesOf, offer } from '../testing/scenario.js';
import { entry, given, type Story } from '../testing/story.js';
import { at, brixham, herJourney, mrsSmith, ward, zone } from '../testing/torbay.js';
import { correctEntry, markEntryInError, type CorrectEntry } from './decide.js';

const story = given(
  ...referralTaken(at('2011-03-01 09:00')),
  offered(at('2011-03-01 10:00'), { to: brixham }),
  accepted(at('2011-03-01 10:20'), brixham),
);
const now = at('2011-03-02 09:00');
const idOf = (of: Story, type: string) => of.log.find((known) => known.type === type)!.eventId;
const wrongTime: CorrectEntry = {
  entry: idOf(story, 'HandoffAccepted'),
  reason: 'recordedWrongly',
  happenedAt: at('2011-03-01 10:12'),
};

describe('putting an entry right', () => {
  it('changes the past as it is known from then on; the original stays', () => {
    const right = story.when({ decide: correctEntry, command: wrongTime, by: brixham, now }).then('EntryCorrected');
    expect(minutesOf(story, 'H2')).toBe(20);
    expect(minutesOf(right, 'H2')).toBe(12);
    expect(right.log.find(({ eventId }) => eventId === wrongTime.entry)?.occurredAt).toBe(at('2011-03-01 10:20'));
    right.when({ decide: correctEntry, command: wrongTime, by: brixham, now }).nothing();
  });

  it('can change what it says, within what such an entry may say', () => {
    const stay = story.with(admitted(at('2011-03-01 20:00'), { by: ward }));
    const change = (fields: Record<string, unknown>) =>
      stay.when({
        decide: correctEntry,
        command: { personId: mrsSmith, entry: idOf(stay, 'Admitted'), reason: 'recordedWrongly' as const, fields },
        by: ward,
        now,
      });
    expect(change({ method: '22' }).then('EntryCorrected').record.stays[0]?.method).toBe('22');
    change({ method: 'walked in' }).refused('correction-invalid', '/method');
    change({ mood: 'good' }).refused('correction-invalid', '/mood');
    change({}).refused('nothing-corrected');
  });

  it('can change its words, and only what is free text', () => {
    const declined = given(
      ...referralTaken(at('2011-03-01 09:00')),
      offered(at('2011-03-01 10:00'), { to: brixham }),
      entry(
        'HandoffDeclined',
        { handoffId: offer.handoffId, by: brixham, reason: 'noCapacity', detail: sealed('ful') },
        at('2011-03-01 10:20'),
        { by: brixham },
      ),
    );
    const put = (words: Record<string, string>, of = 'HandoffDeclined') =>
      declined.when({
        decide: correctEntry,
        command: { journeyId: herJourney, entry: idOf(declined, of), reason: 'recordedWrongly' as const, words },
        by: of === 'HandoffDeclined' ? brixham : zone,
        now,
      });
    const right = put({ detail: sealed('full until Friday') }).then('EntryCorrected');
    expect(right.journey.handoffs[0]?.declined).toMatchObject({
      reason: 'noCapacity',
      detail: sealed('full until Friday'),
    });
    put({ reason: sealed('other') }).refused('correction-invalid', 'no free text called reason');
    put({ asked: sealed('three times a day') }, 'HandoffOffered').refused('offer-is-revised', 'on the handover itself');
  });

  it('can change what the receiver found; where all was as described after all, nothing is missing any more', () => {
    const found = { asDescribed: 'partly', missing: 'medicines', missingDetail: sealed('insulin') } as const;
    const seen = story.with(
      entry(
        'FirstContactRecorded',
        { handoffId: offer.handoffId, by: brixham, mode: 'visit', ...found },
        at('2011-03-01 14:00'),
        { by: brixham },
      ),
    );
    const put = (from: Story, fields: Record<string, unknown>, words: Record<string, string> = {}) =>
      from.when({
        decide: correctEntry,
        command: { journeyId: herJourney, entry: idOf(seen, 'FirstContactRecorded'), reason: 'recordedWrongly' as const, fields, words },
        by: brixham,
        now,
      });
    const verdict = (from: Story) => {
      const { asDescribed, missing, missingDetail } = from.handoff(offer.handoffId).firstContact!;
      return { asDescribed, missing, missingDetail };
    };
    const right = put(seen, { asDescribed: 'yes' }).then('EntryCorrected');
    expect(verdict(right)).toEqual({ asDescribed: 'yes' });
    put(right, { missing: 'risks' }).refused('nothing-missing', 'only partly as described');
    put(right, {}, { missingDetail: sealed('warfarin') }).refused('nothing-missing');
    const other = put(right, { asDescribed: 'no', missing: 'risks' }, { missingDetail: sealed('falls') });
    expect(verdict(other.then('EntryCorrected'))).toEqual({
      asDescribed: 'no',
      missing: 'risks',
      missingDetail: sealed('falls'),
    });
  });

  it('is for those who wrote it', () => {
    story
      .when({ decide: correctEntry, command: wrongTime, by: zone, now })
      .refused('not-your-entry', 'brixham-home-care wrote that entry');
  });

  it('cannot put an answer before its offer, nor anything in the future', () => {
    story
      .when({ decide: correctEntry, command: { ...wrongTime, happenedAt: at('2011-03-01 09:30') }, by: brixham, now })
      .refused('correction-contradicts');
    story
      .when({ decide: correctEntry, command: { ...wrongTime, happenedAt: at('2011-03-03 09:30') }, by: brixham, now })
      .refused('occurred-in-future');
  });

  it('needs an entry of this record', () => {
    story
      .when({ decide: correctEntry, command: { ...wrongTime, entry: mrsSmith }, by: brixham, now })
      .refused('entry-not-found');
  });
});

describe('taking an entry back', () => {
  const taken = (entry: string) => ({ journeyId: herJourney, entry, reason: 'duplicate' as const });

  it('makes it count no longer', () => {
    const command = taken(wrongTime.entry);
    const back = story.when({ decide: markEntryInError, command, by: brixham, now }).then('EntryMarkedInError');
    expect(back.handoff(offer.handoffId).status).toBe('offered');
    expect(back.responsible(now)).toMatchObject({ team: zone });
    back.when({ decide: markEntryInError, command, by: brixham, now }).nothing();
  });

  it('is refused where later entries rest on it', () => {
    story
      .when({ decide: markEntryInError, command: taken(idOf(story, 'HandoffOffered')), by: zone, now })
      .refused('correction-contradicts');
    story
      .when({ decide: markEntryInError, command: taken(idOf(story, 'ReferralAccepted')), by: zone, now })
      .refused('correction-contradicts');
  });

  it('is itself not taken back: the entry is written anew', () => {
    const command = taken(wrongTime.entry);
    const back = story.when({ decide: markEntryInError, command, by: brixham, now }).then('EntryMarkedInError');
    back
      .when({ decide: markEntryInError, command: taken(idOf(back, 'EntryMarkedInError')), by: brixham, now })
      .refused('entry-not-correctable');
  });
});
