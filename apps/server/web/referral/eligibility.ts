/** The criteria of a pathway as the one who takes a referral answers them: met, not met, or not known. */
import { civilDate, type CivilDate, type Instant } from '#kernel';
import { eligibilityAnswers } from '#pathway';
import { isAged, latestDefinition, type Criterion, type PathwayDefinition } from '#pilots';
import { eligibilityWords, labelWords, optionsOf, type Answers, type CheckedAnswer, type Field } from '#web';

const nameOf = (pathway: string, code: string): string => `eligibility-${pathway}-${code}`;

/** The age is not asked for: it follows from the date of birth. */
const isWorkedOut = ({ code }: Criterion): boolean => code === 'minimumAge';

export const criterionFields = (pathways: readonly PathwayDefinition[], now: Instant): readonly Field[] =>
  pathways.flatMap(({ id }) =>
    (latestDefinition(id, civilDate(now))?.eligibility ?? [])
      .filter((criterion) => !isWorkedOut(criterion))
      .map(({ code, words, label }): Field => ({
        kind: 'choice',
        name: nameOf(id, code),
        label: words,
        hint: `A criterion of this pathway. ${labelWords[label]}`,
        missing: `Select whether it is met, or not known: ${words}`,
        options: optionsOf(eligibilityAnswers, eligibilityWords),
        inline: true,
        ...(pathways.length > 1 && { when: { field: 'pathway', is: [id] } }),
      })),
  );

/** `birthDate` is absent where it is not known. */
export interface Asked {
  readonly pathway: string;
  readonly day: CivilDate;
  readonly birthDate: CivilDate | undefined;
}

const ageAnswer = (years: number, { birthDate, day }: Asked) =>
  birthDate === undefined ? 'notKnown' : isAged(years, birthDate, day) ? 'met' : 'notMet';

/**
 * By criterion, as the command takes them. A referral that was made earlier runs under the version of that day: of its
 * criteria those that were asked about are answered.
 */
export const eligibilityBody = (answers: Answers, asked: Asked): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (latestDefinition(asked.pathway, asked.day)?.eligibility ?? []).flatMap((criterion) => {
      const answer =
        criterion.code === 'minimumAge'
          ? ageAnswer(criterion.years, asked)
          : answers[nameOf(asked.pathway, criterion.code)];
      return answer === undefined ? [] : [[criterion.code, answer]];
    }),
  );

/** What is worked out, for the page on which the answers are checked. */
export const workedOut = (asked: Asked): readonly Pick<CheckedAnswer, 'label' | 'text'>[] =>
  (latestDefinition(asked.pathway, asked.day)?.eligibility ?? []).flatMap((criterion) =>
    criterion.code === 'minimumAge'
      ? [
          {
            label: criterion.words,
            text: `${eligibilityWords[ageAnswer(criterion.years, asked)]}, by the date of birth`,
          },
        ]
      : [],
  );
