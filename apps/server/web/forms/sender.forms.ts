/** What the sender does with an offer that was made. */
import { withdrawalReasons } from '#pathway';
import { optionsOf, withdrawalWords } from '#web';
import { teamName } from '../record/teams.js';
import { ids } from './handover-fields.js';
import { handoffOfSubject, only, type JourneyForm } from './journey-form.js';

export const withdraw: JourneyForm = {
  path: 'withdraw',
  about: 'handover',
  use: 'withdraw-handoff',
  title: (subject) => `Withdraw the handover to ${teamName(handoffOfSubject(subject).to, subject.now)}`,
  lead: () => ['They read that it was withdrawn and that they are not responsible.'],
  fields: () => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why you withdraw it',
      options: optionsOf(
        withdrawalReasons.filter((reason) => reason !== 'acceptedElsewhere' && reason !== 'died'),
        withdrawalWords,
      ),
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

export const endLink: JourneyForm = {
  path: 'end-answer-link',
  about: 'handover',
  use: 'end-answer-link',
  title: (subject) => `End the link for ${teamName(handoffOfSubject(subject).to, subject.now)} to answer with`,
  lead: () => [
    'Nobody can read the offer or answer it with the link any more, and whoever has it reads that it has ended. The offer itself stays open.',
  ],
  fields: () => [],
  body: (_, subject) => ids(subject),
  button: 'End the link',
  done: 'link-ended',
};

export const senderForms = [withdraw, actOn, endLink] as const;
