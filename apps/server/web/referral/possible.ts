/** Possible matches are answered one by one before somebody new is registered and a journey opens (hazard H21). */
import { differences } from '#pathway';
import type { PersonQuery } from '#people';
import { differenceWords, longDate, nhsNumber, optionsOf, type Answers, type Field, type FieldProblem } from '#web';
import type { Match } from './matches.js';

/** Everybody of that surname and birth date, whoever holds that number, and whom one slip would make them. */
export const possibleQueries = (answers: Answers): readonly PersonQuery[] => [
  { surname: answers['familyName'] ?? '', birthDate: answers['born'] ?? '' },
  ...(answers['newNumber'] === undefined ? [] : [{ nhsNumber: answers['newNumber'] }]),
  { alike: { givenName: answers['givenName'] ?? '', familyName: answers['familyName'] ?? '', birthDate: answers['born'] ?? '' } },
];

const match = (personId: string): string => `match-${personId}`;
const because = (personId: string): string => `because-${personId}`;

function whoIsIt(possible: Match): string {
  if (possible.kind === 'elsewhere') {
    const ring = possible.ring.map(({ name, telephone }) => [name, telephone].filter(Boolean).join(', '));
    return `Somebody known to another service. Ring them${ring.length > 0 ? `: ${ring.join('; ')}` : ''}`;
  }
  const { name, born, nhsNumber: digits, address } = possible.person;
  return [name, born && `born ${longDate(born)}`, digits && `NHS number ${nhsNumber(digits)}`, address]
    .filter(Boolean)
    .join(', ');
}

export const possibleFields = (matches: readonly Match[]): readonly Field[] =>
  matches.flatMap((possible): readonly Field[] => [
    {
      kind: 'choice',
      name: match(possible.personId),
      label: whoIsIt(possible),
      missing: 'Say whether it is the same person',
      options: [
        { value: 'same', text: 'The same person', hint: 'The referral goes onto the record that is there' },
        { value: 'other', text: 'Somebody else' },
      ],
    },
    {
      kind: 'choice',
      name: because(possible.personId),
      label: 'How do you know?',
      missing: 'Select how you know that it is somebody else',
      when: { field: match(possible.personId), is: ['other'] },
      options: optionsOf(differences, differenceWords),
    },
  ]);

export interface Said {
  /** Whose record it is, where it is one that was there. */
  readonly same: string | undefined;
  /** Person id to why it is somebody else. */
  readonly notTheSame: Readonly<Record<string, string>>;
  readonly problems: readonly FieldProblem[];
}

export function saidOf(matches: readonly Match[], answers: Answers): Said {
  const same = matches.filter(({ personId }) => answers[match(personId)] === 'same');
  return {
    same: same[0]?.personId,
    notTheSame: Object.fromEntries(
      matches.flatMap(({ personId }) => {
        const why = answers[because(personId)];
        return why === undefined ? [] : [[personId, why]];
      }),
    ),
    problems:
      same.length > 1 ? [{ text: 'Say of one alone that it is the same person', field: match(same[1]!.personId) }] : [],
  };
}
