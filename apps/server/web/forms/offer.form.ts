/** Offering a handover: everything that an offer carries (SCENARIOS), read through before it is sent. */
import { boundary, civilDate } from '#kernel';
import {
  agreements,
  askedAbout,
  overridingReasons,
  revisableContents,
  sharingBases,
  urgencies,
  type OfferContents,
  type Urgency,
} from '#pathway';
import { deadlines, teamAsOf } from '#pilots';
import {
  agreementWords,
  askedWords,
  dateAndTime,
  optionsOf,
  overridingWords,
  postedDay,
  postedMoment,
  sharingWords,
  urgencyHints,
  urgencyWords,
  type Answers,
  type Field,
  type Posted,
} from '#web';
import { senderOf } from '../record/acting.js';
import { withheldLine } from '../record/consent.view.js';
import { effectFields } from './handover-fields.js';
import { inTheClear, only, type FormSubject, type JourneyForm } from './journey-form.js';

/** "None known" is not "not asked", and "yes" says what (SCENARIOS). */
const askedFields = (name: string, label: string, detail: string): readonly Field[] => [
  {
    kind: 'choice',
    name,
    label,
    missing: `Select whether there are ${label.toLowerCase()}`,
    options: optionsOf(askedAbout, askedWords),
  },
  {
    kind: 'words',
    name: `${name === 'risks' ? 'risk' : name}Detail`,
    label: detail,
    missing: `Enter ${detail.toLowerCase()}`,
    when: { field: name, is: ['yes'] },
  },
];

export const offerFields: readonly Field[] = [
  {
    kind: 'words',
    name: 'asked',
    label: 'What do you ask of them?',
    missing: 'Enter what you ask of them',
    summary: 'What is asked',
    hint: 'For example: personal care twice a day, from tonight. They decide by what stands here.',
  },
  {
    kind: 'choice',
    name: 'urgency',
    label: 'How urgent is it?',
    missing: 'Select how urgent it is',
    summary: 'Urgency',
    options: optionsOf(urgencies, urgencyWords, urgencyHints),
  },
  ...effectFields('When should they take over?').map((field) =>
    field.name === 'effect' ? { ...field, summary: 'Takes effect' } : field,
  ),
  ...askedFields('risks', 'Risks', 'What the risks are'),
  ...askedFields('safeguarding', 'Safeguarding concerns', 'What the safeguarding concern is'),
  {
    kind: 'words',
    name: 'communication',
    label: 'Communication needs',
    rows: 2,
    hint: 'Hearing, sight, language, memory',
  },
  { kind: 'words', name: 'carer', label: 'Carer and how to reach them', rows: 2, summary: 'Carer' },
  {
    kind: 'text',
    name: 'telephone',
    label: 'Whom can they ring about this?',
    missing: 'Enter whom they can ring, with a number',
    summary: 'Whom to ring about it',
  },
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

/** By these alone something is told against what the person said. */
const withoutConsent = sharingBases.filter((basis) => basis === 'bestInterests' || basis === 'statutory');

/** Where the person does not want the receiver to know, whoever offers answers for it (our rule [M]). */
const despiteFields: readonly Field[] = offerFields.flatMap((field): readonly Field[] =>
  field.name === 'sharing' && field.kind === 'choice'
    ? [
        { ...field, options: optionsOf(withoutConsent, sharingWords) },
        {
          kind: 'choice',
          name: 'despite',
          label: 'Why is it shared although the person did not consent?',
          missing: 'Select why it is shared although the person did not consent',
          summary: 'Shared although the person did not consent',
          options: optionsOf(overridingReasons, overridingWords),
        },
      ]
    : [field],
);

const withheld = (subject: FormSubject): string | undefined => {
  const to = receiver(subject);
  return to && withheldLine(subject.record, to, subject.now);
};

const receiver = ({ query, now }: FormSubject) => teamAsOf(query['to'] ?? '', civilDate(now));

/** What an offer says, as its form has it. */
export const contentsNow = (contents: OfferContents, read: FormSubject['read']): Posted =>
  Object.fromEntries(
    revisableContents.flatMap((name) => {
      const said = contents[name];
      return said === undefined ? [] : [[name, inTheClear(said, read)]];
    }),
  );

/** The earlier offer that is made again to somebody else: nobody types the same twice. */
function prefilled(subject: FormSubject): Posted {
  const { principal, journey, query, now, read } = subject;
  const own = teamAsOf(principal.teams[0] ?? '', civilDate(now));
  const ring: Posted = own ? { telephone: `${principal.name}, ${own.name}, ${own.telephone}` } : {};
  const again = journey.handoffs.find(({ handoffId }) => handoffId === query['again']);
  if (!again) return ring;
  const { asked, urgency } = again;
  const { telephone: _, ...said } = contentsNow(again.contents, read);
  return {
    ...ring,
    urgency,
    effect: asked.effect,
    ...(asked.effectAt !== undefined && asked.effectAt > now && postedMoment('effectAt', asked.effectAt)),
    ...(asked.expectedOn !== undefined && postedDay('expectedOn', asked.expectedOn)),
    ...said,
    sharing: again.contents.sharing,
  };
}

/** Deadlines as the command will set them, in the receiver's opening hours. */
function deadlineLines(answers: Answers, subject: FormSubject) {
  const to = receiver(subject);
  const from = senderOf(subject);
  if (!to || !from) return [];
  const { acknowledgeBy, acceptBy } = deadlines({
    boundary: boundary(from.sector, to.sector),
    urgency: answers['urgency'] as Urgency,
    offeredAt: subject.now,
    receiver: to,
  });
  return [
    { label: 'To be seen by', text: dateAndTime(acknowledgeBy) },
    { label: 'Answer needed by', text: `${dateAndTime(acceptBy)}, counted in their opening hours` },
  ];
}

export const offer: JourneyForm = {
  path: 'offer',
  about: 'journey',
  use: 'offer-handoff',
  title: (subject) => `Offer a handover to ${receiver(subject)?.name ?? 'a team'}`,
  lead: (subject) => {
    const line = withheld(subject);
    return [
      ...(line === undefined ? [] : [`${line} They read why it is shared with them all the same (our rule [M]).`]),
      'Nothing changes until they accept: until then the team that is responsible now stays responsible.',
    ];
  },
  fields: (subject) => (withheld(subject) === undefined ? offerFields : despiteFields),
  prefill: prefilled,
  body: (answers, { journey, query }) => ({
    journeyId: journey.journeyId,
    to: query['to'],
    ...only(answers, ...despiteFields.map(({ name }) => name)),
  }),
  button: 'Offer this handover',
  check: { title: 'Check the handover before you offer it', more: deadlineLines },
  done: 'offered',
};
