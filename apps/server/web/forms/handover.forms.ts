/** Forms of a handover (DESIGN 6): offer, answer, take back, write down what was said by telephone. */
import { boundary, civilDate } from '#kernel';
import {
  agreements, askedAbout, contactModes, handoffDeclineReasons, heldFrom, sharingBases, takesEffect, urgencies, withdrawalReasons,
  type Urgency,
} from '#pathway';
import { deadlines, teamAsOf } from '#pilots';
import {
  agreementWords, askedWords, contactModeWords, dateAndTime, declineWords, effectWords, optionsOf, postedDay, postedMoment, sharingWords,
  urgencyHints, urgencyWords, withdrawalWords, type Answers, type Field, type Posted,
} from '#web';
import { senderOf } from '../record/acting.js';
import { teamName } from '../record/teams.js';
import { handoffOfSubject, moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

const effectFields = (label: string): readonly Field[] => [
  { kind: 'choice', name: 'effect', label, missing: 'Select when it takes effect', options: optionsOf(takesEffect, effectWords) },
  { kind: 'moment', name: 'effectAt', label: 'From when', missing: 'Enter the date and time from which it takes effect', when: { field: 'effect', is: ['atTime'] } },
  {
    kind: 'day', name: 'expectedOn', label: 'Day the person is expected to leave hospital', when: { field: 'effect', is: ['atDischarge'] },
    hint: 'Leave it empty where no day is known',
  },
];

/** "None known" is not "not asked", and "yes" says what (SCENARIOS). */
const askedFields = (name: string, label: string, detail: string): readonly Field[] => [
  {
    kind: 'choice', name, label, missing: `Select whether there are ${label.toLowerCase()}`,
    options: optionsOf(askedAbout, askedWords),
  },
  { kind: 'words', name: `${name === 'risks' ? 'risk' : name}Detail`, label: detail, missing: `Enter ${detail.toLowerCase()}`, when: { field: name, is: ['yes'] } },
];

const offerFields: readonly Field[] = [
  {
    kind: 'words', name: 'asked', label: 'What do you ask of them?', missing: 'Enter what you ask of them', summary: 'What is asked',
    hint: 'For example: personal care twice a day, from tonight. They decide by what stands here.',
  },
  { kind: 'choice', name: 'urgency', label: 'How urgent is it?', missing: 'Select how urgent it is', summary: 'Urgency', options: optionsOf(urgencies, urgencyWords, urgencyHints) },
  ...effectFields('When should they take over?').map((field) => (field.name === 'effect' ? { ...field, summary: 'Takes effect' } : field)),
  ...askedFields('risks', 'Risks', 'What the risks are'),
  ...askedFields('safeguarding', 'Safeguarding concerns', 'What the safeguarding concern is'),
  { kind: 'words', name: 'communication', label: 'Communication needs', rows: 2, hint: 'Hearing, sight, language, memory' },
  { kind: 'words', name: 'carer', label: 'Carer and how to reach them', rows: 2, summary: 'Carer' },
  { kind: 'text', name: 'telephone', label: 'Whom can they ring about this?', missing: 'Enter whom they can ring, with a number', summary: 'Whom to ring about it' },
  {
    kind: 'words', name: 'toldPerson', label: 'What was the person told?', rows: 2, summary: 'What the person was told',
    missing: 'Enter what the person was told, or that nothing was said yet',
  },
  { kind: 'choice', name: 'agreement', label: 'Does the person agree?', missing: 'Select whether the person agrees', summary: 'The person’s agreement', options: optionsOf(agreements, agreementWords) },
  { kind: 'choice', name: 'sharing', label: 'Basis for sharing', missing: 'Select the basis for sharing', options: optionsOf(sharingBases, sharingWords) },
];

const receiver = ({ query, now }: FormSubject) => teamAsOf(query['to'] ?? '', civilDate(now));

/** The earlier offer that is made again to somebody else: nobody types the same twice. */
function prefilled(subject: FormSubject): Posted {
  const { principal, journey, query, now, read } = subject;
  const own = teamAsOf(principal.teams[0] ?? '', civilDate(now));
  const ring: Posted = own ? { telephone: `${principal.name}, ${own.name}, ${own.telephone}` } : {};
  const again = journey.handoffs.find(({ handoffId }) => handoffId === query['again']);
  if (!again) return ring;
  const { contents, asked, urgency } = again;
  const words = ['asked', 'riskDetail', 'safeguardingDetail', 'communication', 'carer', 'toldPerson'] as const;
  return {
    ...ring,
    urgency,
    effect: asked.effect,
    ...(asked.effectAt !== undefined && asked.effectAt > now && postedMoment('effectAt', asked.effectAt)),
    ...(asked.expectedOn !== undefined && postedDay('expectedOn', asked.expectedOn)),
    risks: contents.risks,
    safeguarding: contents.safeguarding,
    agreement: contents.agreement,
    sharing: contents.sharing,
    ...Object.fromEntries(words.flatMap((name) => (contents[name] === undefined ? [] : [[name, read(contents[name]) ?? '']]))),
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
  lead: () => ['Nothing changes until they accept: until then the team that is responsible now stays responsible.'],
  fields: () => offerFields,
  prefill: prefilled,
  body: (answers, { journey, query }) => ({ journeyId: journey.journeyId, to: query['to'], ...only(answers, ...offerFields.map(({ name }) => name)) }),
  button: 'Offer this handover',
  check: { title: 'Check the handover before you offer it', more: deadlineLines },
  done: 'offered',
};

const ids = (subject: FormSubject) => ({ journeyId: subject.journey.journeyId, handoffId: handoffOfSubject(subject).handoffId });

const offeredAt = (subject: FormSubject) => handoffOfSubject(subject).offered.at;

export const accept: JourneyForm = {
  path: 'accept',
  about: 'handover',
  use: 'accept-handoff',
  title: () => 'Accept this handover',
  lead: (subject) => [
    `From the moment it takes effect, ${teamName(handoffOfSubject(subject).to, subject.now)} is responsible for this person.`,
  ],
  fields: (subject) => [
    ...effectFields('When do you take over?'),
    ...whenFields('When did you accept?', subject.now, offeredAt(subject)),
  ],
  prefill: (subject) => {
    const { asked } = handoffOfSubject(subject);
    return {
      ...whenNow,
      effect: asked.effect,
      ...(asked.effectAt !== undefined && postedMoment('effectAt', asked.effectAt)),
      ...(asked.expectedOn !== undefined && postedDay('expectedOn', asked.expectedOn)),
    };
  },
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'effect', 'effectAt', 'expectedOn'), ...moment(answers) }),
  button: 'Accept: we take over',
  done: 'accepted',
};

export const decline: JourneyForm = {
  path: 'decline',
  about: 'handover',
  use: 'decline-handoff',
  title: () => 'Decline this handover',
  lead: () => ['You are not responsible. Whoever asked reads your reason at the top of their list, and you see nothing new of this person.'],
  fields: (subject) => [
    { kind: 'choice', name: 'reason', label: 'Why?', missing: 'Select why you decline', options: optionsOf(handoffDeclineReasons, declineWords) },
    { kind: 'words', name: 'detail', label: 'What would help them to find somebody else?', rows: 3 },
    ...whenFields('When did you decline?', subject.now, offeredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'reason', 'detail'), ...moment(answers) }),
  button: 'Decline',
  done: 'declined',
};

export const withdraw: JourneyForm = {
  path: 'withdraw',
  about: 'handover',
  use: 'withdraw-handoff',
  title: (subject) => `Withdraw the handover to ${teamName(handoffOfSubject(subject).to, subject.now)}`,
  lead: () => ['They read that it was withdrawn and that they are not responsible.'],
  fields: () => [
    {
      kind: 'choice', name: 'reason', label: 'Why?', missing: 'Select why you withdraw it',
      options: optionsOf(withdrawalReasons.filter((reason) => reason !== 'acceptedElsewhere' && reason !== 'died'), withdrawalWords),
    },
  ],
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'reason') }),
  button: 'Withdraw',
  done: 'withdrawn',
};

export const actOn: JourneyForm = {
  path: 'act-on',
  about: 'handover',
  use: 'act-on-decline',
  title: () => 'You are dealing with this answer',
  lead: () => [
    'It leaves the top of your team’s list. The team that is responsible stays responsible.',
    'If somebody else is to be asked, offer the handover again instead: that says the same.',
  ],
  fields: () => [],
  body: (_, subject) => ids(subject),
  button: 'We are dealing with it',
  done: 'acted-on',
};

export const report: JourneyForm = {
  path: 'report',
  about: 'handover',
  use: 'report-handoff-answer',
  title: () => 'Record an answer given by telephone',
  lead: () => ['It shows as reported, not confirmed, until the other team confirms or denies it.'],
  fields: (subject) => [
    {
      kind: 'choice', name: 'answer', label: 'What was said?', missing: 'Select what was said',
      options: [{ value: 'accepted', text: 'Accepted' }, { value: 'declined', text: 'Declined' }],
    },
    { kind: 'choice', name: 'reason', label: 'Why was it declined?', missing: 'Select why it was declined', when: { field: 'answer', is: ['declined'] }, options: optionsOf(handoffDeclineReasons, declineWords) },
    { kind: 'text', name: 'spokenTo', label: 'Who said it?', hint: 'Name and role', missing: 'Enter who said it' },
    ...whenFields('When was it said?', subject.now, offeredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'answer', 'reason', 'spokenTo'), ...moment(answers) }),
  button: 'Record the answer',
  check: { title: 'Check the answer before you record it' },
  done: 'reported',
};

/** The account that the visitor's side has not confirmed or denied yet. */
const account = (subject: FormSubject) =>
  handoffOfSubject(subject).accounts.find(({ confirmed, disputed }) => !confirmed && !disputed)?.eventId;

export const confirm: JourneyForm = {
  path: 'confirm',
  about: 'handover',
  use: 'confirm-handoff-report',
  title: () => 'Confirm the answer given by telephone',
  lead: (subject) => {
    const handoff = handoffOfSubject(subject);
    const said = handoff.accounts.find(({ eventId }) => eventId === account(subject));
    return said
      ? [`${teamName(said.reportedBy, subject.now)} wrote down that it was ${said.answer} on ${dateAndTime(said.at)}, by ${subject.read(said.spokenTo) ?? 'somebody'}.`, 'Confirm it if that is what was said.']
      : ['There is nothing to confirm any more.'];
  },
  fields: () => [],
  body: (_, subject) => ({ ...ids(subject), report: account(subject) ?? handoffOfSubject(subject).accounts.at(-1)?.eventId }),
  button: 'Confirm',
  done: 'confirmed',
};

export const dispute: JourneyForm = {
  ...confirm,
  path: 'dispute',
  use: 'dispute-handoff-report',
  title: () => 'Deny the answer given by telephone',
  lead: (subject) => [
    ...(confirm.lead?.(subject).slice(0, 1) ?? []),
    'If that was not said, deny it: both accounts stand, and the team that offered the handover holds from now.',
  ],
  fields: () => [{ kind: 'words', name: 'detail', label: 'What was said instead?', rows: 3 }],
  body: (answers, subject) => ({ ...confirm.body(answers, subject), ...only(answers, 'detail') }),
  button: 'Deny it',
  done: 'disputed',
};

export const resolve: JourneyForm = {
  path: 'settle',
  about: 'handover',
  use: 'resolve-handoff-dispute',
  title: () => 'Settle who is responsible',
  lead: () => ['Ring the other team first. Both accounts stay to be seen.'],
  fields: (subject) => {
    const { from, to } = handoffOfSubject(subject);
    return [
      {
        kind: 'choice', name: 'holder', label: 'Who is responsible from now?', missing: 'Select who is responsible from now',
        options: [{ value: 'sender', text: teamName(from, subject.now) }, { value: 'receiver', text: teamName(to, subject.now) }],
      },
      { kind: 'text', name: 'agreedWith', label: 'Who agreed to it?', hint: 'Name and team', missing: 'Enter who agreed to it' },
    ];
  },
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'holder', 'agreedWith') }),
  button: 'Record what was settled',
  done: 'settled',
};

export const firstContact: JourneyForm = {
  path: 'first-contact',
  about: 'handover',
  use: 'record-first-contact',
  title: () => 'Record the first contact',
  lead: () => ['The first time that your team saw or spoke to the person after taking over.'],
  fields: (subject) => [
    { kind: 'choice', name: 'mode', label: 'How?', missing: 'Select how', options: optionsOf(contactModes, contactModeWords) },
    ...whenFields('When was it?', subject.now, heldFrom(subject.record, handoffOfSubject(subject))),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'mode'), ...moment(answers) }),
  button: 'Record',
  done: 'contacted',
};

export const handoverForms = [accept, decline, withdraw, actOn, report, confirm, dispute, resolve, firstContact] as const;
