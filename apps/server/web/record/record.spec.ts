import { describe, expect, it } from '@jest/globals';
import { responsibleAt } from '#pathway';
import { at, brixham, idOf } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { inBrixham, inTorbay, now, offered, she } from '../../testing/offered-record.js';
import { handoverPage } from '../handover/handover.view.js';
import { nextSteps } from '../journey/next-steps.js';
import { partOf } from './part.js';
import { ageOn, personView } from './person.view.js';
import { responsibleView } from './responsible.view.js';
import type { Subject } from './subject.js';
import { timelineView } from './timeline.view.js';

const responsibleIn = (subject: Subject) =>
  responsibleView(responsibleAt(subject.record, she.journey, subject.now), subject.principal.teams, subject.now);

describe('What a receiver sees', () => {
  it('before accepting: the offers alone', () => {
    expect(inBrixham(offered).part).toMatchObject({ kind: 'offers' });
    const page = handoverPage(inBrixham(offered), inBrixham(offered).journey.handoffs[0]!);
    expect(page).toMatchObject({
      responsible: null,
      journey: null,
      first: { text: 'Accept' },
      second: { text: 'Decline' },
    });
  });

  it('after accepting: the journey', () => {
    expect(inBrixham([...offered, she.accepted('one', '2011-03-01 08:58')]).part).toEqual({
      kind: 'whole',
      identified: true,
    });
  });

  it('after declining: nothing that came later, not even a death', () => {
    const history = [
      ...offered,
      she.declined('one', '2011-03-01 08:52'),
      she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 08:59'),
    ];
    const subject = inBrixham(history);
    const page = handoverPage(subject, subject.journey.handoffs[0]!);
    expect(page.person.died).toBeNull();
    expect(page).toMatchObject({ first: null, responsible: null, journey: null });
  });

  it('an organisation that was never asked sees nothing', () => {
    const { record, journey } = inTorbay(offered);
    const stranger = {
      staff: 'staff-x',
      role: 'coordinator',
      organisation: 'bay-volunteers',
      sector: 'thirdSector',
    } as const;
    expect(partOf(stranger, record, journey, now).kind).toBe('none');
  });
});

describe('Who is responsible now', () => {
  it('names team, telephone, key worker and since when', () => {
    expect(responsibleIn(inTorbay(offered))).toMatchObject({
      headline: 'Torbay North zone, single point of contact',
      isUs: true,
      keyWorker: 'staff-key',
      since: at('2011-02-21 11:00'),
      team: { telephone: '01632 960101' },
    });
  });

  it('is alarmed where somebody went home to a team that had not accepted', () => {
    const history = [
      ...offered,
      she.admitted('one', '2011-03-01 08:51'),
      she.discharged('one', '2011-03-01 08:55', { expectedReceiver: brixham }),
    ];
    const view = responsibleIn(inTorbay(history));
    expect(view).toMatchObject({
      kind: 'nobody',
      alarmed: true,
      headline: 'Nobody has accepted; last held by Torbay Hospital, care of the elderly ward',
    });
    expect(view.team?.telephone).toBe('01632 960141');
    expect(view.cautions).toEqual([
      'Before the hospital stay Torbay North zone, single point of contact was responsible: ring them too.',
    ]);
  });

  it('says "do not contact" after a death', () => {
    const view = responsibleIn(
      inTorbay([...offered, she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 08:55')]),
    );
    expect(view).toMatchObject({ kind: 'ended', alarmed: false, headline: 'The person has died: do not contact' });
  });
});

describe('The timeline', () => {
  const entries = (subject: Subject) => timelineView(subject).entries;

  it('marks what was recorded late', () => {
    const late = [
      ...offered,
      she.seen('one', '2011-03-01 08:51', { recorded: '2011-03-01 08:59' }),
      she.accepted('one', '2011-03-01 08:52', { recorded: '2011-03-01 14:00' }),
    ];
    const notes = entries(inTorbay(late, at('2011-03-01 15:00'))).map(({ title, notes: said }) => [title, said.length]);
    expect(notes.slice(0, 2)).toEqual([
      ['Handover accepted by Brixham Home Care', 1],
      ['Handover seen by Brixham Home Care, not accepted', 0],
    ]);
  });

  it('keeps an entry made in error to be seen, and says that it does not count', () => {
    const death = she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 08:55');
    const error = she.lived(
      'EntryMarkedInError',
      { entry: death.event.eventId, entryType: 'PersonDied', reason: 'wrongPerson' },
      '2011-03-01 08:58',
    );
    const died = entries(inTorbay([...offered, death, error])).find(({ title }) => title === 'Died');
    expect(died).toMatchObject({ inError: true, correct: null });
  });

  it('shows a corrected entry as it should be, and says so', () => {
    const seen = she.seen('one', '2011-03-01 08:58');
    const right = she.said(
      'EntryCorrected',
      {
        entry: seen.event.eventId,
        entryType: 'HandoffAcknowledged',
        occurredAt: at('2011-03-01 08:52'),
        reason: 'recordedWrongly',
      },
      '2011-03-01 08:59',
    );
    const entry = entries(inTorbay([...offered, seen, right])).find(({ id }) => id === seen.event.eventId);
    expect(entry?.at).toBe(at('2011-03-01 08:52'));
    expect(entry?.notes[0]).toMatch(/^Put right on 1 March 2011 at 08:59: written down wrongly/);
    expect(entry?.original).toMatchObject({ at: at('2011-03-01 08:58'), title: entry?.title });
  });

  it('says who was responsible one after the other, in a sentence beside the picture', () => {
    const { sentence, picture } = timelineView(inTorbay([...offered, she.accepted('one', '2011-03-01 08:58')]));
    expect(sentence).toBe(
      'Responsible one after the other: Torbay North zone, single point of contact, then Brixham Home Care.',
    );
    expect(picture).toContain(sentence);
  });
});

describe('What somebody can do', () => {
  it('the responsible team offers a handover', () => {
    expect(nextSteps(inTorbay(offered)).first?.text).toBe('Offer a handover');
  });

  it('another team is told to ring', () => {
    const accepted = [...offered, she.accepted('one', '2011-03-01 08:58')];
    expect(nextSteps(inTorbay(accepted))).toMatchObject({
      first: null,
      instead: 'Another team is responsible: ring them if something has to be done.',
    });
  });

  it('a referral that waits is taken, passed on or declined', () => {
    const made = [she.referred('2011-02-21 11:00')[0]!];
    expect(nextSteps(inTorbay(made)).first?.text).toBe('Take this referral');
  });

  it('a pilot lead only reads, and sees no name', () => {
    const lead = subjectOf(offered, she.journey, 'pilot-lead-torbay', now);
    expect(lead.part).toEqual({ kind: 'whole', identified: false });
    expect(nextSteps(lead)).toEqual({ first: null, shortcuts: [], groups: [], instead: null });
  });
});

describe('The person banner', () => {
  it('says who it is: name, born with age, NHS number', () => {
    const { record } = inTorbay(offered);
    expect(personView(record, inTorbay(offered).identity, now)).toMatchObject({
      name: 'Edith Smith',
      born: '1925-06-11',
      age: 85,
      nhsNumber: '9434765870',
    });
  });

  it('an age changes on the birthday, on 29 February too', () => {
    expect([ageOn('1925-06-11', '2011-06-10'), ageOn('1925-06-11', '2011-06-11')]).toEqual([85, 86]);
    expect([ageOn('1928-02-29', '2011-02-28'), ageOn('1928-02-29', '2011-03-01')]).toEqual([82, 83]);
  });

  it('says that an identity was erased', () => {
    expect(personView({ personId: idOf('x') }, { erased: true }, now).withheld).toBe('Who this was has been erased.');
  });
});
