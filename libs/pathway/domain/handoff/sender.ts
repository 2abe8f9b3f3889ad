import { latest, refuse, type Decision } from '#kernel';
import type { escalationCauses, withdrawalReasons } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { happenedByNow, isTeam, notBefore, timeIsKnown, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { heldFrom } from '../responsibility/effect.js';
import { actingTeam } from '../responsibility/sender.js';
import { moment, nameOf } from '../words.js';
import { latestOf } from './change.js';
import { isSender, notBeforeOffer, onHandoff, type HandoffCase, type OnHandoff } from './policies.js';
import { isOpen, needsAction, type Handoff } from './state.js';

/** The sender, or whoever holds meanwhile in their place. */
const senderNow = (about: HandoffCase) => {
  if (!isSender(about)) return about.handoff.from;
  const acting = actingTeam(about);
  return isTeam(acting) ? acting : isSender(about)!;
};

/** A decline or a lapse leaves the top of the sender's list: somebody has acted on it (scenario 1). */
export const actOnDecline = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, notBeforeOffer], ({ handoff }) => {
      if (handoff.actedOn) return [];
      const by = senderNow(about);
      if (!isTeam(by)) return by;
      const ended = handoff.declined ?? handoff.lapsed ?? handoff.stopped;
      return ended && needsAction(handoff)
        ? [
            happened(
              'HandoffDeclineSeen',
              { handoffId: handoff.handoffId, by },
              { occurredAt: latest(context.occurredAt, ended.at) },
            ),
          ]
        : refuse('nothing-to-act-on', 'This handover was neither declined nor left unanswered.');
    }),
  );

export interface WithdrawHandoff extends OnHandoff {
  readonly reason: (typeof withdrawalReasons)[number];
}

/** Takes an offer back, or an acceptance that has not taken effect. */
export const withdrawHandoff = (command: WithdrawHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, timeIsKnown, notBeforeOffer], ({ handoff }) => {
      const by = senderNow(about);
      if (!isTeam(by)) return by;
      if (handoff.status === 'withdrawn') return [];
      const withdrawn = happened('HandoffWithdrawn', { handoffId: handoff.handoffId, by, reason: command.reason });
      if (isOpen(handoff)) return [withdrawn];
      if (handoff.status !== 'accepted') {
        return refuse('handoff-ended', 'This offer has ended already: there is nothing to take back.');
      }
      const tooEarly = notBefore(latestOf(handoff), 'The last entry of the handover is', context);
      if (tooEarly) return tooEarly;
      const held = heldFrom(record, handoff);
      return held === undefined || context.occurredAt < held
        ? [withdrawn]
        : refuse(
            'already-in-effect',
            `${nameOf(handoff.to.team, context)} holds since ${moment(held, context.now)}: ask them to hand back.`,
          );
    }),
  );

const notDue = (deadline: string, now: string) =>
  refuse('deadline-not-passed', `There is time for an answer until ${moment(deadline, now)}.`);

/** The deadline for an answer has passed. Asked for by the deadlines' runner. */
export const lapseHandoff = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, notBeforeOffer], ({ handoff }) => {
      if (!isOpen(handoff)) return [];
      return context.occurredAt < handoff.acceptBy
        ? notDue(handoff.acceptBy, context.now)
        : [happened('HandoffLapsed', { handoffId: handoff.handoffId, deadline: handoff.acceptBy })];
    }),
  );

export interface EscalateHandoff extends OnHandoff {
  readonly cause: (typeof escalationCauses)[number];
}

/** What is wrong, and from when; undefined where it no longer is. */
function due(handoff: Handoff, cause: EscalateHandoff['cause']): string | undefined {
  switch (cause) {
    case 'notSeen':
      return handoff.status === 'offered' ? handoff.acknowledgeBy : undefined;
    case 'notAnswered':
      return isOpen(handoff) || handoff.status === 'lapsed' ? handoff.acceptBy : undefined;
    case 'declineNotActedOn':
      return needsAction(handoff) ? handoff.offered.at : undefined;
  }
}

/** The duty manager of the sender is told, once for each cause. */
export const escalateHandoff = (command: EscalateHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, notBeforeOffer], ({ handoff }) => {
      const { cause } = command;
      const since = due(handoff, cause);
      if (since === undefined || handoff.escalations.some((escalation) => escalation.cause === cause)) return [];
      return context.occurredAt < since
        ? notDue(since, context.now)
        : [happened('HandoffEscalated', { handoffId: handoff.handoffId, cause, to: handoff.from })];
    }),
  );
