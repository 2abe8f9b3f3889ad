import { commandFrom, type Command, type CommandMeta } from '#commands';
import type { Actor } from '#kernel';
import { ChaseHandoff, EscalateHandoff, LapseHandoff, type ReactionRule } from '#pathway';
import type { DueReaction } from './plan.js';

const asks: Readonly<Record<ReactionRule, (about: object) => Command>> = {
  chaseNotSeen: (about) => commandFrom(ChaseHandoff, { ...about, cause: 'notSeen' }),
  chaseNotAnswered: (about) => commandFrom(ChaseHandoff, { ...about, cause: 'notAnswered' }),
  escalateNotSeen: (about) => commandFrom(EscalateHandoff, { ...about, cause: 'notSeen' }),
  escalateNotAnswered: (about) => commandFrom(EscalateHandoff, { ...about, cause: 'notAnswered' }),
  escalateDecline: (about) => commandFrom(EscalateHandoff, { ...about, cause: 'declineNotActedOn' }),
  chaseNotConfirmed: (about) => commandFrom(ChaseHandoff, { ...about, cause: 'notConfirmed' }),
  escalateNotConfirmed: (about) => commandFrom(EscalateHandoff, { ...about, cause: 'notConfirmed' }),
  lapse: (about) => commandFrom(LapseHandoff, about),
};

const actor: Actor = {
  staff: 'deadlines',
  role: 'system',
  organisation: 'throughcare-operations',
  sector: 'community',
};

/** What the runner asks for, and what goes with it. */
export const commandFor = ({ rule, journey, handoff, commandId, because }: DueReaction): [Command, CommandMeta] => [
  asks[rule]({ journeyId: journey, handoffId: handoff }),
  { commandId, actor, teams: [], purpose: 'directCare', source: 'deadlines', causationId: because },
];
