/** What several forms of a handover share. */
import { takesEffect } from '#pathway';
import { effectWords, optionsOf, type Field } from '#web';
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

export const offeredAt = (subject: FormSubject) => handoffOfSubject(subject).offered.at;
