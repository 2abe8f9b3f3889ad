import { latest, refuse, type Decision } from '#kernel';
import type { withdrawalReasons } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { happenedByNow, isTeam, notBefore, timeIsKnown, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { heldFrom } from '../responsibility/effect.js';
import { actingTeam } from '../responsibility/sender.js';
import { moment, nameOf } from '../words.js';
import { latestOf } from './change.js';
import { isSender, notBeforeOffer, onHandoff, type HandoffCase, type OnHandoff } from './policies.js';
import { problemOf } from './reactions.js';
import { isOpen, needsAction } from './state.js';

/** The sender, or whoever holds meanwhile in their place. */
export const senderNow = (about: HandoffCase) => {
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

/** Opening it is seeing it (DESIGN 6): the duty manager need not be told. It stays on the list until somebody acts. */
export const seeHandoffProblem = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, notBeforeOffer], ({ handoff }) => {
      const by = senderNow(about);
      if (!isTeam(by)) return by;
      const cause = problemOf(handoff, context.occurredAt);
      return cause === undefined || handoff.problemsSeen.some((seen) => seen.cause === cause)
        ? []
        : [happened('HandoffProblemSeen', { handoffId: handoff.handoffId, cause, by })];
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
