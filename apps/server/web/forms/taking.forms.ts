/** Forms of whoever was sent a referral: take it, decline it, pass it on. */
import { civilDate } from '#kernel';
import { referralDeclineReasons } from '#pathway';
import { teamsOf } from '#pilots';
import { optionsOf, referralDeclineWords, type Option } from '#web';
import { idOf, moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

const referredAt = ({ journey }: FormSubject) => journey.referral?.made.at;

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

export const takingForms = [takeReferral, declineReferral, passOn] as const;
