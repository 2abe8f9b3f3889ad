/** Putting right what an offer says (ADR 0014): the words of its own form, asked again. */
import { isOpen, optionalContents, revisableContents, revisionReasons } from '#pathway';
import { checkAnswers, optionsOf, revisionWords, type Answers, type Field } from '#web';
import { teamName } from '../record/teams.js';
import { ids } from './handover-fields.js';
import { asTyped, handoffOfSubject, only, type FormSubject, type JourneyForm } from './journey-form.js';
import { contentsFields, contentsNow } from './offer-contents.js';

const isRevisable = ({ name }: Field): boolean => (revisableContents as readonly string[]).includes(name);
const fields = contentsFields.filter(isRevisable);

const said = (subject: FormSubject) => contentsNow(handoffOfSubject(subject).contents, subject.read);

const changedNames = (answers: Answers, subject: FormSubject): readonly string[] => {
  const before = said(subject);
  return revisableContents.filter(
    (name) => answers[name] !== undefined && asTyped(answers[name]) !== asTyped(before[name]),
  );
};

const takenOut = (answers: Answers, subject: FormSubject): readonly string[] => {
  const before = said(subject);
  return optionalContents.filter((name) => before[name] !== undefined && answers[name] === undefined);
};

/** What it said before, for the page on which the change is checked. */
function beforeLines(answers: Answers, subject: FormSubject) {
  const names = new Set([...changedNames(answers, subject), ...takenOut(answers, subject)]);
  const asked = fields.filter(({ name }) => names.has(name)).map(({ when: _, ...field }) => field as Field);
  return checkAnswers(asked, said(subject)).map(({ label, text }) => ({ label: `Before: ${label}`, text }));
}

export const revise: JourneyForm = {
  path: 'revise',
  about: 'handover',
  use: 'revise-offer',
  title: (subject) => `Put right what the handover to ${teamName(handoffOfSubject(subject).to, subject.now)} says`,
  lead: (subject) => {
    const handoff = handoffOfSubject(subject);
    const to = teamName(handoff.to, subject.now);
    const told = isOpen(handoff) || handoff.status === 'accepted';
    return told
      ? [
          `${to} is told that it says something else now, and cannot accept on what they read before. If it cannot wait, ring them.`,
          'Deadlines stay. Another urgency, time or team is another offer: withdraw this one.',
        ]
      : [`It is over for ${to}: they read nothing new of this person.`];
  },
  fields: () => [
    ...fields,
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why does it say something else now?',
      missing: 'Select why it says something else now',
      options: optionsOf(revisionReasons, revisionWords),
    },
  ],
  prefill: said,
  body: (answers, subject) => {
    const out = takenOut(answers, subject);
    return {
      ...ids(subject),
      ...only(answers, 'reason', ...changedNames(answers, subject)),
      ...(out.length > 0 && { takenOut: out }),
    };
  },
  button: 'Put it right',
  check: { title: 'Check before you put it right', more: beforeLines },
  done: 'revised',
};
