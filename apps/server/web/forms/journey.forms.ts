/** Forms of a journey as a whole: its key worker, pausing, going on and closing. */
import { civilDate } from '#kernel';
import { closeReasons, pauseReasons } from '#pathway';
import { closeWords, optionsOf, pauseWords, type Field } from '#web';
import { idOf, moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

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

export const journeyForms = [keyWorker, pause, resume, close] as const;
