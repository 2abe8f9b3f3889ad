import { describe, expect, it } from '@jest/globals';
import { answerByLink, enterAnswerLinkCode, issueAnswerLink } from '../answer-link/decide.js';
import { readByLink } from '../answer-link/state.js';
import { noticesOf } from '../responsibility/notices.js';
import { readHandoffNotice } from '../responsibility/read-notice.js';
import { asReceiverSees } from '../responsibility/visibility.js';
import { contents, offered, referralTaken, sealed } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { given, type Story } from '../testing/story.js';
import { at, brixham, zone } from '../testing/torbay.js';
import { acceptHandoff, acknowledgeHandoff, declineHandoff } from './answer.js';
import { reviseOffer, type ReviseOffer } from './revise.js';
import { contentsAt } from './state.js';

const day = (time: string) => at(`2011-03-01 ${time}`);
const open = given(...referralTaken(day('09:00')), offered(day('10:00'), { to: brixham }));
const aFall = { reason: 'wasMissing', risks: 'yes', riskDetail: sealed('fell last night') } as const;

const revising = (story: Story, said: Omit<ReviseOffer, 'journeyId' | 'handoffId'>, by = zone, now = day('10:05')) =>
  story.when({ decide: reviseOffer, command: { ...offer, ...said }, by, now });
const revised = revising(open, aFall).then('HandoffOfferRevised');
const theOffer = (story: Story) => story.handoff(offer.handoffId);

describe('Putting right what an offer says', () => {
  it('changes what the receiver reads from now on, and keeps what they had read', () => {
    expect(theOffer(revised).contents).toEqual({ ...contents, risks: 'yes', riskDetail: sealed('fell last night') });
    expect(theOffer(revised).revisions).toMatchObject([
      { at: day('10:05'), by: zone, reason: 'wasMissing', changed: ['risks', 'riskDetail'], before: contents },
    ]);
    expect(contentsAt(theOffer(revised), day('10:04'))).toEqual(contents);
    expect(contentsAt(theOffer(revised), day('10:05'))).toEqual(theOffer(revised).contents);
  });

  it('moves nothing: deadlines, receiver and who is responsible stay', () => {
    const { acceptBy, acknowledgeBy, to, status } = theOffer(open);
    expect(theOffer(revised)).toMatchObject({ acceptBy, acknowledgeBy, to, status });
    expect(revised.responsible(day('10:06'))).toMatchObject({ kind: 'team', team: zone });
  });

  it('is for the sender alone', () => {
    revising(open, aFall, brixham).refused('not-the-sender', 'North zone offered it');
  });

  it('says what the risk is, and not a risk that is none', () => {
    revising(open, { reason: 'wasMissing', safeguarding: 'yes' }).refused('risk-detail-missing');
    const none = revising(revised, { reason: 'wasWrong', risks: 'noneKnown' }).then('HandoffOfferRevised');
    expect(theOffer(none).contents).toEqual(contents);
    expect(theOffer(none).revisions[1]?.changed).toEqual(['risks', 'riskDetail']);
  });

  it('takes out what should not stand there', () => {
    const withCarer = revising(open, { reason: 'wasMissing', carer: sealed('a neighbour') }).then(
      'HandoffOfferRevised',
    );
    const without = revising(withCarer, { reason: 'wasWrong', takenOut: ['carer'] }).then('HandoffOfferRevised');
    expect(theOffer(without).contents).not.toHaveProperty('carer');
  });

  it('does not offer on consent that was never given', () => {
    revising(open, { reason: 'wasWrong', agreement: 'objected' }).refused('no-basis-for-sharing');
  });

  it('needs something that is otherwise, and a repeat adds nothing', () => {
    revising(open, { reason: 'wasWrong' }).refused('nothing-revised');
    revising(revised, aFall).nothing();
  });
});

describe('Answering an offer that was put right', () => {
  const accepting = (story: Story, revisionRead?: number) =>
    story.when({
      decide: acceptHandoff,
      command: { ...offer, ...(revisionRead !== undefined && { revisionRead }) },
      by: brixham,
      now: day('10:06'),
    });

  it('nobody accepts by words that were put right since they read them', () => {
    accepting(revised, 0).refused('offer-revised', 'read it again, then answer', { revision: 1 });
    accepting(revised, 1).then('HandoffAccepted');
    accepting(open, 0).then('HandoffAccepted');
  });

  it('a program that does not say what was read is not asked', () => {
    accepting(revised).then('HandoffAccepted');
  });

  it('nobody answers by a link what was put right since they opened it', () => {
    const withLink = open
      .when({ decide: issueAnswerLink, command: offer, by: zone, now: day('10:02') })
      .then('AnswerLinkIssued');
    const { link } = theOffer(withLink).links[0]!;
    const later = revising(withLink, aFall).then('HandoffOfferRevised');
    const answering = (revisionRead: number) =>
      later.when({
        decide: answerByLink,
        command: { ...offer, link, answer: 'accepted' as const, saidBy: sealed('Ann'), revisionRead },
        by: brixham,
        now: day('10:06'),
      });
    answering(0).refused('offer-revised');
    answering(1).then('HandoffAnsweredByLink');
  });
});

describe('An offer that was read by a link before it was put right', () => {
  it('is read as it was until somebody opens a link again, which is written down once', () => {
    const withLink = open
      .when({ decide: issueAnswerLink, command: offer, by: zone, now: day('10:02') })
      .then('AnswerLinkIssued');
    const { link } = theOffer(withLink).links[0]!;
    const entering = (story: Story, at: string) =>
      story.when({ decide: enterAnswerLinkCode, command: { ...offer, link, isRight: true }, by: brixham, now: day(at) });
    expect(readByLink(theOffer(withLink))).toBeUndefined();
    const read = entering(withLink, '10:03').then('AnswerLinkOpened');
    entering(read, '10:03').nothing();
    expect(readByLink(theOffer(read))).toBe('asItStands');
    const later = revising(read, aFall).then('HandoffOfferRevised');
    expect(readByLink(theOffer(later))).toBe('asItWas');
    const again = entering(later, '10:06').then('AnswerLinkOpened');
    expect(readByLink(theOffer(again))).toBe('asItStands');
    expect(theOffer(again).links[0]?.opened?.at).toBe(day('10:03'));
    entering(again, '10:07').nothing();
  });
});

describe('Who hears that an offer was put right', () => {
  const told = (story: Story) =>
    noticesOf(story.record, story.journey).map(({ kind, to, read }) => [kind, to.team, read !== undefined]);

  it('the receiver, also after they accepted, until they say that they read it', () => {
    expect(told(revised)).toEqual([['offerRevised', brixham.team, false]]);
    const accepted = open
      .when({ decide: acknowledgeHandoff, command: offer, by: brixham, now: day('10:01') })
      .goOn()
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: day('10:02') })
      .then('HandoffAccepted');
    const later = revising(accepted, aFall).then('HandoffOfferRevised');
    expect(told(later)).toEqual([['offerRevised', brixham.team, false]]);
    const command = { ...offer, notice: 'offerRevised' as const };
    const read = later.when({ decide: readHandoffNotice, command, by: brixham, now: day('10:08') }).goOn();
    expect(told(read)).toEqual([['offerRevised', brixham.team, true]]);
    const again = revising(read, { reason: 'hasChanged', asked: sealed('three times a day') }, zone, day('10:09'));
    expect(told(again.goOn())).toEqual([['offerRevised', brixham.team, false]]);
  });

  it('a receiver who declined reads what it said then, and nothing new', () => {
    const command = { ...offer, reason: 'noCapacity' as const };
    const declined = open
      .when({ decide: declineHandoff, command, by: brixham, now: day('10:02') })
      .then('HandoffDeclined');
    const later = revising(declined, aFall).then('HandoffOfferRevised');
    expect(told(later)).toEqual([]);
    expect(asReceiverSees(theOffer(later))).toMatchObject({ contents, revisions: [] });
    expect(theOffer(later).contents.risks).toBe('yes');
  });

  it('a receiver who still has to answer reads what it says now', () => {
    expect(asReceiverSees(theOffer(revised)).contents.risks).toBe('yes');
  });
});
