/** Answers given by telephone or by a link: reported by one party, confirmed or denied by the other, settled by both (DESIGN 6). */
import { handoffDeclineReasons } from '#pathway';
import { declineWords, optionsOf } from '#web';
import { accountWords } from '../record/handover.view.js';
import { teamName } from '../record/teams.js';
import { ids, offeredAt } from './handover-fields.js';
import {
  handoffOfSubject,
  moment,
  only,
  whenFields,
  whenNow,
  type FormSubject,
  type JourneyForm,
} from './journey-form.js';

export const report: JourneyForm = {
  path: 'report',
  about: 'handover',
  use: 'report-handoff-answer',
  title: () => 'Record an answer given by telephone',
  lead: () => ['It shows as reported, not confirmed, until the other team confirms or denies it.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'answer',
      label: 'What was said?',
      missing: 'Select what was said',
      options: [
        { value: 'accepted', text: 'Accepted' },
        { value: 'declined', text: 'Declined' },
      ],
    },
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why was it declined?',
      missing: 'Select why it was declined',
      when: { field: 'answer', is: ['declined'] },
      options: optionsOf(handoffDeclineReasons, declineWords),
    },
    { kind: 'text', name: 'spokenTo', label: 'Who said it?', hint: 'Name and role', missing: 'Enter who said it' },
    ...whenFields('When was it said?', subject.now, offeredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...ids(subject),
    ...only(answers, 'answer', 'reason', 'spokenTo'),
    ...moment(answers),
  }),
  button: 'Record the answer',
  check: { title: 'Check the answer before you record it' },
  done: 'reported',
};

/** The account that the visitor's side has not confirmed or denied yet. */
const account = (subject: FormSubject) =>
  handoffOfSubject(subject).accounts.find(({ confirmed, disputed }) => !confirmed && !disputed);

const givenBy = (subject: FormSubject): string =>
  account(subject)?.strength === 'linkWithCode' ? 'given by a link with a code' : 'given by telephone';

export const confirm: JourneyForm = {
  path: 'confirm',
  about: 'handover',
  use: 'confirm-handoff-report',
  title: (subject) => `Confirm the answer ${givenBy(subject)}`,
  lead: (subject) => {
    const said = account(subject);
    return said
      ? [`${accountWords(handoffOfSubject(subject), said, subject)}.`, 'Confirm it if that is what was said.']
      : ['There is nothing to confirm any more.'];
  },
  fields: () => [],
  body: (_, subject) => ({
    ...ids(subject),
    report: account(subject)?.eventId ?? handoffOfSubject(subject).accounts.at(-1)?.eventId,
  }),
  button: 'Confirm',
  done: 'confirmed',
};

export const dispute: JourneyForm = {
  ...confirm,
  path: 'dispute',
  use: 'dispute-handoff-report',
  title: (subject) => `Deny the answer ${givenBy(subject)}`,
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
        kind: 'choice',
        name: 'holder',
        label: 'Who is responsible from now?',
        missing: 'Select who is responsible from now',
        options: [
          { value: 'sender', text: teamName(from, subject.now) },
          { value: 'receiver', text: teamName(to, subject.now) },
        ],
      },
      {
        kind: 'text',
        name: 'agreedWith',
        label: 'Who agreed to it?',
        hint: 'Name and team',
        missing: 'Enter who agreed to it',
      },
    ];
  },
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'holder', 'agreedWith') }),
  button: 'Record what was settled',
  done: 'settled',
};

export const telephoneForms = [report, confirm, dispute, resolve] as const;
