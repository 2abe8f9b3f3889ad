/** Offering a handover: everything that an offer carries (SCENARIOS), read through before it is sent. */
import { boundary, civilDate } from '#kernel';
import { overridingReasons, sharingBases, urgencies, type Urgency } from '#pathway';
import { deadlines, teamAsOf } from '#pilots';
import {
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
import { asTyped, only, type FormSubject, type JourneyForm } from './journey-form.js';
import { askedBy, askFields, askOf, personFields, personOf, personSaid } from './offer-choices.js';
import { aboutThePerson, contentsNow, toldAndAgreed } from './offer-contents.js';

const timing: readonly Field[] = [
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
];

/** By these alone something is told against what the person said. */
const withoutConsent = sharingBases.filter((basis) => basis === 'bestInterests' || basis === 'statutory');

/** Where the person does not want the receiver to know, whoever offers answers for it (our rule [M]). */
const toldDespite: readonly Field[] = toldAndAgreed.flatMap((field): readonly Field[] =>
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

/**
 * What is known already: nobody types the same twice. An offer that is made again says what it said; a new one takes
 * over what the last one said of the person themselves, and nothing that has to be judged anew.
 */
function prefilled(subject: FormSubject): Posted {
  const { principal, journey, query, now, read, record } = subject;
  const own = teamAsOf(principal.teams[0] ?? '', civilDate(now));
  const known: Posted = {
    ...(own && { telephone: `${principal.name}, ${own.telephone}` }),
    // Whoever is not in hospital has nothing to wait for.
    ...(record.stays.every(({ discharged }) => discharged) && { effect: 'now' }),
  };
  const again = journey.handoffs.find(({ handoffId }) => handoffId === query['again']);
  if (!again) {
    const { communication = '', carer = '' } = contentsNow(journey.handoffs.at(-1)?.contents ?? {}, read);
    return { ...known, communication, carer };
  }
  const { asked, urgency } = again;
  const { telephone: _, asked: words = '', ...said } = contentsNow(again.contents, read);
  const all = { ...said, sharing: again.contents.sharing };
  return {
    ...known,
    urgency,
    effect: asked.effect,
    ...(asked.effectAt !== undefined && asked.effectAt > now && postedMoment('effectAt', asked.effectAt)),
    ...(asked.expectedOn !== undefined && postedDay('expectedOn', asked.expectedOn)),
    ...askOf(words, receiver(subject)),
    ...all,
    ...personOf(all),
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
    { label: 'Answer needed by', text: `${dateAndTime(acceptBy)}, in their opening hours` },
  ];
}

const fieldsFor = (subject: FormSubject): readonly Field[] => [
  ...askFields(receiver(subject)),
  ...timing,
  ...aboutThePerson,
  ...(withheld(subject) === undefined ? personFields : toldDespite),
];

/** Choices stand there to be seen; words are read through once more before a team reads them that has not yet. */
function hasNewWords(answers: Answers, subject: FormSubject): boolean {
  const known = prefilled(subject);
  const isNew = ({ kind, name }: Field): boolean =>
    (kind === 'words' || kind === 'text') && (asTyped(answers[name]) ?? '') !== (asTyped(known[name]) ?? '');
  return subject.query['again'] !== undefined || fieldsFor(subject).some(isNew);
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
      'Until they accept, your team stays responsible.',
    ];
  },
  fields: fieldsFor,
  prefill: prefilled,
  body: (answers, { journey, query }) => ({
    journeyId: journey.journeyId,
    to: query['to'],
    asked: askedBy(answers),
    ...only(personSaid(answers), ...[...timing, ...aboutThePerson, ...toldDespite].map(({ name }) => name)),
  }),
  button: 'Offer this handover',
  check: {
    title: (subject) => `Check before you offer it to ${receiver(subject)?.name ?? 'a team'}`,
    when: hasNewWords,
    more: deadlineLines,
  },
  done: 'offered',
};
