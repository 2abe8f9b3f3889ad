/**
 * How long a one-use link to answer with works, and how many wrong codes it bears (ADR 0007). Versions stay: a link
 * carries what the one in force gave it when it was made.
 */
import { civilDate, minutes, plus, type CivilDate, type Instant } from '#kernel';
import { load, type Label } from '../data.js';
import { teamAsOf } from '../directory/directory.js';
import { addOpeningTime } from '../directory/opening-hours.js';
import type { TargetUrgency } from '../targets/targets.js';

export interface LinkRule {
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  /** Of the receiver's opening hours, since it was made. */
  readonly minutes: Readonly<Record<TargetUrgency, number>>;
  /** The wrong code that locks it. */
  readonly wrongCodes: number;
  readonly label: Label;
  readonly words: string;
  readonly source: string;
}

const all = load<readonly LinkRule[]>('answer-links.json');

export const allLinkRules = (): readonly LinkRule[] => all;

/** The rule in force on that day. @throws RangeError there was none yet */
export function linkRuleOn(day: CivilDate, among: readonly LinkRule[] = all): LinkRule {
  const found = among.filter(({ effectiveFrom }) => effectiveFrom <= day).sort((a, b) => b.version - a.version)[0];
  if (!found) throw new RangeError(`no rule of links was in force on ${day}`);
  return found;
}

export interface LinkMade {
  readonly issuedAt: Instant;
  readonly urgency: TargetUrgency;
  /** A team. One that the directory does not know, or that does not open for a year, counts as always open. */
  readonly receiver: string;
}

/** What a link made at that moment carries: resolved, so that a later rule does not change it. */
export function linkLimits({ issuedAt, urgency, receiver }: LinkMade) {
  const day = civilDate(issuedAt);
  const { version, minutes: works, wrongCodes } = linkRuleOn(day);
  return { until: untilOf(issuedAt, minutes(works[urgency]), receiver), wrongCodes, rule: `answer-links@${version}` };
}

function untilOf(since: Instant, millis: number, receiver: string): Instant {
  const team = teamAsOf(receiver, civilDate(since));
  try {
    if (team) return addOpeningTime(since, millis, team);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return plus(since, millis);
}
