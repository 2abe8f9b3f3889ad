import type { Instant } from '#kernel';
import type { ChaserCause, EscalationCause, NoticeKind } from '../codes.js';
import type { Team } from '../fields.js';
import { isOpen, needsAction, unconfirmed, type Handoff } from '../handoff/state.js';
import type { Mark } from '../record/mark.js';
import type { Journey, PersonRecord } from '../record/state.js';
import { alertsOf } from './alerts.js';

/** What a team or a duty manager is told without having asked. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly handoff: Handoff;
  /** A team, or the duty manager of that team's organisation. */
  readonly audience: 'team' | 'dutyManager';
  readonly to: Team;
  readonly at: Instant;
  /** Whom to ring about it. */
  readonly ring: Team;
  /** It is still so: it stays in sight although it was read. */
  readonly stands: boolean;
  readonly read: Mark | undefined;
}

const reminders: Readonly<Record<ChaserCause, NoticeKind>> = {
  notSeen: 'remindedNotSeen',
  notAnswered: 'remindedNotAnswered',
  notConfirmed: 'remindedNotConfirmed',
};

const tellings: Readonly<Record<EscalationCause, NoticeKind>> = {
  notSeen: 'toldNotSeen',
  notAnswered: 'toldNotAnswered',
  declineNotActedOn: 'toldDecline',
  notConfirmed: 'toldNotConfirmed',
};

function stillSo(handoff: Handoff, cause: EscalationCause): boolean {
  if (cause === 'notConfirmed') return unconfirmed(handoff) !== undefined;
  if (cause === 'notSeen') return handoff.status === 'offered';
  if (cause === 'notAnswered') return isOpen(handoff) || (handoff.status === 'lapsed' && needsAction(handoff));
  return needsAction(handoff);
}

/**
 * Who reads an offer, or took over by it, learns that it says something else now; also where they had not opened it
 * yet: it may have been read out to them. Once it is over for them they are told nothing new.
 */
function revised(handoff: Handoff): readonly Omit<Notice, 'read'>[] {
  const last = handoff.revisions.at(-1);
  if (!last || !(isOpen(handoff) || handoff.status === 'accepted')) return [];
  const { to, from } = handoff;
  return [{ kind: 'offerRevised', handoff, audience: 'team', to, at: last.at, ring: from, stands: false }];
}

/** That they are said to have accepted; gone once they confirm it or deny it. */
function toConfirm(handoff: Handoff): readonly Omit<Notice, 'read'>[] {
  const account = unconfirmed(handoff);
  const chaser = handoff.chasers.findLast(({ cause }) => cause === 'notConfirmed');
  if (!account || !chaser || chaser.at < account.at) return [];
  const { to, from: ring } = handoff;
  return [{ kind: reminders.notConfirmed, handoff, audience: 'team', to, at: chaser.at, ring, stands: true }];
}

function noticesOfHandoff(handoff: Handoff): readonly Omit<Notice, 'read'>[] {
  const { from, to, chasers, escalations } = handoff;
  // Answered, or reminded of something more: nobody needs the earlier reminder.
  const last = isOpen(handoff) ? chasers.findLast(({ cause }) => cause !== 'notConfirmed') : undefined;
  const reminded = last && !(last.cause === 'notSeen' && handoff.acknowledged) ? [last] : [];
  return [
    ...reminded.map(({ cause, at }) => ({
      kind: reminders[cause],
      handoff,
      audience: 'team' as const,
      to,
      at,
      ring: from,
      stands: true,
    })),
    ...toConfirm(handoff),
    ...revised(handoff),
    ...escalations.map(({ cause, at, to: told }) => ({
      kind: tellings[cause],
      handoff,
      audience: 'dutyManager' as const,
      to: told,
      at,
      // A decline has been answered: it is the own team that has not looked.
      ring: cause === 'declineNotActedOn' ? told : to,
      stands: stillSo(handoff, cause),
    })),
  ];
}

/** Everything that anybody is told about a journey's handoffs, as the record stands. */
export const noticesOf = (record: PersonRecord, journey: Journey): readonly Notice[] =>
  [
    ...journey.handoffs.flatMap(noticesOfHandoff),
    ...alertsOf(record, journey).flatMap(({ kind, to, at, handoffId }) =>
      journey.handoffs
        .filter((handoff) => handoff.handoffId === handoffId)
        .map((handoff) => ({ kind, handoff, audience: 'team' as const, to, at, ring: handoff.from, stands: false })),
    ),
  ].map((notice) => ({
    ...notice,
    read: notice.handoff.noticesRead.findLast((mark) => mark.notice === notice.kind && mark.at >= notice.at),
  }));
