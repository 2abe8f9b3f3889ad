import { latest, refuse, type Decision, type Instant } from '#kernel';
import type { contactModes, handoffDeclineReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { happenedByNow, personIsAlive, timeIsKnown, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { heldFrom } from '../responsibility/effect.js';
import { moment, nameOf } from '../words.js';
import { latestOf } from './change.js';
import {
  answering,
  effectProblem,
  isReceiver,
  noOtherAccepted,
  notBeforeOffer,
  onHandoff,
  receiverIsOpen,
  waitsForAnswer,
  type HandoffCase,
  type OnHandoff,
} from './policies.js';
import { readAsItStands, type HasRead } from './revise.js';
import { isLacking, isOpen, type Effect, type Handoff, type Verdict } from './state.js';

/** Never before the offer, whose seconds an answer to the minute does not know. */
const answeredAt = ({ handoff, context }: HandoffCase): { occurredAt: Instant } => ({
  occurredAt: latest(context.occurredAt, handoff.offered.at),
});

/** The receiver's own answer confirms what was reported of it. */
const confirmation = ({ handoff, context }: HandoffCase, report: string) =>
  happened(
    'HandoffReportConfirmed',
    { handoffId: handoff.handoffId, report, by: handoff.to },
    { occurredAt: latest(context.occurredAt, latestOf(handoff)) },
  );

/** Seeing is not accepting: the sender stays responsible. */
export const acknowledgeHandoff = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [...answering, isReceiver], () => {
      const { handoff } = about;
      if (handoff.acknowledged ?? handoff.accepted ?? handoff.declined) return [];
      return unless(about, [waitsForAnswer], () => [
        happened('HandoffAcknowledged', { handoffId: handoff.handoffId, by: handoff.to }, answeredAt(about)),
      ]);
    }),
  );

export interface AcceptHandoff extends OnHandoff, Partial<Effect>, HasRead {}

/** The effect that is answered with: what was asked, where the answer says nothing else. */
export const effectAnswered = (answer: Partial<Effect>, { asked }: Handoff): Effect =>
  answer.effect === undefined || answer.effect === asked.effect
    ? { ...asked, ...given({ effectAt: answer.effectAt, expectedOn: answer.expectedOn }) }
    : { effect: answer.effect, ...given({ effectAt: answer.effectAt, expectedOn: answer.expectedOn }) };

/** The other open offers of the same need close: somebody has accepted (scenario 3). */
export const closeOthers = ({ journey, handoff, context }: HandoffCase) =>
  journey.handoffs
    .filter((other) => other.episode === handoff.episode && other.handoffId !== handoff.handoffId && isOpen(other))
    .map((other) =>
      happened(
        'HandoffWithdrawn',
        { handoffId: other.handoffId, by: handoff.to, reason: 'acceptedElsewhere' },
        { occurredAt: latest(context.occurredAt, other.offered.at) },
      ),
    );

export const acceptHandoff = (command: AcceptHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [...answering, isReceiver], () => {
      const { handoff } = about;
      const { handoffId, to, status, accepted } = handoff;
      if (status === 'accepted' && accepted) {
        return accepted.reported === undefined ? [] : [confirmation(about, accepted.reported)];
      }
      return unless(about, [noOtherAccepted, waitsForAnswer, receiverIsOpen, readAsItStands(command)], () => {
        const effect = effectAnswered(command, handoff);
        return (
          effectProblem(effect) ?? [
            happened('HandoffAccepted', { handoffId, by: to, ...effect }, answeredAt(about)),
            ...closeOthers(about),
          ]
        );
      });
    }),
  );

export interface DeclineHandoff extends OnHandoff {
  readonly reason: (typeof handoffDeclineReasons)[number];
  readonly detail?: string;
}

export const declineHandoff = (command: DeclineHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [...answering, isReceiver], () => {
      const { handoffId, to, status, declined } = about.handoff;
      if (status === 'declined' && declined) {
        return declined.reported === undefined ? [] : [confirmation(about, declined.reported)];
      }
      return unless(about, [waitsForAnswer], () => [
        happened(
          'HandoffDeclined',
          { handoffId, by: to, reason: command.reason, ...given({ detail: command.detail }) },
          answeredAt(about),
        ),
      ]);
    }),
  );

export const nothingMissing = refuse(
  'nothing-missing',
  'Say first that the person was only partly as described, or not at all.',
);

export interface RecordFirstContact extends OnHandoff, Verdict {
  readonly mode: (typeof contactModes)[number];
}

/** The receiver's first contact, once it holds, and what it found. */
export const recordFirstContact = (command: RecordFirstContact, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow, timeIsKnown, personIsAlive, isReceiver, notBeforeOffer], ({ handoff }) => {
      if (handoff.firstContact) return [];
      const { mode, asDescribed, missing, missingDetail } = command;
      if (!isLacking(command) && (missing ?? missingDetail) !== undefined)
        return nothingMissing;
      const held = heldFrom(record, handoff);
      if (held === undefined || context.occurredAt < held) {
        const detail =
          held === undefined
            ? `${nameOf(handoff.to.team, context)} does not hold by this handover: record it as a contact.`
            : `${nameOf(handoff.to.team, context)} holds since ${moment(held, context.now)}: give a later time.`;
        return refuse('not-responsible-yet', detail);
      }
      return [
        happened('FirstContactRecorded', {
          handoffId: handoff.handoffId,
          by: handoff.to,
          mode,
          ...given({ asDescribed, missing, missingDetail }),
        }),
      ];
    }),
  );
