/** How long emergency access lasts and until when it has to be reviewed. Versions stay: an access keeps its own. */
import { readFileSync } from 'node:fs';
import { addDays, civilDate, hours, plus, type CivilDate, type Instant } from '#kernel';

export interface EmergencyRule {
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly hours: number;
  readonly reviewWithinDays: number;
  /** How the rule is known (FACTS). */
  readonly label: 'V' | 'D' | 'M' | 'ours';
  readonly words: string;
  readonly source: string;
}

const all = JSON.parse(readFileSync(new URL('rules.json', import.meta.url), 'utf8')) as readonly EmergencyRule[];

export const emergencyRules = (): readonly EmergencyRule[] => all;

/** The rule in force on that day; before the first, the first: an emergency does not wait for a rule. */
export const emergencyRuleAt = (day: CivilDate, among: readonly EmergencyRule[] = all): EmergencyRule => {
  const inForce = among.filter(({ effectiveFrom }) => effectiveFrom <= day);
  return inForce.reduce((a, b) => (b.effectiveFrom > a.effectiveFrom ? b : a), inForce[0] ?? among[0]!);
};

/** What an access opened at that moment carries: resolved, so that a later rule does not change it. */
export const limitsOf = (rule: EmergencyRule, openedAt: Instant) => ({
  until: plus(openedAt, hours(rule.hours)),
  reviewBy: addDays(civilDate(openedAt), rule.reviewWithinDays),
  rule: rule.version,
});
