import type { RecordedEvent } from '#kernel';
import { canStillAnswer, changeHandoff, effectOf } from '../handoff/change.js';
import { answered } from '../handoff/report/evolve.js';
import type { Account, Handoff } from '../handoff/state.js';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';
import type { AnswerLink } from './state.js';

function changeLink(handoff: Handoff, link: string, change: (link: AnswerLink) => AnswerLink): Handoff | undefined {
  const index = handoff.links.findIndex((known) => known.link === link);
  return index < 0 ? undefined : { ...handoff, links: handoff.links.with(index, change(handoff.links[index]!)) };
}

/** The journey after a link arrived in it by a move: its address was derived from the journey that it left. */
export const linkMovedIn = (journey: Journey, event: RecordedEvent): Journey => ({
  ...journey,
  handoffs: journey.handoffs.map((handoff) => ({
    ...handoff,
    links: handoff.links.map((link) =>
      link.issued.eventId === event.eventId ? { ...link, moved: markOf(event) } : link,
    ),
  })),
});

export const answerLinkHandlers: Handlers<Journey> = {
  AnswerLinkIssued: (journey, { handoffId, link, by, until, wrongCodes }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      if (handoff.links.some((known) => known.link === link)) return undefined;
      const issued = { ...markOf(event), by, staff: event.actor.staff };
      return { ...handoff, links: [...handoff.links, { link, issued, until, wrongCodes, refused: [] }] };
    }),

  AnswerLinkCodeRefused: (journey, { handoffId, link }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      changeLink(handoff, link, (known) => ({ ...known, refused: [...known.refused, markOf(event)] })),
    ),

  // Whoever has the code has seen the offer, as somebody who opens it signed in.
  AnswerLinkOpened: (journey, { handoffId, link }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const revisionRead = handoff.revisions.length;
      const opened = changeLink(handoff, link, (known) => ({
        ...known,
        opened: known.opened ?? markOf(event),
        revisionRead,
      }));
      if (!opened || opened.acknowledged) return opened;
      const status = opened.status === 'offered' ? 'acknowledged' : opened.status;
      return { ...opened, status, acknowledged: markOf(event) };
    }),

  AnswerLinkEnded: (journey, { handoffId, link, by }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      changeLink(handoff, link, (known) => ({ ...known, ended: known.ended ?? { ...markOf(event), by } })),
    ),

  // The sender made the link and read out its code, so the receiver is the one to confirm or dispute it.
  HandoffAnsweredByLink: (journey, { handoffId, link, saidBy, reachedOn, ...data }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const { answer, reason, detail } = data;
      const account: Account = {
        ...markOf(event),
        answer,
        strength: 'linkWithCode',
        ...(data.effect && { effect: effectOf({ ...data, effect: data.effect }) }),
        ...(reason && { reason }),
        ...(detail && { detail }),
        spokenTo: saidBy,
        ...(reachedOn && { reachedOn }),
        reportedBy: handoff.from,
      };
      const spent = changeLink(handoff, link, (known) => ({ ...known, answered: markOf(event) })) ?? handoff;
      const told = { ...spent, accounts: [...spent.accounts, account] };
      return canStillAnswer(handoff) ? answered(journey, told, account, event, account.eventId) : told;
    }),
};
