import type { Principal } from '#access';
import { civilDate, type CivilDate, type Instant } from '#kernel';
import { referrers, sexes, urgencies } from '#pathway';
import { checkNhsNumber } from '#people';
import { definitionsOf, teamAsOf, teamsOf } from '#pilots';
import {
  optionsOf,
  referrerWords,
  sexWords,
  urgencyHints,
  urgencyWords,
  type Answers,
  type Field,
  type Posted,
} from '#web';
import { criterionFields, eligibilityBody } from './eligibility.js';
import { moment, only, whenFields, whenNow } from '../forms/journey-form.js';

const nhsNumberProblem = (written: string): string | undefined => {
  const checked = checkNhsNumber(written);
  if (checked.valid) return undefined;
  return checked.problem === 'notTenDigits'
    ? 'An NHS number has 10 digits, like 943 476 5919'
    : 'This is not an NHS number: a digit is wrong or two are swapped. Read it again';
};

/** Search first (SCENARIOS): by number, or by surname and date of birth. */
export const searchFields = (now: Instant): readonly Field[] => [
  {
    kind: 'choice',
    name: 'by',
    label: 'Search by',
    missing: 'Select what you search by',
    options: [
      { value: 'number', text: 'NHS number' },
      { value: 'name', text: 'Surname and date of birth' },
    ],
  },
  {
    kind: 'text',
    name: 'nhsNumber',
    label: 'NHS number',
    width: 20,
    inputmode: 'numeric',
    missing: 'Enter the NHS number',
    when: { field: 'by', is: ['number'] },
    check: nhsNumberProblem,
  },
  {
    kind: 'text',
    name: 'surname',
    label: 'Surname',
    missing: 'Enter the surname',
    when: { field: 'by', is: ['name'] },
  },
  {
    kind: 'day',
    name: 'birthDate',
    label: 'Date of birth',
    hint: 'For example, 11 6 1925',
    missing: 'Enter the date of birth',
    when: { field: 'by', is: ['name'] },
    latest: civilDate(now),
  },
];

export const searchNow: Posted = { by: 'number' };

/** Somebody new. Names are of registration alone: what is here goes to the vault and nowhere else. */
export const personFields = (now: Instant): readonly Field[] => [
  { kind: 'text', name: 'givenName', label: 'First name', missing: 'Enter the first name' },
  { kind: 'text', name: 'familyName', label: 'Surname', missing: 'Enter the surname' },
  {
    kind: 'day',
    name: 'born',
    label: 'Date of birth',
    missing: 'Enter the date of birth',
    latest: civilDate(now),
    earliest: '1850-01-01',
  },
  {
    kind: 'choice',
    name: 'sex',
    label: 'Sex',
    missing: 'Select the sex, or not known',
    options: optionsOf(sexes, sexWords),
    inline: true,
  },
  {
    kind: 'text',
    name: 'newNumber',
    label: 'NHS number',
    hint: 'Leave it empty where it is not known',
    width: 20,
    inputmode: 'numeric',
    check: nhsNumberProblem,
  },
  { kind: 'text', name: 'address', label: 'Address', max: 500 },
  { kind: 'text', name: 'phone', label: 'Telephone', width: 20, max: 50, inputmode: 'tel' },
  { kind: 'text', name: 'gp', label: 'GP practice', max: 200 },
];

/** Teams of the actor's pilot: others are asked by telephone. */
const teamsFor = ({ actor }: Principal, now: Instant) =>
  actor.pilot === undefined ? [] : teamsOf(actor.pilot, civilDate(now));

export const pathwaysFor = ({ actor }: Principal) => (actor.pilot === undefined ? [] : definitionsOf(actor.pilot));

export function referralFields(principal: Principal, now: Instant): readonly Field[] {
  const own = principal.teams.map((team) => teamAsOf(team, civilDate(now))?.name ?? team).join(' and ');
  const pathways = pathwaysFor(principal);
  return [
    {
      kind: 'choice',
      name: 'referrer',
      label: 'Who asks for help?',
      missing: 'Select who asks for help',
      options: optionsOf(referrers, referrerWords),
      summary: 'Who asks',
    },
    {
      kind: 'words',
      name: 'reason',
      label: 'Why, in their words',
      missing: 'Enter why help is asked for',
      summary: 'Why',
    },
    {
      kind: 'choice',
      name: 'urgency',
      label: 'How urgent is it?',
      missing: 'Select how urgent it is',
      options: optionsOf(urgencies, urgencyWords, urgencyHints),
      summary: 'Urgency',
    },
    ...(pathways.length > 1
      ? [
          {
            kind: 'choice',
            name: 'pathway',
            label: 'Pathway',
            missing: 'Select the pathway',
            options: pathways.map(({ id, title }) => ({ value: id, text: title })),
          } as const,
        ]
      : []),
    ...criterionFields(pathways, now),
    {
      kind: 'choice',
      name: 'taken',
      label: 'Who takes it?',
      missing: 'Select who takes it',
      options: [
        { value: 'now', text: `${own}, now`, hint: 'Your team is responsible from this moment' },
        {
          value: 'later',
          text: `${own}, not yet`,
          hint: 'It waits on your team’s list, and nobody has accepted until somebody takes it',
        },
        { value: 'other', text: 'Another team', hint: 'It waits on their list' },
      ],
    },
    {
      kind: 'list',
      name: 'to',
      label: 'Which team?',
      missing: 'Select the team',
      when: { field: 'taken', is: ['other'] },
      options: teamsFor(principal, now)
        .filter(({ id }) => !principal.teams.includes(id))
        .map(({ id, name, telephone }) => ({ value: id, text: `${name}, ${telephone}` })),
    },
    {
      kind: 'choice',
      name: 'key',
      label: 'Key worker',
      missing: 'Select who is the key worker',
      when: { field: 'taken', is: ['now'] },
      options: [
        { value: 'me', text: `${principal.name} (you)` },
        { value: 'later', text: 'Named later' },
      ],
    },
    ...whenFields('When was help asked for?', now),
  ];
}

export const referralNow: Posted = { ...whenNow, taken: 'now' };

/** What the criteria are asked of: the version of the pathway on the day of the referral. */
export const askedOf = (
  answers: Answers,
  principal: Principal,
  { birthDate, now }: { readonly birthDate: CivilDate | undefined; readonly now: Instant },
) => ({
  pathway: answers['pathway'] ?? pathwaysFor(principal)[0]?.id ?? '',
  day: civilDate(answers['occurredAt'] ?? now),
  birthDate: answers['born'] ?? birthDate,
});

/** The command that the answers become. */
export function referralBody(
  answers: Answers,
  personId: string,
  principal: Principal,
  asked: ReturnType<typeof askedOf>,
): object {
  const [own] = principal.teams;
  const takes = answers['taken'] === 'now';
  return {
    personId,
    pathway: asked.pathway,
    eligibility: eligibilityBody(answers, asked),
    to: answers['to'] ?? own,
    ...only(answers, 'referrer', 'urgency', 'reason'),
    ...(takes && { accept: true, ...(answers['key'] === 'me' && { keyWorker: principal.actor.staff }) }),
    ...moment(answers),
  };
}

export const registerBody = (answers: Answers): object => ({
  ...only(answers, 'givenName', 'familyName', 'sex', 'address', 'phone', 'gp'),
  birthDate: answers['born'],
  ...(answers['newNumber'] !== undefined && { nhsNumber: answers['newNumber'] }),
});

/** What was searched for is not typed again. */
export const prefilledPerson = (posted: Posted): Posted => ({
  ...(posted['by'] === 'number' && { newNumber: posted['nhsNumber'] ?? '' }),
  ...(posted['by'] === 'name' && {
    familyName: posted['surname'] ?? '',
    ...Object.fromEntries(['day', 'month', 'year'].map((part) => [`born-${part}`, posted[`birthDate-${part}`] ?? ''])),
  }),
});
