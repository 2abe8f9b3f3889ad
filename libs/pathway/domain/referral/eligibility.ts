import { refuse, type Refusal } from '#kernel';
import { eligibilityAnswers } from '../codes.js';
import type { PathwayRules } from '../context.js';

export interface EligibilityAnswer {
  readonly criterion: string;
  readonly answer: (typeof eligibilityAnswers)[number];
}

/**
 * What was answered about the criteria of the pathway, in their order; a criterion that nobody was asked about is left
 * out. None of the answers decides anything: whether to take somebody is for the service, and the record keeps on what
 * footing.
 */
export function eligibilityOf(
  given: Readonly<Record<string, unknown>>,
  { pathway, version, criteria }: PathwayRules,
): readonly EligibilityAnswer[] | Refusal {
  const unknown = Object.keys(given).find((criterion) => !criteria.includes(criterion));
  if (unknown !== undefined) {
    return refuse('criterion-unknown', `Version ${version} of ${pathway} has no criterion ${unknown}.`, {
      criterion: unknown,
    });
  }
  const answers: EligibilityAnswer[] = [];
  for (const criterion of criteria.filter((code) => Object.hasOwn(given, code))) {
    const answer = eligibilityAnswers.find((one) => one === given[criterion]);
    if (!answer) {
      return refuse('eligibility-answer-unknown', `Say of ${criterion} whether it is met, not met or not known.`, {
        criterion,
      });
    }
    answers.push({ criterion, answer });
  }
  return answers;
}
