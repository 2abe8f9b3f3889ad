import { civilDate } from '#kernel';
import { momentOf, type Journey, type PersonRecord } from '#pathway';
import { definition, type PathwayDefinition } from '#pilots';
import { eligibilityWords, inSentence, longDate } from '#web';

export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly href?: string;
}

/** Under which rules the journey runs, from which day it counts, and what was known of the criteria when it began. */
export function pathwayFacts(record: PersonRecord, journey: Journey): readonly Fact[] {
  const { pathway, definitionVersion: version } = journey;
  const rules = definition(pathway, version);
  if (!rules)
    return [{ label: 'Runs under', text: `${pathway}, version ${version}, which this release does not know` }];
  const index = momentOf(rules.indexDate.rule, record, journey);
  const { words } = rules.indexDate;
  return [
    {
      label: 'Runs under',
      text: `${rules.title}, version ${version}`,
      href: `/pathways/${pathway}?version=${version}`,
    },
    {
      label: 'Index date',
      text: `${index ? longDate(civilDate(index.at)) : 'Not reached yet'}. ${words}`,
    },
    { label: 'Criteria, when the referral was taken', text: criteriaText(rules, journey) },
  ];
}

/** A criterion that nobody was asked about is "not asked"; "not known" was an answer, and neither is "no". */
function criteriaText({ eligibility }: PathwayDefinition, { referral }: Journey): string {
  const answers = new Map(referral?.eligibility?.map(({ criterion, answer }) => [criterion, answer]));
  if (answers.size === 0) return 'Nobody was asked about them.';
  const known = new Set<string>(eligibility.map(({ code }) => code));
  const elsewhere = [...answers.keys()].filter((criterion) => !known.has(criterion));
  return [
    ...eligibility.map(({ code, words }) => {
      const answer = answers.get(code);
      return `${words.replace(/\.$/, '')}: ${answer ? inSentence(eligibilityWords[answer]) : 'not asked'}.`;
    }),
    ...elsewhere.map(
      (criterion) => `${criterion}, of another version: ${inSentence(eligibilityWords[answers.get(criterion)!])}.`,
    ),
  ].join('\n');
}
