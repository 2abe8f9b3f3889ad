/** How the link to answer with stands, for the sender, who may have to ring or to make another. */
import { isOpen, linkStanding, type Handoff } from '#pathway';
import type { Instant } from '#kernel';
import { dateAndTime } from '#web';
import { teamView } from './teams.js';

/** Nothing where no link was made, or none is waited for any more. */
export function linkLines(handoff: Handoff, now: Instant): readonly string[] {
  const link = handoff.links.at(-1);
  if (!link || !isOpen(handoff)) return [];
  const to = teamView(handoff.to, now).name;
  const made = `The link to answer with, made on ${dateAndTime(link.issued.at)},`;
  switch (linkStanding(handoff, link, now)) {
    case 'locked':
      return [`${made} is locked: ${link.wrongCodes} wrong codes were entered. Ring ${to}, then make another.`];
    case 'ended':
      return [`${made} was ended on ${dateAndTime(link.ended!.at)}: nobody can answer with it. Ring ${to}, or make another.`];
    case 'moved':
      return [`${made} ended when the handover was moved to this record on ${dateAndTime(link.moved!.recordedAt)}: it opens nothing. Ring ${to}, or make another.`];
    case 'expired':
      return [`${made} ended on ${dateAndTime(link.until)} without an answer. Ring ${to}, or make another.`];
    case 'working': {
      const seen = link.opened
        ? `was opened with the code on ${dateAndTime(link.opened.at)}`
        : 'has not been opened with the code yet';
      const wrong = link.refused.length;
      const tries = wrong === 0 ? '' : ` A wrong code was entered ${wrong === 1 ? 'once' : `${wrong} times`}.`;
      return [`${made} ${seen}. It works until ${dateAndTime(link.until)}.${tries}`];
    }
    default:
      return [];
  }
}
