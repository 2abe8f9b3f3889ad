/** What whoever has a link reads: before the code nothing of anybody, after it what an offer carries (SCENARIOS). */
import { responsibleAt } from '#pathway';
import {
  carried,
  answersGiven,
  dateAndTime,
  formView,
  type Answers,
  type CheckedAnswer,
  type FieldProblem,
  type FieldView,
  type Posted,
} from '#web';
import { handoverView, type HandoverView } from '../record/handover.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { putRightWords } from '../record/revision.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import { teamView, type TeamView } from '../record/teams.js';
import { answerFields, codeField } from './answer.form.js';
import type { Held } from './answer-links.js';

export const codePage = (posted: Posted, problems: readonly FieldProblem[]) => ({
  fields: formView([codeField], { code: posted['code'] ?? '' }, problems),
});

/** What the link is, for somebody who has it; nothing of the offer but who sent it, and whom to ring. */
export interface EndedPage {
  readonly heading: string;
  readonly what: string;
  readonly ring: TeamView;
}

export function endedPage({ link, standing, handoff, asAt }: Held): EndedPage {
  const ring = teamView(handoff.from, asAt);
  switch (standing) {
    case 'spent':
      return {
        heading: 'This link has been used',
        what: `It was for one answer, which was given on ${dateAndTime(link.answered!.at)}. If that was not you or a colleague, ring them now.`,
        ring,
      };
    case 'replaced':
      return {
        heading: 'This link does not work any more',
        what: 'A newer link was made for the same offer. Use the newest one that you were sent.',
        ring,
      };
    case 'locked':
      return {
        heading: 'This link is locked',
        what: 'Too many wrong codes were entered. Nothing was answered. Ring them: they can send you another link.',
        ring,
      };
    case 'moved':
      return {
        heading: 'This link does not work any more',
        what: 'The offer was put on another record, and the link ended with it. Nothing was answered through it. Ring them: they can send you another link.',
        ring,
      };
    case 'ended':
      return {
        heading: 'This link does not work any more',
        what: 'The team that sent it has ended it. Nothing was answered through it. Ring them if you want to answer.',
        ring,
      };
    default:
      return {
        heading: 'This link has ended',
        what: `It worked until ${dateAndTime(link.until)}. Nothing was answered through it. Ring them: they can send you another link.`,
        ring,
      };
  }
}

/** What they have before them: nobody answers what was put right since (ADR 0014). */
const revisionOf = ({ handoff }: Held): Posted => ({ _revision: String(handoff.revisions.length) });

const receiversView = (held: Held): HandoverView =>
  handoverView(held.handoff, {
    record: held.record,
    now: held.asAt,
    read: (sealed) => held.read(sealed),
    // As for every receiver who has not accepted: how the offer stands for them, and nothing that came after.
    responsible: undefined,
    ours: [held.handoff.to.team],
    alerts: [],
  });

/** Who it is about: of the rest of the record only whether they have died, where that stopped the offer. */
export const personOf = ({ record, handoff, identity, asAt }: Held): PersonView =>
  personView(handoff.stopped?.why === 'died' ? record : { personId: record.personId }, identity, asAt);

export interface OfferPage {
  readonly person: PersonView;
  readonly handover: HandoverView;
  /** Since the link was made, or before: what was put right. */
  readonly putRight: string | null;
  readonly fields: readonly FieldView[];
  readonly hidden: Posted;
  readonly formToken: string;
}

export const offerPage = (
  held: Held,
  formToken: string,
  posted: Posted,
  problems: readonly FieldProblem[],
): OfferPage => ({
  person: personOf(held),
  handover: receiversView(held),
  putRight: putRightWords(held.handoff),
  fields: formView(answerFields, posted, problems),
  hidden: revisionOf(held),
  formToken,
});

export interface CheckPage {
  readonly person: PersonView;
  readonly answers: readonly CheckedAnswer[];
  readonly lead: string;
  readonly button: string;
  readonly hidden: Posted;
  readonly formToken: string;
}

export function checkPage(held: Held, formToken: string, posted: Posted, answers: Answers): CheckPage {
  const accepts = answers['answer'] === 'accepted';
  const to = teamView(held.handoff.to, held.asAt).name;
  const from = teamView(held.handoff.from, held.asAt).name;
  return {
    person: personOf(held),
    answers: answersGiven(answerFields, answers),
    lead: accepts
      ? `From the moment it takes effect, ${to} is responsible for this person. The link works for this one answer.`
      : `You are not responsible. ${from} reads your reason, and you see nothing new of this person. The link works for this one answer.`,
    button: accepts ? 'Accept: we take over' : 'Decline',
    hidden: { ...carried(answerFields, posted), _revision: posted['_revision'] ?? '' },
    formToken,
  };
}

/** The offer ended before it was answered here, or was answered by somebody else. */
export interface OverPage {
  readonly status: string;
  readonly refusal: string | null;
  readonly ring: TeamView;
  readonly person: PersonView | null;
}

export const overPage = (held: Held, refusal?: string): OverPage => ({
  status: receiversView(held).status,
  refusal: refusal ?? null,
  ring: teamView(held.handoff.from, held.asAt),
  person: showsPersonWhenOver(held) ? personOf(held) : null,
});

/** "Do not contact" says whom; of every other end they learn nothing new. */
export const showsPersonWhenOver = ({ handoff }: Held): boolean => handoff.stopped?.why === 'died';

export interface DonePage {
  readonly accepted: boolean;
  readonly status: string;
  readonly from: TeamView;
  readonly to: TeamView;
  /** After a decline nobody is named (SCENARIOS). */
  readonly person: PersonView | null;
  readonly responsible: ResponsibleView | null;
}

export function donePage(held: Held): DonePage {
  const { record, journey, handoff, asAt } = held;
  const accepted = showsPersonWhenDone(held);
  const responsible = responsibleAt(record, journey.journeyId, asAt);
  return {
    accepted,
    status: receiversView(held).status,
    from: teamView(handoff.from, asAt),
    to: teamView(handoff.to, asAt),
    person: accepted ? personOf(held) : null,
    responsible: accepted ? responsibleView(responsible, [handoff.to.team], asAt) : null,
  };
}

export const showsPersonWhenDone = ({ handoff }: Held): boolean => handoff.status === 'accepted';
