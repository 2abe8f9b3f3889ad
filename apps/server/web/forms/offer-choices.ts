/**
 * The short way through an offer: what is said most is chosen, not typed. What goes into the record is the same as if
 * every question had been answered by itself.
 */
import { type OfferContents } from '#pathway';
import type { Team } from '#pilots';
import { type Answers, type Field, type Posted } from '#web';
import { askedField, toldAndAgreed } from './offer-contents.js';

const OTHER = 'other';

/** What the team is asked most, or something else; and what there is to add. */
export const askFields = (to: Team | undefined): readonly Field[] => [
  {
    kind: 'choice',
    name: 'ask',
    label: askedField.label,
    missing: 'Select what you ask of them',
    summary: 'What is asked',
    options: [
      ...(to?.asks ?? []).map((text) => ({ value: text, text })),
      { value: OTHER, text: 'Something else', onlyLeads: true },
    ],
  },
  { ...askedField, label: 'What it is', when: { field: 'ask', is: [OTHER] } },
  { kind: 'words', name: 'details', label: 'Details', rows: 2 },
];

/** What an offer says was asked: the choice, and on a line of its own what was added. */
export const askedBy = ({ ask, asked, details }: Answers): string =>
  [ask === OTHER ? asked : ask, details].filter((part) => part !== undefined).join('\n');

/** The choices that say the same as these words. */
export function askOf(asked: string, to: Team | undefined): Posted {
  const [first = '', ...more] = asked.split('\n');
  return to?.asks.includes(first) ? { ask: first, details: more.join('\n') } : { ask: OTHER, asked };
}

/** What somebody who was told, agrees and consents was told, unless more is written. */
const TOLD = 'That this team is being asked.';
const allOfIt = {
  toldPerson: TOLD,
  agreement: 'agreed',
  sharing: 'directCareConsent',
} as const satisfies Partial<OfferContents>;

/** One answer names all three things to which it is one; whoever cannot say all three answers each. */
export const personFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'person',
    label: 'Does the person know and agree?',
    missing: 'Select whether the person knows and agrees',
    summary: 'The person',
    options: [
      { value: 'all', text: 'Told this team is asked, agrees, and consents to sharing' },
      { value: 'each', text: 'Not all of it', onlyLeads: true },
    ],
  },
  ...toldAndAgreed.map((field): Field => ({ ...field, when: { field: 'person', is: ['each'] } })),
];

export const personSaid = (answers: Answers): Answers =>
  answers['person'] === 'all' ? { ...answers, ...allOfIt } : answers;

/** Whether one answer says it all. */
export const personOf = (said: Posted): Posted => ({
  person: Object.entries(allOfIt).every(([name, value]) => said[name] === value) ? 'all' : 'each',
});
