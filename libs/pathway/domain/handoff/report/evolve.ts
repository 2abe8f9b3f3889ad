import type { RecordedEvent } from '#kernel';
import type { Handlers } from '../../record/event.js';
import { markOf } from '../../record/mark.js';
import type { Journey } from '../../record/state.js';
import { accept, canStillAnswer, changeHandoff, effectOf } from '../change.js';
import { isDisputed, type Account, type Handoff } from '../state.js';

/** An account that came from another record is known here by the id of its arrival (scenario 10). */
const reportHere = (journey: Journey, report: string): string =>
  journey.movedIn.find(({ entry }) => entry === report)?.eventId ?? report;

/** The account, where it still waits for the other party's word. */
const unsettled = (journey: Journey, handoff: Handoff, report: string): Account | undefined => {
  const here = reportHere(journey, report);
  return handoff.accounts.find(({ eventId, confirmed, disputed }) => eventId === here && !confirmed && !disputed);
};

/** Whether the answer that counts now rests on this account alone. */
const restsOn = (handoff: Handoff, account: Account): boolean =>
  handoff.accepted?.reported === account.eventId || handoff.declined?.reported === account.eventId;

const withAccount = (handoff: Handoff, account: Account): Handoff => ({
  ...handoff,
  accounts: handoff.accounts.map((known) => (known.eventId === account.eventId ? account : known)),
});

/**
 * The answer as the account tells it.
 *
 * @param reported the account, while it is not confirmed
 */
export function answered(journey: Journey, handoff: Handoff, account: Account, event: RecordedEvent, reported?: string) {
  const { at, precision, recordedAt, eventId } = account;
  const mark = { at, precision, recordedAt, eventId, ...(reported !== undefined && { reported }) };
  return account.answer === 'accepted'
    ? accept(journey, handoff, { ...mark, by: handoff.to, ...(account.effect ?? { effect: 'now' }) }, event)
    : {
        ...handoff,
        status: 'declined' as const,
        declined: {
          ...mark,
          by: handoff.to,
          reason: account.reason ?? 'other',
          ...(account.detail && { detail: account.detail }),
        },
      };
}

const withoutDispute = ({ dispute: _, ...handoff }: Handoff): Handoff => handoff;

/** Answers by telephone, written down by one party (DESIGN 6; scenarios 2 and 9). */
export const reportHandlers: Handlers<Journey> = {
  HandoffAnswerReported: (journey, { handoffId, answer, reason, spokenTo, reportedBy, ...data }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const account: Account = {
        ...markOf(event),
        answer,
        strength: 'telephoneReport',
        ...(data.effect && { effect: effectOf({ ...data, effect: data.effect }) }),
        ...(reason && { reason }),
        spokenTo,
        reportedBy,
      };
      const told = { ...handoff, accounts: [...handoff.accounts, account] };
      // The receiver's own account moves nothing until the sender confirms it or both resolve it.
      if (reportedBy.team === handoff.to.team) {
        return handoff.status === 'accepted' || isDisputed(handoff)
          ? told
          : { ...told, dispute: { since: account.at, raised: markOf(event) } };
      }
      return canStillAnswer(handoff) ? answered(journey, told, account, event, account.eventId) : told;
    }),

  HandoffReportConfirmed: (journey, { handoffId, report, by }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const account = unsettled(journey, handoff, report);
      if (!account) return undefined;
      const confirmed = withAccount(handoff, { ...account, confirmed: { ...markOf(event), by } });
      return restsOn(handoff, account) || isDisputed(handoff)
        ? withoutDispute(answered(journey, confirmed, account, event))
        : confirmed;
    }),

  HandoffReportDisputed: (journey, { handoffId, report, by, detail }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const account = unsettled(journey, handoff, report);
      if (!account) return undefined;
      const denial = { ...markOf(event), by, ...(detail && { detail }) };
      const denied = withAccount(handoff, { ...account, disputed: denial });
      if (isDisputed(handoff)) return denied;
      return restsOn(handoff, account)
        ? { ...denied, status: 'disputed', dispute: { since: account.at, raised: markOf(event) } }
        : denied;
    }),

  HandoffDisputeResolved: (journey, { handoffId, holder, agreedWith }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const { dispute } = handoff;
      if (!dispute || dispute.resolved) return undefined;
      const resolved = { ...handoff, dispute: { ...dispute, resolved: { ...markOf(event), holder, agreedWith } } };
      return holder.team === handoff.to.team
        ? accept(journey, resolved, { ...markOf(event), by: handoff.to, effect: 'now' }, event)
        : resolved;
    }),
};
