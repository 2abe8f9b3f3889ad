import { latest, refuse, type Decision } from '#kernel';
import type { handoffDeclineReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { closeOthers, effectAnswered } from '../handoff/answer.js';
import { latestOf } from '../handoff/change.js';
import {
  answering,
  isReceiver,
  noOtherAccepted,
  notBeforeOffer,
  onHandoff,
  receiverIsOpen,
  waitsForAnswer,
  type HandoffCase,
  type OnHandoff,
} from '../handoff/policies.js';
import { readAsItStands, type HasRead } from '../handoff/revise.js';
import { senderNow } from '../handoff/sender.js';
import { isOpen } from '../handoff/state.js';
import { happenedByNow, isTeam, personIsAlive, timeIsKnown, unless, type Policy } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { nameOf, when } from '../words.js';
import { linkStanding, type AnswerLink } from './state.js';

const stillOpen: Policy<HandoffCase> = ({ handoff }) =>
  isOpen(handoff) ? undefined : refuse('handoff-ended', 'This offer has ended already: there is nothing to answer.');

/** Made by the sender, for a receiver that does not sign in. The link before it, if there is one, ends. */
export const issueAnswerLink = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, timeIsKnown, personIsAlive, notBeforeOffer], ({ handoff }) => {
      const by = senderNow(about);
      if (!isTeam(by)) return by;
      return unless(about, [stillOpen, receiverIsOpen], () => {
        const { handoffId, urgency, to, offered } = handoff;
        const issuedAt = latest(context.occurredAt, offered.at);
        const { until, wrongCodes, rule } = context.linkLimits({ issuedAt, urgency, receiver: to.team });
        const link = context.newId('answer-link');
        return [
          happened('AnswerLinkIssued', { handoffId, link, by, until, wrongCodes, rule }, { occurredAt: issuedAt }),
        ];
      });
    }),
  );

/** Without another: it went to the wrong place, or is not needed. What has ended by itself stays as it is. */
export const endAnswerLink = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, timeIsKnown], ({ handoff }) => {
      const by = senderNow(about);
      if (!isTeam(by)) return by;
      const link = handoff.links.at(-1);
      if (!link) return refuse('answer-link-not-found', 'There is no such link: ring the team that sent it.');
      const standing = linkStanding(handoff, link, context.occurredAt);
      if (standing !== 'working' && standing !== 'locked') return [];
      const which = { handoffId: handoff.handoffId, link: link.link };
      return [happened('AnswerLinkEnded', { ...which, by }, byNow({ ...about, link }))];
    }),
  );

export interface OnLink extends OnHandoff {
  readonly link: string;
}

interface LinkCase extends HandoffCase {
  readonly link: AnswerLink;
}

const onLink = (
  command: OnLink,
  record: PersonRecord,
  context: Context,
  decide: (about: LinkCase) => Decision,
): Decision =>
  onHandoff(command, record, context, (about) => {
    const link = about.handoff.links.find((known) => known.link === command.link);
    return link
      ? decide({ ...about, link })
      : refuse('answer-link-not-found', 'There is no such link: ring the team that sent it.');
  });

/** In words for whoever has the link: what to do next, and whom to ring. */
const linkWorks: Policy<LinkCase> = ({ handoff, link, context }) => {
  const { occurredAt, now } = context;
  const ring = `ring ${nameOf(handoff.from.team, context)}`;
  switch (linkStanding(handoff, link, occurredAt)) {
    case 'working':
      return undefined;
    case 'spent':
      return refuse('answer-link-spent', `This link was answered with ${when(link.answered!.at, now)}: ${ring}.`);
    case 'replaced':
      return refuse('answer-link-replaced', `A newer link was made: use that one, or ${ring}.`);
    case 'moved':
    case 'ended':
      return refuse('answer-link-ended', `This link does not work any more: ${ring}.`);
    case 'locked':
      return refuse('answer-link-locked', `This link is locked after too many wrong codes: ${ring}.`);
    case 'expired':
      return refuse('answer-link-expired', `This link ended ${when(link.until, now)}: ${ring}.`);
  }
};

/** After whatever is known of the offer and of the link: nothing of it is slipped in before. */
const byNow = ({ handoff, link: { issued }, context }: LinkCase) => ({
  occurredAt: latest(latest(context.occurredAt, issued.at), latestOf(handoff)),
});

export interface EnterAnswerLinkCode extends OnLink {
  /** Whether the code was right; who asks compares it, because no event holds it. */
  readonly isRight: boolean;
}

/** A wrong code counts, whatever became of the offer; a right one opens the link once, and once more where the offer was put right since. */
export const enterAnswerLinkCode = (command: EnterAnswerLinkCode, record: PersonRecord, context: Context): Decision =>
  onLink(command, record, context, (about) =>
    unless(about, [isReceiver, linkWorks], () => {
      const { handoff, link } = about;
      const which = { handoffId: handoff.handoffId, link: link.link };
      if (!command.isRight) {
        const attempt = link.refused.length + 1;
        const locked = attempt >= link.wrongCodes;
        return [happened('AnswerLinkCodeRefused', { ...which, attempt, locked }, byNow(about))];
      }
      const isRead = link.revisionRead === handoff.revisions.length;
      return isRead || !isOpen(handoff) ? [] : [happened('AnswerLinkOpened', which, byNow(about))];
    }),
  );

export interface AnswerByLink extends OnLink, HasRead {
  readonly answer: 'accepted' | 'declined';
  readonly reason?: (typeof handoffDeclineReasons)[number];
  /** Ciphertext, all three. */
  readonly detail?: string;
  readonly saidBy: string;
  readonly reachedOn?: string;
}

/** Counts as the answer, not confirmed until the receiver says so; accepted is what was asked for, no other effect. */
export const answerByLink = (command: AnswerByLink, record: PersonRecord, context: Context): Decision =>
  onLink(command, record, context, (about) =>
    unless(about, [...answering, isReceiver, linkWorks, waitsForAnswer, readAsItStands(command)], () => {
      const { handoff, link } = about;
      const { answer, reason, detail, saidBy, reachedOn } = command;
      const told = { handoffId: handoff.handoffId, link: link.link, answer, strength: 'linkWithCode' as const };
      const who = { saidBy, ...given({ reachedOn }), issuedBy: link.issued.staff };
      if (answer === 'declined') {
        if (reason === undefined) return refuse('reason-missing', 'Say why it was declined.');
        return [happened('HandoffAnsweredByLink', { ...told, reason, ...given({ detail }), ...who }, byNow(about))];
      }
      return unless(about, [noOtherAccepted, receiverIsOpen], () => [
        happened('HandoffAnsweredByLink', { ...told, ...effectAnswered({}, handoff), ...who }, byNow(about)),
        ...closeOthers(about),
      ]);
    }),
  );
