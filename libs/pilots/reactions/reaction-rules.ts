/**
 * How long the engine waits before it reminds, tells the duty manager or ends an offer by itself (DESIGN 3). Versions
 * stay; the one in force on the day from which a time runs counts.
 */
import { addDays, civilDate, minutes, plus, type CivilDate, type Instant } from '#kernel';
import { load, type Label } from '../data.js';
import { teamAsOf } from '../directory/directory.js';
import { addOpeningTime } from '../directory/opening-hours.js';
import type { TargetUrgency } from '../targets/targets.js';

export const timedReactions = [
  'chaseNotSeen',
  'chaseNotAnswered',
  'escalateNotSeen',
  'escalateNotAnswered',
  'escalateDecline',
  'chaseNotConfirmed',
  'escalateNotConfirmed',
  'lapse',
] as const;
export type TimedReaction = (typeof timedReactions)[number];

export interface ReactionRules {
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  /** What is later than this is not done any more: an import of old years must not wake everybody. */
  readonly forgottenAfterDays: number;
  /** Those that a version does not name are not done under it. */
  readonly rules: Readonly<
    Partial<
      Record<
        TimedReaction,
        {
          /** Whose opening hours count. */
          readonly hoursOf: 'sender' | 'receiver';
          /** Of these hours, since the deadline or the decline. */
          readonly minutes: Readonly<Record<TargetUrgency, number>>;
        }
      >
    >
  >;
  readonly label: Label;
  readonly words: string;
  readonly source: string;
}

const all = load<readonly ReactionRules[]>('reactions.json');

export const allReactionRules = (): readonly ReactionRules[] => all;

/** The rules in force on that day. @throws RangeError there were none yet */
export function reactionRulesOn(day: CivilDate, among: readonly ReactionRules[] = all): ReactionRules {
  const found = among.filter(({ effectiveFrom }) => effectiveFrom <= day).sort((a, b) => b.version - a.version)[0];
  if (!found) throw new RangeError(`no rules of reminders were in force on ${day}`);
  return found;
}

export interface Reacting {
  readonly rule: TimedReaction;
  readonly since: Instant;
  readonly urgency: TargetUrgency;
  /**
   * Teams. One that the directory does not know, such as a hospital without a ward, or that does not open for a year
   * counts as always open: a manager is told in the night sooner than never.
   */
  readonly sender: string;
  readonly receiver: string;
}

/** When it is to be done; undefined where the rules of that day know nothing of it. */
export function reactionDue({ rule, since, urgency, sender, receiver }: Reacting): Instant | undefined {
  const day = civilDate(since);
  const found = reactionRulesOn(day).rules[rule];
  if (!found) return undefined;
  const { hoursOf, minutes: wait } = found;
  const team = teamAsOf(hoursOf === 'sender' ? sender : receiver, day);
  const millis = minutes(wait[urgency]);
  try {
    if (team) return addOpeningTime(since, millis, team);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return plus(since, millis);
}

/** From then on it is not done any more. */
export const forgottenFrom = (due: Instant): CivilDate =>
  addDays(civilDate(due), reactionRulesOn(civilDate(due)).forgottenAfterDays);
