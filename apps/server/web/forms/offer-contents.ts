/** What an offer says, field by field (SCENARIOS): all of it is asked where an offer is put right. */
import { agreements, askedAbout, revisableContents, sharingBases, type OfferContents } from '#pathway';
import { agreementWords, askedChoices, optionsOf, sharingWords, type Field, type Posted } from '#web';
import { inTheClear, type FormSubject } from './journey-form.js';

/** "None known" is not "not asked", and "yes" says what (SCENARIOS). */
const askedFields = (name: string, label: string, detail: string): readonly Field[] => [
  {
    kind: 'choice',
    name,
    label,
    missing: `Select whether there are ${label.toLowerCase()}`,
    options: optionsOf(askedAbout, askedChoices),
  },
  {
    kind: 'words',
    name: `${name === 'risks' ? 'risk' : name}Detail`,
    label: detail,
    missing: `Enter ${detail.toLowerCase()}`,
    when: { field: name, is: ['yes'] },
  },
];

export const askedField: Field = {
  kind: 'words',
  name: 'asked',
  label: 'What do you ask of them?',
  missing: 'Enter what you ask of them',
  summary: 'What is asked',
};

/** Of the person and their safety: nothing of it is taken for granted. */
export const aboutThePerson: readonly Field[] = [
  ...askedFields('risks', 'Risks', 'What the risks are'),
  ...askedFields('safeguarding', 'Safeguarding concerns', 'What the safeguarding concern is'),
  {
    kind: 'words',
    name: 'communication',
    label: 'Communication needs',
    rows: 2,
    hint: 'Hearing, sight, language, memory',
  },
  { kind: 'words', name: 'carer', label: 'Carer, with telephone', rows: 2, summary: 'Carer' },
  {
    kind: 'text',
    name: 'telephone',
    label: 'Whom to ring about it',
    missing: 'Enter whom they can ring, with a number',
  },
];

/** What the person knows and wants: three questions, since consent to sharing is not agreement to the handover. */
export const toldAndAgreed: readonly Field[] = [
  {
    kind: 'words',
    name: 'toldPerson',
    label: 'What was the person told?',
    rows: 2,
    summary: 'What the person was told',
    missing: 'Enter what the person was told, or that nothing was said yet',
  },
  {
    kind: 'choice',
    name: 'agreement',
    label: 'Does the person agree?',
    missing: 'Select whether the person agrees',
    summary: 'The person’s agreement',
    options: optionsOf(agreements, agreementWords),
  },
  {
    kind: 'choice',
    name: 'sharing',
    label: 'Basis for sharing',
    missing: 'Select the basis for sharing',
    options: optionsOf(sharingBases, sharingWords),
  },
];

export const contentsFields: readonly Field[] = [askedField, ...aboutThePerson, ...toldAndAgreed];

/** What an offer says, as its form has it. */
export const contentsNow = (contents: Partial<OfferContents>, read: FormSubject['read']): Posted =>
  Object.fromEntries(
    revisableContents.flatMap((name) => {
      const said = contents[name];
      return said === undefined ? [] : [[name, inTheClear(said, read)]];
    }),
  );
