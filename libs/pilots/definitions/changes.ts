import type { Criterion, PathwayDefinition } from './schema.js';
import { criterionNames, momentWords } from './words.js';

const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** What is told apart between two versions; `before` is absent where it is new, `after` where it is gone. */
export interface Change {
  readonly about: string;
  readonly before?: string;
  readonly after?: string;
}

type Told = readonly (readonly [about: string, words: string])[];

/** Everything that a version says, line by line, each under a name that stays the same from version to version. */
function told(one: PathwayDefinition): Told {
  const { enrolment, eligibility, indexDate, stages, transitions, handoffs, referrals, contactKinds } = one;
  const { sharing, planReview } = one;
  const titleOf = (id: string) => stages.find((stage) => stage.id === id)?.title ?? id;
  const known = (rule: { words: string; label: string; source: string }) =>
    `${rule.words} [${rule.label}] ${rule.source}`;
  return [
    ['title', one.title],
    ['summary', one.summary],
    ...one.pilots.map((pilot) => [`pilot ${pilot}`, pilot] as const),
    ['who may refer', enrolment.openTo.join(', ')],
    ['what enrols', enrolment.on ? momentWords[enrolment.on] : 'not said'],
    ['enrolment', known(enrolment)],
    ...eligibility.map(
      (rule) =>
        [`criterion: ${inSentence(criterionNames[rule.code])}`, `${known(rule)} ${particulars(rule)}`.trim()] as const,
    ),
    ['index date', `${momentWords[indexDate.rule]}. ${known(indexDate)}`],
    ...stages.map(({ id, title, sector, kind }) => [`stage ${id}`, `${title} (${sector}, ${kind})`] as const),
    ...transitions.map(
      ({ from, to, kind, title }) =>
        [`way ${from} > ${to}`, `${title}: ${titleOf(from)} to ${titleOf(to)} (${kind})`] as const,
    ),
    ...handoffs.allowed.map((pair) => [`boundary ${pair}`, pair] as const),
    ['handovers', known(handoffs)],
    ...handoffs.declineReasons.map(({ code, title }) => [`reason ${code} to decline a handover`, title] as const),
    ['referrals', known(referrals)],
    ...referrals.declineReasons.map(({ code, title }) => [`reason ${code} to decline a referral`, title] as const),
    ...contactKinds.map(({ code, title }) => [`kind of contact ${code}`, title] as const),
    ...(sharing ? [['sharing', known(sharing)] as const] : []),
    ['review of the plan', `${planReview.everyDays} days: ${known(planReview)}`],
  ];
}

/** What a program goes by, beside the words. */
function particulars(rule: Criterion): string {
  switch (rule.code) {
    case 'minimumAge':
      return `(${rule.years} years)`;
    case 'livesIn':
      return `(${rule.area})`;
    case 'registeredWith':
      return `(${rule.population})`;
    case 'diagnosis':
      return `(${rule.codes.system} ${rule.codes.list.join(', ')} [${rule.codes.label}] ${rule.codes.source})`;
    case 'severity':
      return `(${rule.grade})`;
    case 'agrees':
      return '';
  }
}

/** What the later version says otherwise, in the order in which it says it; then what it no longer says. */
export function changesBetween(earlier: PathwayDefinition, later: PathwayDefinition): readonly Change[] {
  const before = new Map(told(earlier));
  const after = new Map(told(later));
  return [
    ...[...after]
      .filter(([about, words]) => before.get(about) !== words)
      .map(([about, words]) => ({ about, ...(before.has(about) && { before: before.get(about)! }), after: words })),
    ...[...before].filter(([about]) => !after.has(about)).map(([about, words]) => ({ about, before: words })),
  ];
}
