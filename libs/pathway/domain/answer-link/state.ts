import type { Instant } from '#kernel';
import type { Team } from '../fields.js';
import type { Handoff } from '../handoff/state.js';
import type { Mark } from '../record/mark.js';

/** A one-use link by which somebody without an account answers one offer (ADR 0007). */
export interface AnswerLink {
  readonly link: string;
  readonly issued: Mark & { readonly by: Team; readonly staff: string };
  readonly until: Instant;
  /** The wrong code that locks it. */
  readonly wrongCodes: number;
  readonly refused: readonly Mark[];
  readonly opened?: Mark;
  /** How often the offer had been put right when it was last opened; absent until then. */
  readonly revisionRead?: number;
  /** Spent: by the answer itself, so that nothing else has to be marked. */
  readonly answered?: Mark;
  /** By the sender, without another. */
  readonly ended?: Mark & { readonly by: Team };
  /** It came with its handover from another record: its address names that one, and opens nothing here (ADR 0011). */
  readonly moved?: Mark;
}

export type LinkStanding = 'working' | 'spent' | 'replaced' | 'moved' | 'ended' | 'locked' | 'expired';

export function linkStanding({ links }: Handoff, link: AnswerLink, at: Instant): LinkStanding {
  if (link.answered) return 'spent';
  if (links.at(-1)?.link !== link.link) return 'replaced';
  if (link.moved) return 'moved';
  if (link.ended) return 'ended';
  if (link.refused.length >= link.wrongCodes) return 'locked';
  return at >= link.until ? 'expired' : 'working';
}

/** Whether the receiver knows by a link what the offer says since it was put right; undefined where no link was opened. */
export function readByLink({ links, revisions }: Handoff): 'asItStands' | 'asItWas' | undefined {
  const read = links.flatMap(({ revisionRead }) => revisionRead ?? []);
  if (read.length === 0) return undefined;
  return read.includes(revisions.length) ? 'asItStands' : 'asItWas';
}
