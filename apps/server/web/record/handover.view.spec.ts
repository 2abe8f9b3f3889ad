import { describe, expect, it } from '@jest/globals';
import { alertsOf, responsibleAt } from '#pathway';
import { at, brixham } from '../../../../test/support/history.js';
import { inBrixham, inTorbay, offered, she } from '../../testing/offered-record.js';
import { handoverPage } from '../handover/handover.view.js';
import { handoverView } from './handover.view.js';
import type { Subject } from './subject.js';
import { timelineView } from './timeline.view.js';

const viewOf = (subject: Subject) =>
  handoverView(subject.journey.handoffs[0]!, {
    record: subject.record,
    responsible: responsibleAt(subject.record, she.journey, subject.now),
    ours: subject.principal.teams,
    now: subject.now,
    alerts: alertsOf(subject.record, subject.journey),
    read: subject.read,
  });

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
