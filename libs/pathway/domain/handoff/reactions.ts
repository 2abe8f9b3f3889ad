import { latest, type Instant } from '#kernel';
import type { EscalationCause, ReactionRule } from '../codes.js';
import type { Mark } from '../record/mark.js';
import { accountBehind, isOpen, needsAction, unconfirmed, type Handoff } from './state.js';

/** Something that the engine does by itself, unless somebody does something first. */
export interface Reaction {
  readonly rule: ReactionRule;
  /** Its time runs from here: never from before we knew. How long, and in whose hours, the rules say. */
  readonly since: Instant;
  /** The entry because of which. */
  readonly because: string;
}

/** Which escalation a rule is, and what is wrong then. */
export const escalationRules: Readonly<Record<EscalationCause, ReactionRule>> = {
  notSeen: 'escalateNotSeen',
  notAnswered: 'escalateNotAnswered',
  declineNotActedOn: 'escalateDecline',
  notConfirmed: 'escalateNotConfirmed',
};

const declinedOrStopped = ({ declined, stopped, offered }: Handoff): Mark => declined ?? stopped ?? offered;

/** Nobody of the sender has seen it, and the duty manager has not been told. */
const isUntold = ({ escalations, problemsSeen }: Handoff, cause: EscalationCause): boolean =>
  ![...escalations, ...problemsSeen].some((known) => known.cause === cause);

/** What waits to be done by itself about a handoff, as it stands. */
export function reactionsTo(handoff: Handoff): readonly Reaction[] {
  const { status, acknowledgeBy, acceptBy, offered, declined, chasers, escalations } = handoff;
  const isChased = (cause: string): boolean => chasers.some((chaser) => chaser.cause === cause);
  const after = (rule: ReactionRule, deadline: Instant): Reaction => ({
    rule,
    since: latest(deadline, offered.recordedAt),
    because: offered.eventId,
  });
  const open = isOpen(handoff);
  const unanswered = open || (status === 'lapsed' && needsAction(handoff));
  // Told that nobody has seen it, the duty manager knows that nobody has answered either.
  const toldUnseen = escalations.some(({ cause }) => cause === 'notSeen');
  // A decline by telephone that the sender wrote down itself is one that the sender knows of; one by a link is not.
  const isKnown = accountBehind(handoff, declined)?.strength === 'telephoneReport';
  const unseenEnd = needsAction(handoff) && status !== 'lapsed' && !isKnown;
  const end = declinedOrStopped(handoff);
  const account = unconfirmed(handoff);
  const sinceAccount = (rule: ReactionRule) =>
    account ? [{ rule, since: latest(account.at, account.recordedAt), because: account.eventId }] : [];
  return [
    ...(status === 'offered' && !isChased('notSeen') ? [after('chaseNotSeen', acknowledgeBy)] : []),
    ...(open && !isChased('notAnswered') ? [after('chaseNotAnswered', acceptBy)] : []),
    ...(status === 'offered' && isUntold(handoff, 'notSeen') ? [after('escalateNotSeen', acknowledgeBy)] : []),
    ...(unanswered && !toldUnseen && isUntold(handoff, 'notAnswered') ? [after('escalateNotAnswered', acceptBy)] : []),
    ...(unseenEnd && isUntold(handoff, 'declineNotActedOn')
      ? [{ rule: 'escalateDecline' as const, since: latest(end.at, end.recordedAt), because: end.eventId }]
      : []),
    ...(isChased('notConfirmed') ? [] : sinceAccount('chaseNotConfirmed')),
    ...(isUntold(handoff, 'notConfirmed') ? sinceAccount('escalateNotConfirmed') : []),
    ...(open ? [after('lapse', acceptBy)] : []),
  ];
}

/** What the sender sees to be wrong with a handoff that it opens at that moment. */
export function problemOf(handoff: Handoff, at: Instant): EscalationCause | undefined {
  if (needsAction(handoff)) return handoff.status === 'lapsed' ? 'notAnswered' : 'declineNotActedOn';
  if (!isOpen(handoff)) return undefined;
  if (at >= handoff.acceptBy) return 'notAnswered';
  return handoff.status === 'offered' && at >= handoff.acknowledgeBy ? 'notSeen' : undefined;
}
