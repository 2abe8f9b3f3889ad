import type { IdentityStrength } from '../codes.js';
import type { Account, Handoff } from './state.js';

/** What became of an answer that the other party has to confirm. */
export const reportStandings = ['notConfirmed', 'confirmed', 'disputed'] as const;
export type ReportStanding = (typeof reportStandings)[number];

/** How sure it is who gave the answer of an offer; figures count the kinds apart (ADR 0007). */
export interface AnsweredAs {
  readonly strength: IdentityStrength;
  /** Absent where the receiver answered with an account. */
  readonly report?: ReportStanding;
}

/** The account that was denied, or that the receiver's own word stood against. */
const disputedAccount = ({ accounts }: Handoff): Account | undefined =>
  accounts.findLast(({ disputed }) => disputed) ?? accounts.at(-1);

/** Undefined where nobody has answered, or the offer ended in another way. A dispute stays one once it is settled. */
export function answeredAs(handoff: Handoff): AnsweredAs | undefined {
  const { status, accepted, declined, accounts, dispute } = handoff;
  const answer = status === 'accepted' ? accepted : status === 'declined' ? declined : undefined;
  if (!answer && status !== 'disputed') return undefined;
  if (dispute) return { strength: disputedAccount(handoff)?.strength ?? 'telephoneReport', report: 'disputed' };
  const account = accounts.find(({ eventId }) => eventId === answer?.eventId);
  if (!account) return { strength: 'account' };
  return { strength: account.strength, report: account.confirmed ? 'confirmed' : 'notConfirmed' };
}
