import {
  carried,
  answersGiven,
  formView,
  type Answers,
  type CheckedAnswer,
  type Field,
  type FieldProblem,
  type FieldView,
  type Posted,
} from '#web';
import type { FormSubject, JourneyForm } from '../forms/journey-form.js';
import { seenNow } from './since-opened.js';
import { personView, type PersonView } from '../record/person.view.js';

export interface FormPage {
  readonly person: PersonView;
  readonly heading: string;
  readonly lead: readonly string[];
  readonly fields: readonly FieldView[];
  readonly button: string;
  readonly action: string;
  readonly hidden: Posted;
  readonly back: string;
}

export interface CheckPage {
  readonly person: PersonView;
  readonly heading: string;
  readonly lead: readonly string[];
  readonly answers: readonly CheckedAnswer[];
  readonly more: readonly Pick<CheckedAnswer, 'label' | 'text'>[];
  readonly button: string;
  readonly action: string;
  readonly hidden: Posted;
  readonly back: string;
}

interface Sent {
  readonly posted: Posted;
  readonly formId: string;
  readonly action: string;
}

export const backTo = ({ journey, handoff }: FormSubject): string =>
  handoff ? `/journeys/${journey.journeyId}/handovers/${handoff.handoffId}` : `/journeys/${journey.journeyId}`;

export function formPage(
  form: JourneyForm,
  subject: FormSubject,
  fields: readonly Field[],
  sent: Sent & { problems: readonly FieldProblem[] },
): FormPage {
  const { record, identity, now } = subject;
  return {
    person: personView(record, identity, now),
    heading: form.title(subject),
    lead: form.lead?.(subject) ?? [],
    fields: formView(fields, sent.posted, sent.problems),
    button: form.check && !form.check.when ? 'Continue' : form.button,
    action: sent.action,
    hidden: { _form: sent.formId, ...seenNow(subject) },
    back: backTo(subject),
  };
}

export function checkPage(
  form: JourneyForm,
  subject: FormSubject,
  fields: readonly Field[],
  sent: Sent & { answers: Answers },
): CheckPage {
  const { record, identity, now } = subject;
  return {
    person: personView(record, identity, now),
    heading: checkTitle(form, subject),
    lead: form.lead?.(subject) ?? [],
    answers: answersGiven(fields, sent.answers),
    more: form.check?.more?.(sent.answers, subject) ?? [],
    button: form.button,
    action: sent.action,
    hidden: { _form: sent.formId, ...seenNow(subject), ...carried(fields, sent.posted) },
    back: backTo(subject),
  };
}

function checkTitle({ check, title }: JourneyForm, subject: FormSubject): string {
  if (!check) return title(subject);
  return typeof check.title === 'string' ? check.title : check.title(subject);
}
