/** What several forms of a handover share. */
import { takesEffect } from '#pathway';
import { agreementWords, effectWords, inSentence, optionsOf, overridingWords, sharingWords, type Field } from '#web';
import { handoffOfSubject, type FormSubject } from './journey-form.js';

export const effectFields = (label: string): readonly Field[] => [
  {
    kind: 'choice',
    name: 'effect',
    label,
    missing: 'Select when it takes effect',
    options: optionsOf(takesEffect, effectWords),
  },
  {
    kind: 'moment',
    name: 'effectAt',
    label: 'From when',
    missing: 'Enter the date and time from which it takes effect',
    when: { field: 'effect', is: ['atTime'] },
  },
  {
    kind: 'day',
    name: 'expectedOn',
    label: 'Day the person is expected to leave hospital',
    when: { field: 'effect', is: ['atDischarge'] },
    hint: 'Leave it empty where no day is known',
  },
];

export const ids = (subject: FormSubject) => ({
  journeyId: subject.journey.journeyId,
  handoffId: handoffOfSubject(subject).handoffId,
});

/** What whoever answers has to have read: agreement, and by what they are told at all (FACTS 6). */
export function sharedOn(subject: FormSubject): string {
  const { agreement, sharing, despite } = handoffOfSubject(subject).contents;
  const all = despite ? ` Shared although the person did not consent: ${inSentence(overridingWords[despite])}.` : '';
  return `${agreementWords[agreement]}. Basis for sharing: ${inSentence(sharingWords[sharing])}.${all}`;
}

export const offeredAt = (subject: FormSubject) => handoffOfSubject(subject).offered.at;
