import { latest, refuse, type Decision } from '#kernel';
import type { handoffDeclineReasons } from '../../codes.js';
import type { Context } from '../../context.js';
import { given, happened } from '../../event.js';
import { happenedByNow, speaksFor, unless, type Policy } from '../../policies.js';
import type { PersonRecord } from '../../record/state.js';
import { when } from '../../words.js';
import { closeOthers, effectAnswered } from '../answer.js';
import { latestOf } from '../change.js';
import {
  answering,
  effectProblem,
  isReceiver,
  isSender,
  noOtherAccepted,
  onHandoff,
  waitsForAnswer,
  type HandoffCase,
  type OnHandoff,
} from '../policies.js';
import { isDisputed, isOpen, type Account, type Effect } from '../state.js';

export interface ReportHandoffAnswer extends OnHandoff, Partial<Effect> {
  readonly answer: 'accepted' | 'declined';
  readonly reason?: (typeof handoffDeclineReasons)[number];
  /** Ciphertext. */
  readonly spokenTo: string;
}

const isParty: Policy<HandoffCase> = (about) =>
  isSender(about) && isReceiver(about)
    ? refuse('not-a-party', 'Only the two teams of this handover can say what was answered.')
    : undefined;

/** The receiver's account is for an offer that ended against it; an open one it answers itself. */
const receiverMayReport: Policy<HandoffCase> = ({ handoff, context: { occurredAt, now } }) => {
  if (isOpen(handoff)) return refuse('answer-yourself', 'Answer the offer itself, with the time at which you did.');
  if (handoff.status === 'accepted') return refuse('already-accepted', 'It is accepted already.');
  if (handoff.dispute)
    return refuse('handoff-disputed', 'Two accounts stand already: settle that with the other side.');
  const ended = handoff.withdrawn ?? handoff.lapsed ?? handoff.declined ?? handoff.stopped;
  return ended && occurredAt >= ended.at
    ? refuse('handoff-ended', `The offer ended ${when(ended.at, now)}: you are not responsible.`)
    : undefined;
};

/** Writes down an answer given by telephone: reported, and not confirmed until the other party says so. */
export const reportHandoffAnswer = (command: ReportHandoffAnswer, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [...answering, isParty], () => {
      const { handoff } = about;
      const bySender = speaksFor(context, handoff.from);
      const reportedBy = bySender ? handoff.from : handoff.to;
      const told = handoff.accounts.some(
        (account) =>
          account.reportedBy.team === reportedBy.team && account.answer === command.answer && !account.disputed,
      );
      if (told) return [];
      if (command.answer === 'declined' && command.reason === undefined) {
        return refuse('reason-missing', 'Say why it was declined.');
      }
      const policies = bySender ? [noOtherAccepted, waitsForAnswer] : [receiverMayReport];
      return unless(about, policies, () => {
        const accepted = command.answer === 'accepted';
        const effect = accepted ? effectAnswered(command, handoff) : undefined;
        const problem = effect && effectProblem(effect);
        if (problem) return problem;
        const reported = happened(
          'HandoffAnswerReported',
          {
            handoffId: handoff.handoffId,
            answer: command.answer,
            ...effect,
            ...given({ reason: accepted ? undefined : command.reason }),
            spokenTo: command.spokenTo,
            reportedBy,
          },
          { occurredAt: latest(context.occurredAt, handoff.offered.at) },
        );
        return bySender && accepted ? [reported, ...closeOthers(about)] : [reported];
      });
    }),
  );

export interface OnReport extends OnHandoff {
  readonly report: string;
}

const aboutReport = (
  command: OnReport,
  record: PersonRecord,
  context: Context,
  decide: (about: HandoffCase, account: Account) => Decision,
): Decision =>
  onHandoff(command, record, context, (about) => {
    const account = about.handoff.accounts.find(({ eventId }) => eventId === command.report);
    if (!account) return refuse('report-not-found', 'This handover has no such report.');
    const otherParty = account.reportedBy.team === about.handoff.to.team ? isSender : isReceiver;
    return unless(about, [happenedByNow, otherParty], () => decide(about, account));
  });

const otherSide = ({ handoff }: HandoffCase, account: Account) =>
  account.reportedBy.team === handoff.to.team ? handoff.from : handoff.to;

/** What is said about a report is said after all that is known: neither moves what was written meanwhile. */
const saidNow = ({ handoff, context }: HandoffCase) => ({ occurredAt: latest(context.occurredAt, latestOf(handoff)) });

export const confirmHandoffReport = (command: OnReport, record: PersonRecord, context: Context): Decision =>
  aboutReport(command, record, context, (about, account) => {
    if (account.confirmed) return [];
    if (account.disputed) {
      return refuse(
        'already-disputed',
        `It was disputed ${when(account.disputed.at, context.now)}: resolve that instead.`,
      );
    }
    const { handoffId } = about.handoff;
    const by = otherSide(about, account);
    return [happened('HandoffReportConfirmed', { handoffId, report: account.eventId, by }, saidNow(about))];
  });

export interface DisputeHandoffReport extends OnReport {
  readonly detail?: string;
}

/** Both accounts stand, and the sender holds from now (scenario 9). */
export const disputeHandoffReport = (command: DisputeHandoffReport, record: PersonRecord, context: Context): Decision =>
  aboutReport(command, record, context, (about, account) => {
    if (account.disputed) return [];
    if (account.confirmed) {
      return refuse(
        'already-confirmed',
        `It was confirmed ${when(account.confirmed.at, context.now)}: hand back if you cannot hold.`,
      );
    }
    const { handoffId } = about.handoff;
    const by = otherSide(about, account);
    return [
      happened(
        'HandoffReportDisputed',
        { handoffId, report: account.eventId, by, ...given({ detail: command.detail }) },
        saidNow(about),
      ),
    ];
  });

export interface ResolveHandoffDispute extends OnHandoff {
  readonly holder: 'sender' | 'receiver';
  /** Ciphertext. */
  readonly agreedWith: string;
}

export const resolveHandoffDispute = (
  command: ResolveHandoffDispute,
  record: PersonRecord,
  context: Context,
): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, isParty], ({ handoff }) => {
      const { dispute, handoffId, from, to } = handoff;
      const holder = command.holder === 'sender' ? from : to;
      if (dispute?.resolved?.holder.team === holder.team) return [];
      if (!dispute || !isDisputed(handoff))
        return refuse('no-dispute', 'No two accounts stand against each other here.');
      return [
        happened('HandoffDisputeResolved', { handoffId, holder, agreedWith: command.agreedWith }, saidNow(about)),
      ];
    }),
  );
