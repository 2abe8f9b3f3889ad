import type { CivilDate, Instant } from '#kernel';
import { asDescribed } from '../codes.js';
import type {
  ChaserCause,
  contactModes,
  EscalationCause,
  handoffDeclineReasons,
  IdentityStrength,
  NoticeKind,
  missingFromHandover,
  revisionReasons,
  takesEffect,
  Urgency,
  withdrawalReasons,
} from '../codes.js';
import { given } from '../event.js';
import type { AnswerLink } from '../answer-link/state.js';
import type { OfferContents, revisableContents, Team } from '../fields.js';
import type { Mark } from '../record/mark.js';

/**
 * `offered` and `acknowledged` wait for an answer; `stopped` is an offer that ended because the person died or the
 * journey closed. An answer by telephone or by a link counts as the answer until the other party denies it: then it is
 * `disputed`, and stays so where both settle that the sender holds.
 */
export const handoffStatuses = [
  'offered',
  'acknowledged',
  'accepted',
  'declined',
  'withdrawn',
  'lapsed',
  'stopped',
  'disputed',
] as const;
export type HandoffStatus = (typeof handoffStatuses)[number];

/** When responsibility passes. */
export interface Effect {
  readonly effect: (typeof takesEffect)[number];
  /** Where `atTime`. */
  readonly effectAt?: Instant;
  /** Where `atDischarge`: the day it was expected. */
  readonly expectedOn?: CivilDate;
}

export interface Acceptance extends Mark, Effect {
  readonly by: Team;
  /** The event id of the report where the answer is reported and not confirmed. */
  readonly reported?: string;
}

/** An answer that the other party has to confirm: written down after a telephone call, or given by a one-use link. */
export interface Account extends Mark {
  readonly answer: 'accepted' | 'declined';
  readonly strength: Exclude<IdentityStrength, 'account'>;
  readonly effect?: Effect;
  readonly reason?: (typeof handoffDeclineReasons)[number];
  /** Ciphertext: what would help the sender, where declined. */
  readonly detail?: string;
  /** Ciphertext: who answered. */
  readonly spokenTo: string;
  /** Ciphertext: how to reach them, where they said. */
  readonly reachedOn?: string;
  /** The party that vouches for it: who wrote it down, or who made the link and read out its code. */
  readonly reportedBy: Team;
  readonly confirmed?: Mark & { readonly by: Team };
  /** The other party's account; `detail` is ciphertext. */
  readonly disputed?: Mark & { readonly by: Team; readonly detail?: string };
}

/** Two accounts stand against each other: the sender holds until it is resolved. */
export interface Dispute {
  /** From here to the resolution the hours are flagged. */
  readonly since: Instant;
  /** From here the sender holds again. */
  readonly raised: Mark;
  readonly resolved?: Mark & { readonly holder: Team; readonly agreedWith: string };
}

/** What the receiver found: whether the handover was right, and what it left out. `missingDetail` is ciphertext. */
export interface Verdict {
  readonly asDescribed?: (typeof asDescribed)[number];
  readonly missing?: (typeof missingFromHandover)[number];
  readonly missingDetail?: string;
}

/** Whether the handover left something out. */
export const isLacking = ({ asDescribed }: Verdict): boolean => asDescribed === 'partly' || asDescribed === 'no';

/** A verdict as it counts: where it was put right to "as described", nothing is missing any more (ADR 0014). */
export const foundIn = ({ asDescribed: found, missing, missingDetail }: Verdict): Verdict => ({
  ...given({ asDescribed: found }),
  ...(isLacking({ ...given({ asDescribed: found }) }) && given({ missing, missingDetail })),
});

/** The sender put right what an offer says (ADR 0014). */
export interface Revision extends Mark {
  readonly by: Team;
  readonly reason: (typeof revisionReasons)[number];
  readonly changed: readonly (typeof revisableContents)[number][];
  /** What it said until then. */
  readonly before: OfferContents;
}

/** A first contact without a word about the handover is one of its own kind: silence is no praise (hazard H27). */
export const verdicts = [...asDescribed, 'notSaid'] as const;
export interface VerdictGiven {
  readonly described: (typeof verdicts)[number];
  readonly missing?: (typeof missingFromHandover)[number];
}

/** Undefined before the first contact. */
export const verdictOf = ({ firstContact }: Handoff): VerdictGiven | undefined =>
  firstContact && {
    described: firstContact.asDescribed ?? 'notSaid',
    ...(firstContact.missing && { missing: firstContact.missing }),
  };

/** One offer of lead responsibility and everything that was answered: a contract of two parties (DESIGN 6). */
export interface Handoff {
  readonly handoffId: string;
  /** Attempts for one need share it. */
  readonly episode: string;
  readonly attempt: number;
  readonly from: Team;
  readonly to: Team;
  readonly urgency: Urgency;
  readonly asked: Effect;
  readonly acknowledgeBy: Instant;
  readonly acceptBy: Instant;
  readonly targetVersion: string;
  /** What it says now; free text in it is ciphertext. */
  readonly contents: OfferContents;
  /** What it said before, in the order in which it was put right. */
  readonly revisions: readonly Revision[];
  readonly status: HandoffStatus;
  readonly offered: Mark;
  readonly acknowledged?: Mark;
  readonly accepted?: Acceptance;
  readonly declined?: Mark & {
    readonly by: Team;
    readonly reason: (typeof handoffDeclineReasons)[number];
    readonly detail?: string;
    readonly reported?: string;
  };
  readonly withdrawn?: Mark & { readonly by: Team; readonly reason: (typeof withdrawalReasons)[number] };
  readonly lapsed?: Mark & { readonly deadline: Instant };
  /** `deathInError`: a death stopped it, and the death was taken back. Nothing revives by itself (scenario 4). */
  readonly stopped?: Mark & { readonly why: 'died' | 'deathInError' | 'journeyClosed' };
  /** Somebody of the sender acted on the decline, the lapse or the stop. */
  readonly actedOn?: Mark & { readonly by: Team };
  /** Reminders to the receiver. */
  readonly chasers: readonly (Mark & { readonly cause: ChaserCause })[];
  readonly escalations: readonly (Mark & { readonly cause: EscalationCause; readonly to: Team })[];
  /** Somebody of the sender knows of it: the duty manager need not be told. */
  readonly problemsSeen: readonly (Mark & { readonly cause: EscalationCause; readonly by: Team })[];
  readonly noticesRead: readonly (Mark & { readonly notice: NoticeKind })[];
  readonly accounts: readonly Account[];
  /** In the order in which they were made; the last one alone works. */
  readonly links: readonly AnswerLink[];
  readonly dispute?: Dispute;
  readonly firstContact?: Mark & Verdict & { readonly by: Team; readonly mode: (typeof contactModes)[number] };
}

/** Waits for the receiver's answer. */
export const isOpen = (handoff: Handoff): boolean => handoff.status === 'offered' || handoff.status === 'acknowledged';

/** What an offer said at a moment; a receiver whose part has ended reads nothing newer (SCENARIOS). */
export const contentsAt = ({ contents, revisions }: Handoff, at: Instant): OfferContents =>
  revisions.find((revision) => revision.at > at)?.before ?? contents;

/** The account that an answer rests on while nobody has confirmed it. */
export const accountBehind = (
  { accounts }: Handoff,
  answer: { readonly reported?: string } | undefined,
): Account | undefined =>
  answer?.reported === undefined ? undefined : accounts.find(({ eventId }) => eventId === answer.reported);

/** The account behind an acceptance that the receiver has neither confirmed nor denied (hazard H22). */
export function unconfirmed(handoff: Handoff): Account | undefined {
  if (handoff.status !== 'accepted') return undefined;
  const account = accountBehind(handoff, handoff.accepted);
  return account && !account.confirmed && !account.disputed ? account : undefined;
}

/** Two accounts stand and nobody has settled which is right. */
export const isDisputed = (handoff: Handoff): boolean =>
  handoff.dispute !== undefined && handoff.dispute.resolved === undefined;

/** Ended without a receiver, and nobody of the sender has acted on it: top of their list (SCENARIOS, worklist). */
export const needsAction = (handoff: Handoff): boolean =>
  !handoff.actedOn &&
  (handoff.status === 'declined' ||
    handoff.status === 'lapsed' ||
    (handoff.status === 'stopped' && handoff.stopped?.why === 'deathInError'));
