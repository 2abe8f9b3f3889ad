/** What the receiver answers, and what it does first. */
import { asDescribed, handoffDeclineReasons, heldFrom, missingFromHandover } from '#pathway';
import {
  asDescribedWords,
  declineWords,
  missingWords,
  optionsOf,
  postedDay,
  postedMoment,
} from '#web';
import { teamName } from '../record/teams.js';
import { effectFields, ids, offeredAt, sharedOn } from './handover-fields.js';
import { handoffOfSubject, howField, moment, only, whenFields, whenNow, type JourneyForm } from './journey-form.js';

export const accept: JourneyForm = {
  path: 'accept',
  about: 'handover',
  use: 'accept-handoff',
  title: () => 'Accept this handover',
  lead: (subject) => [
    `From the moment it takes effect, ${teamName(handoffOfSubject(subject).to, subject.now)} is responsible for this person.`,
    sharedOn(subject),
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
  body: (answers, subject) => ({
    ...ids(subject),
    ...only(answers, 'effect', 'effectAt', 'expectedOn'),
    ...moment(answers),
  }),
  button: 'Accept: we take over',
  done: 'accepted',
};

export const decline: JourneyForm = {
  path: 'decline',
  about: 'handover',
  use: 'decline-handoff',
  title: () => 'Decline this handover',
  lead: (subject) => [
    'You are not responsible. Whoever asked reads your reason at the top of their list, and you see nothing new of this person.',
    sharedOn(subject),
  ],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why you decline',
      options: optionsOf(handoffDeclineReasons, declineWords),
    },
    { kind: 'words', name: 'detail', label: 'What would help them to find somebody else?', rows: 3 },
    ...whenFields('When did you decline?', subject.now, offeredAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'reason', 'detail'), ...moment(answers) }),
  button: 'Decline',
  done: 'declined',
};

export const firstContact: JourneyForm = {
  path: 'first-contact',
  about: 'handover',
  use: 'record-first-contact',
  title: () => 'Record the first contact',
  lead: () => ['The first time that your team saw or spoke to the person after taking over.'],
  fields: (subject) => [
    howField,
    ...whenFields('When was it?', subject.now, heldFrom(subject.record, handoffOfSubject(subject))),
    {
      kind: 'choice',
      name: 'asDescribed',
      label: 'Was the person as the handover described?',
      hint: `${teamName(handoffOfSubject(subject).from, subject.now)} reads your answer, so that the next handover is better.`,
      options: optionsOf(asDescribed, asDescribedWords),
    },
    {
      kind: 'list',
      name: 'missing',
      label: 'What was missing most, or was otherwise?',
      when: { field: 'asDescribed', is: ['partly', 'no'] },
      options: optionsOf(missingFromHandover, missingWords),
    },
    {
      kind: 'words',
      name: 'missingDetail',
      label: 'What should the handover have said?',
      rows: 3,
      when: { field: 'asDescribed', is: ['partly', 'no'] },
    },
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...ids(subject),
    ...only(answers, 'mode', 'asDescribed', 'missing', 'missingDetail'),
    ...moment(answers),
  }),
  button: 'Record',
  done: 'contacted',
};

export const answerForms = [accept, decline, firstContact] as const;
