import { deriveId, eventIdOf, hours, minutes, plus } from '#kernel';
import type { Team } from '#pilots';
import type { Script } from './script.js';

/** How a receiver answers: many voluntary organisations have no account (ADR 0007). */
export type Way = 'account' | 'telephone' | 'link';

export function wayOf({ aside }: Script, { serves }: Team): Way {
  if (serves !== 'voluntary') return 'account';
  return aside.share(0.35) ? 'telephone' : aside.share(0.45) ? 'link' : 'account';
}

interface Offered {
  readonly about: { readonly journeyId: string; readonly handoffId: string };
  readonly from: Team;
  readonly to: Team;
  readonly effect: 'now' | 'atDischarge';
}

type Answer = { readonly answer: 'accepted' } | { readonly answer: 'declined'; readonly reason: string };

/**
 * An answer that nobody signed in for: it stands as reported, and somewhat more than half are confirmed some days
 * later. A link is answered as everybody's is, by its commands; its code is a secret that no event holds, so none is
 * made up here: that the right one was given is what whoever compares it says.
 */
export function answerWithoutAccount(script: Script, way: Exclude<Way, 'account'>, offered: Offered, answer: Answer): void {
  const { about, to } = offered;
  const answered = way === 'telephone' ? byTelephone(script, offered, answer) : byLink(script, offered, answer);
  if (!script.aside.share(0.55)) return;
  const later = script.beside(`confirmed-${about.handoffId}`);
  later.wait(hours(40));
  later.untilOfficeHours();
  later.tell({ by: to, command: 'confirm-handoff-report', body: { ...about, report: eventIdOf(answered, 0) } });
}

function byTelephone(script: Script, { about, from, effect }: Offered, answer: Answer): string {
  const more = answer.answer === 'accepted' ? { effect } : {};
  const body = { ...about, ...answer, ...more, spokenTo: 'The volunteer on duty' };
  return script.tell({ by: from, command: 'report-handoff-answer', body });
}

function byLink(script: Script, { about, from, to }: Offered, answer: Answer): string {
  const { aside } = script;
  const link = deriveId('answer-link', script.tell({ by: from, command: 'issue-answer-link', body: about }));
  const entered = (isRight: boolean): void => {
    script.now = plus(script.now, aside.whole(2, 20) * minutes(1));
    script.tell({ by: to, link, command: 'enter-answer-link-code', body: { ...about, link, isRight } });
  };
  if (aside.share(0.1)) entered(false);
  entered(true);
  script.now = plus(script.now, aside.whole(1, 10) * minutes(1));
  return script.tell({ by: to, link, command: 'answer-by-link', body: { ...about, link, ...answer, saidBy: 'The volunteer co-ordinator' } });
}
