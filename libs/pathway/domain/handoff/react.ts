/** What the engine does by itself, asked for by the runner of deadlines (DESIGN 3). The record decides, not the asking. */
import { refuse, type Decision, type DomainEvent, type Instant } from '#kernel';
import type { ChaserCause, EscalationCause, ReactionRule } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { happenedByNow, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { moment } from '../words.js';
import { notBeforeOffer, onHandoff, type HandoffCase, type OnHandoff } from './policies.js';
import { escalationRules, reactionsTo } from './reactions.js';

/** Nothing where the record no longer waits for it; refused before it is due. */
function when(
  rule: ReactionRule,
  { handoff, context }: HandoffCase,
  event: DomainEvent | ((due: Instant) => DomainEvent),
): Decision {
  const waiting = reactionsTo(handoff).find((reaction) => reaction.rule === rule);
  if (!waiting) return [];
  const { urgency, from, to } = handoff;
  const due = context.due({ rule, since: waiting.since, urgency, sender: from.team, receiver: to.team });
  // The rules of that day know nothing of it.
  if (due === undefined) return [];
  return context.occurredAt < due
    ? refuse('deadline-not-passed', `There is time until ${moment(due, context.now)}.`)
    : [typeof event === 'function' ? event(due) : event];
}

const reacting = [happenedByNow, notBeforeOffer] as const;

/** The deadline for an answer has passed, and the grace after it. */
export const lapseHandoff = (command: OnHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, reacting, ({ handoff: { handoffId, acceptBy: deadline } }) =>
      when('lapse', about, happened('HandoffLapsed', { handoffId, deadline })),
    ),
  );

export interface ChaseHandoff extends OnHandoff {
  readonly cause: ChaserCause;
}

/** The receiver is reminded, once for each cause. That it has not been seen is no reminder once an answer is due. */
export const chaseHandoff = (command: ChaseHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, reacting, ({ handoff }) => {
      const { handoffId, acknowledgeBy, acceptBy, to } = handoff;
      const { cause } = command;
      if (cause === 'notConfirmed') {
        return when('chaseNotConfirmed', about, (deadline) =>
          happened('HandoffChased', { handoffId, cause, deadline, to }),
        );
      }
      if (cause === 'notSeen' && context.occurredAt >= acceptBy) return [];
      const [rule, deadline] =
        cause === 'notSeen' ? (['chaseNotSeen', acknowledgeBy] as const) : (['chaseNotAnswered', acceptBy] as const);
      return when(rule, about, happened('HandoffChased', { handoffId, cause, deadline, to }));
    }),
  );

export interface EscalateHandoff extends OnHandoff {
  readonly cause: EscalationCause;
}

/** The duty manager of the sender is told, once for each cause, of what nobody there has seen. */
export const escalateHandoff = (command: EscalateHandoff, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, reacting, ({ handoff: { handoffId, from: to } }) => {
      const { cause } = command;
      return when(escalationRules[cause], about, happened('HandoffEscalated', { handoffId, cause, to }));
    }),
  );
