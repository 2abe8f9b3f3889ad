/** Forms of a journey: who does what, contacts, plans, pausing and ending. */
import { addDays, civilDate } from '#kernel';
import { closeReasons, contactModes, pauseReasons, referralDeclineReasons } from '#pathway';
import { definition, teamsOf } from '#pilots';
import {
  closeWords,
  contactModeWords,
  optionsOf,
  pauseWords,
  postedDay,
  referralDeclineWords,
  type Field,
  type Option,
} from '#web';
import { moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

const idOf = ({ journey }: FormSubject) => ({ journeyId: journey.journeyId });
const referredAt = ({ journey }: FormSubject) => journey.referral?.made.at;
const takenAt = ({ journey }: FormSubject) => journey.referral?.accepted?.at;

/** Us first: members of staff are known by their pseudonymous ids alone. */
const keyWorkerField = (subject: FormSubject): readonly Field[] => [
  {
    kind: 'choice',
    name: 'who',
    label: 'Who is the key worker?',
    missing: 'Select who is the key worker',
    options: [
      { value: 'me', text: `${subject.principal.name} (you)` },
      { value: 'other', text: 'Somebody else' },
    ],
  },
  {
    kind: 'text',
    name: 'keyWorker',
    label: 'Their staff id',
    hint: 'Like staff-0a1b2c',
    missing: 'Enter their staff id',
    when: { field: 'who', is: ['other'] },
    width: 20,
    check: (value) =>
      /^[a-z0-9][a-z0-9-]{0,79}$/.test(value)
        ? undefined
        : 'A staff id has small letters, digits and hyphens, like staff-0a1b2c',
  },
];

export const keyWorker: JourneyForm = {
  path: 'key-worker',
  about: 'journey',
  use: 'name-key-worker',
  title: () => 'Name the key worker',
  fields: (subject) => [...keyWorkerField(subject), ...whenFields('Since when?', subject.now, takenAt(subject))],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...idOf(subject),
    keyWorker: answers['keyWorker'] ?? subject.principal.actor.staff,
    ...moment(answers),
  }),
  button: 'Name the key worker',
  done: 'key-worker',
};

export const takeReferral: JourneyForm = {
  path: 'take-referral',
  about: 'journey',
  use: 'accept-referral',
  title: () => 'Take this referral',
  lead: () => ['Your team is responsible from then on.'],
  fields: (subject) => whenFields('When did you take it?', subject.now, referredAt(subject)),
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...moment(answers) }),
  button: 'Take the referral',
  done: 'referral-taken',
};

export const declineReferral: JourneyForm = {
  path: 'decline-referral',
  about: 'journey',
  use: 'decline-referral',
  title: () => 'Decline this referral',
  lead: () => ['Whoever asked is told why. Nobody is responsible until another team takes it.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why you decline',
      options: optionsOf(referralDeclineReasons, referralDeclineWords),
    },
    { kind: 'words', name: 'detail', label: 'More about why', rows: 3 },
    ...whenFields('When did you decline?', subject.now, referredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'reason', 'detail'), ...moment(answers) }),
  button: 'Decline the referral',
  done: 'referral-declined',
};

const teamOptions = ({ journey, now }: FormSubject): readonly Option[] =>
  journey.pilot === undefined
    ? []
    : teamsOf(journey.pilot, civilDate(now)).map(({ id, name, telephone }) => ({
        value: id,
        text: `${name}, ${telephone}`,
      }));

export const passOn: JourneyForm = {
  path: 'pass-on',
  about: 'journey',
  use: 'redirect-referral',
  title: () => 'Pass this referral on',
  lead: () => ['The team you pass it to finds it on its list. Until somebody takes it, nobody has accepted.'],
  fields: (subject) => [
    { kind: 'list', name: 'to', label: 'To which team?', missing: 'Select a team', options: teamOptions(subject) },
    { kind: 'words', name: 'detail', label: 'Why?', rows: 3 },
    ...whenFields('When did you pass it on?', subject.now, referredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'to', 'detail'), ...moment(answers) }),
  button: 'Pass it on',
  done: 'passed-on',
};

/** Kinds that the pathway knows, such as equipment or meals. */
const contactKinds = ({ journey }: FormSubject): readonly Option[] =>
  definition(journey.pathway, journey.definitionVersion)?.contactKinds.map(({ code, title }) => ({
    value: code,
    text: title,
  })) ?? [];

export const contact: JourneyForm = {
  path: 'contact',
  about: 'journey',
  use: 'record-contact',
  title: () => 'Record a contact',
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'mode',
      label: 'How?',
      missing: 'Select how',
      options: optionsOf(contactModes, contactModeWords),
    },
    { kind: 'list', name: 'kind', label: 'What was it?', options: contactKinds(subject) },
    { kind: 'words', name: 'note', label: 'What was found or done' },
    ...whenFields('When was it?', subject.now),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'mode', 'kind', 'note'), ...moment(answers) }),
  button: 'Record the contact',
  done: 'contact',
};

const reviewDay = ({ journey, now }: FormSubject): string =>
  addDays(civilDate(now), definition(journey.pathway, journey.definitionVersion)?.planReview.everyDays ?? 91);

export const plan: JourneyForm = {
  path: 'care-plan',
  about: 'journey',
  use: 'agree-care-plan',
  title: () => 'Agree a care plan',
  fields: (subject) => [
    {
      kind: 'words',
      name: 'goals',
      label: 'What matters to the person, and what is to be done',
      missing: 'Enter what matters to the person and what is to be done',
      rows: 6,
    },
    {
      kind: 'day',
      name: 'reviewBy',
      label: 'Review by',
      missing: 'Enter the day by which it is reviewed',
      earliest: civilDate(subject.now),
    },
    ...whenFields('When was it agreed?', subject.now),
  ],
  prefill: (subject) => ({ ...whenNow, ...postedDay('reviewBy', reviewDay(subject)) }),
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'goals', 'reviewBy'), ...moment(answers) }),
  button: 'Record the plan',
  done: 'plan',
};

const planNow = ({ record, journey }: FormSubject) =>
  record.plans.findLast(({ journeyId, endedAt }) => journeyId === journey.journeyId && endedAt === undefined);

export const review: JourneyForm = {
  path: 'review-plan',
  about: 'journey',
  use: 'review-care-plan',
  title: () => 'Review the care plan',
  fields: (subject) => [
    { kind: 'words', name: 'changes', label: 'What changes', hint: 'Leave it empty where nothing changes' },
    {
      kind: 'day',
      name: 'reviewBy',
      label: 'Next review by',
      missing: 'Enter the day of the next review',
      earliest: civilDate(subject.now),
    },
    ...whenFields('When was it reviewed?', subject.now, planNow(subject)?.agreed.at),
  ],
  prefill: (subject) => ({ ...whenNow, ...postedDay('reviewBy', reviewDay(subject)) }),
  body: (answers, subject) => ({
    ...idOf(subject),
    plan: planNow(subject)?.plan,
    ...only(answers, 'changes', 'reviewBy'),
    ...moment(answers),
  }),
  button: 'Record the review',
  done: 'reviewed',
};

export const pause: JourneyForm = {
  path: 'pause',
  about: 'journey',
  use: 'pause-journey',
  title: () => 'Pause this journey',
  lead: () => ['The team that is responsible stays responsible.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why it is paused',
      options: optionsOf(pauseReasons, pauseWords),
    },
    {
      kind: 'day',
      name: 'until',
      label: 'Until when?',
      earliest: civilDate(subject.now),
      hint: 'Leave it empty where no day is known',
    },
    ...whenFields('Since when?', subject.now, takenAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'reason', 'until'), ...moment(answers) }),
  button: 'Pause',
  done: 'paused',
};

export const resume: JourneyForm = {
  path: 'resume',
  about: 'journey',
  use: 'resume-journey',
  title: () => 'Go on with this journey',
  fields: (subject) => whenFields('Since when?', subject.now, subject.journey.paused?.at),
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...moment(answers) }),
  button: 'Go on',
  done: 'resumed',
};

export const close: JourneyForm = {
  path: 'close',
  about: 'journey',
  use: 'close-journey',
  title: () => 'Close this journey',
  lead: () => ['Nobody is responsible under it any more. Open offers stop. A new referral begins a new journey.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why it ends',
      options: optionsOf(
        closeReasons.filter((reason) => reason !== 'died'),
        closeWords,
      ),
    },
    {
      kind: 'text',
      name: 'agreedWith',
      label: 'With whom was it agreed?',
      hint: 'The person, their carer, the other teams',
      missing: 'Enter with whom it was agreed',
    },
    ...whenFields('When did it end?', subject.now, takenAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...idOf(subject), ...only(answers, 'reason', 'agreedWith'), ...moment(answers) }),
  button: 'Close the journey',
  check: { title: 'Check before you close the journey' },
  done: 'closed',
};

export const journeyForms = [
  keyWorker,
  takeReferral,
  declineReferral,
  passOn,
  contact,
  plan,
  review,
  pause,
  resume,
  close,
] as const;
