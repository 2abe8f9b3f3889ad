import { describe, expect, it } from '@jest/globals';
import { alertsOf, responsibleAt } from '#pathway';
import { at, brixham, idOf, person, type Entry } from '../../../../test/support/history.js';
import { handoverPage } from '../handover/handover.view.js';
import { nextSteps } from '../journey/next-steps.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { handoverView } from './handover.view.js';
import { partOf } from './part.js';
import { ageOn, personView } from './person.view.js';
import { responsibleView } from './responsible.view.js';
import type { Subject } from './subject.js';
import { timelineView } from './timeline.view.js';

const now = at('2011-03-01 09:00');
const she = person('Mrs Smith');
const offered = [...she.referred('2011-02-21 11:00'), she.offered('one', '2011-03-01 08:50')];

const inTorbay = (history: readonly Entry[], when = now): Subject =>
  subjectOf(history, she.journey, 'coordinator-torbay', when);
const inBrixham = (history: readonly Entry[], when = now): Subject =>
  subjectOf(history, she.journey, 'coordinator-brixham', when);

const viewOf = (subject: Subject) =>
  handoverView(subject.journey.handoffs[0]!, {
    record: subject.record,
    responsible: responsibleAt(subject.record, she.journey, subject.now),
    ours: subject.principal.teams,
    now: subject.now,
    alerts: alertsOf(subject.record, subject.journey),
    read: subject.read,
  });

const responsibleIn = (subject: Subject) =>
  responsibleView(responsibleAt(subject.record, she.journey, subject.now), subject.principal.teams, subject.now);

describe('What a handover says', () => {
  it('an offer that was not seen leaves the sender responsible', () => {
    expect(viewOf(inTorbay(offered)).status).toBe('Offered, not seen yet: you are still responsible');
  });

  it('an offer that was seen leaves the sender responsible', () => {
    const seen = [...offered, she.seen('one', '2011-03-01 08:55')];
    expect(viewOf(inTorbay(seen)).status).toBe('Seen, not accepted: you are still responsible');
    expect(viewOf(inTorbay(seen)).deadline).toEqual({
      what: 'Answer needed by',
      at: at('2011-03-01 09:20'),
      overdue: false,
    });
  });

  it('says how late an answer is', () => {
    expect(viewOf(inTorbay(offered, at('2011-03-01 09:10'))).deadline?.overdue).toBe(true);
  });

  it('a decline says why, and who holds, to the sender and to the receiver', () => {
    const declined = [...offered, she.declined('one', '2011-03-01 08:58')];
    expect(viewOf(inTorbay(declined))).toMatchObject({
      status: 'Declined (no room): you are still responsible',
      tone: 'bad',
    });
    expect(viewOf(inBrixham(declined)).status).toBe('Declined (no room): you are not responsible');
  });

  it('an acceptance for the discharge names who holds until then', () => {
    const later = [
      ...she.referred('2011-02-21 11:00'),
      she.admitted('one', '2011-02-26 10:00'),
      she.offered('one', '2011-02-28 09:00', { effect: 'atDischarge', expectedOn: '2011-03-04' }),
      she.accepted('one', '2011-02-28 10:00', {}, { effect: 'atDischarge', expectedOn: '2011-03-04' }),
    ];
    const view = viewOf(inTorbay(later));
    expect(view.status).toBe(
      'Accepted from the day the person leaves hospital, expected 4 March 2011. Until then Torbay Hospital, care of the elderly ward is still responsible',
    );
    expect(view.pending).toBe(true);
  });

  it('"none known" is not "not asked"', () => {
    const risks = viewOf(inTorbay(offered)).carries.find(({ label }) => label === 'Risks');
    expect(risks?.text).toBe('None known: asked, and there are none');
  });

  it('says whether the person agreed and by what it is shared, to the sender and to the receiver', () => {
    for (const subject of [inTorbay(offered), inBrixham(offered)])
      expect(viewOf(subject).carries.slice(-2)).toEqual([
        { label: 'The person’s agreement', text: 'The person agreed' },
        { label: 'Basis for sharing', text: 'Direct care: the person consented to sharing' },
      ]);
  });

  it('says to the receiver why it is shared although the person did not consent', () => {
    const contents = { ...inTorbay(offered).journey.handoffs[0]!.contents, despite: 'safeguarding' } as const;
    const despite = [...she.referred('2011-02-21 11:00'), she.offered('one', '2011-03-01 08:50', { contents })];
    expect(viewOf(inBrixham(despite)).carries.at(-1)).toEqual({
      label: 'Shared although the person did not consent',
      text: 'A child or an adult is at risk of harm (safeguarding)',
    });
  });

  it('says to the sender of an open offer that the person withdrew consent since, and nothing new to the receiver', () => {
    const withdrawn = [
      ...offered,
      she.lived(
        'ConsentRecorded',
        { decision: 'withdrawn', scope: 'organisation', organisation: brixham.organisation },
        '2011-03-01 08:55',
      ),
    ];
    const told = 'The person withdrew consent to sharing with Brixham Home Care on 1 March 2011 at 08:55.';
    expect(viewOf(inTorbay(withdrawn)).cautions).toEqual([`${told} Withdraw this handover, or ring them.`]);
    const page = handoverPage(inBrixham(withdrawn), inBrixham(withdrawn).journey.handoffs[0]!);
    expect(page.handover.cautions).toEqual([]);
  });
});

describe('What the receiver found', () => {
  const contact = (verdict: object) =>
    she.said(
      'FirstContactRecorded',
      { handoffId: she.handoff('one'), by: brixham, mode: 'visit', ...verdict },
      '2011-03-01 08:59',
    );
  const accepted = [...offered, she.accepted('one', '2011-03-01 08:58')];

  it('is told to the sender: whether the person was as described, and what was missing', () => {
    const verdict = { asDescribed: 'partly', missing: 'medicines', missingDetail: 'sealed:v1:AAAA' };
    const subject = inTorbay([...accepted, contact(verdict)]);
    expect(viewOf(subject).found).toEqual([
      { label: 'First contact', text: 'Brixham Home Care, 1 March 2011 at 08:59 (visit)' },
      { label: 'Was the person as described?', text: 'Partly: something was missing or otherwise' },
      { label: 'What was missing most', text: 'Medicines' },
      { label: 'What the handover should have said', text: 'words in the clear' },
    ]);
    expect(timelineView(subject).entries[0]?.lines).toEqual([
      'Visit',
      'As the handover described: partly: something was missing or otherwise',
      'Missing most: medicines',
      'words in the clear',
    ]);
  });

  it('is not taken for praise where they did not say', () => {
    expect(viewOf(inTorbay([...accepted, contact({})])).found[1]?.text).toBe('They did not say');
    expect(viewOf(inTorbay(accepted)).found).toEqual([]);
  });
});

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
