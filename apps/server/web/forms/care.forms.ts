/** Forms of care under way: contacts, the care plan and its review. */
import { addDays, civilDate } from '#kernel';
import { definition } from '#pilots';
import { postedDay, type Option } from '#web';
import { howField, idOf, moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

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
    howField,
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

export const careForms = [contact, plan, review] as const;
