import type { Instant, RecordedEvent } from '#kernel';
import { contactModes, type Handoff } from '#pathway';
import { contactModeWords, optionsOf, type Answers, type CheckedAnswer, type Field, type Posted } from '#web';
import type { Subject } from '../record/subject.js';

/** What a form is about. */
export interface FormSubject extends Subject {
  /** On forms of a handover. */
  readonly handoff?: Handoff;
  /** On forms of one entry of the record. */
  readonly entry?: RecordedEvent;
  /** Choices that stand in the address. */
  readonly query: Posted;
}

/** A form that changes a record: what it asks and the command that its answers become. */
export interface JourneyForm {
  /** The last part of its address. */
  readonly path: string;
  readonly about: 'journey' | 'handover' | 'entry';
  /** Name of the use case, where it is one whatever was answered. */
  readonly use: string | ((answers: Answers) => string);
  title(subject: FormSubject): string;
  /** What will come of it, in a sentence or two. */
  lead?(subject: FormSubject): readonly string[];
  fields(subject: FormSubject): readonly Field[];
  /** Answers that are there when it opens. */
  prefill?(subject: FormSubject): Posted;
  body(answers: Answers, subject: FormSubject): object;
  /** What is done by it; where the answers are checked first, on the page on which they are. */
  readonly button: string;
  /** Where the answers are read through before anything is done. */
  readonly check?: {
    readonly title: string | ((subject: FormSubject) => string);
    /** For which answers; for all when absent. */
    when?(answers: Answers, subject: FormSubject): boolean;
    /** Beyond the answers themselves, such as deadlines that follow from them. */
    more?(answers: Answers, subject: FormSubject): readonly Pick<CheckedAnswer, 'label' | 'text'>[];
  };
  /** Key of the words on the next page. */
  readonly done: string;
}

export const idOf = ({ journey }: FormSubject) => ({ journeyId: journey.journeyId });

export const handoffOfSubject = ({ handoff }: FormSubject): Handoff => {
  if (!handoff) throw new Error('this form is about a handover');
  return handoff;
};

/** A value of the record as a form has it: words in the clear. */
export const inTheClear = (value: string, read: FormSubject['read']): string =>
  value.startsWith('sealed:') ? (read(value) ?? '') : value;

/** As it was meant: a browser sends line ends of its own. */
export const asTyped = (text: string | undefined): string | undefined => text?.replaceAll('\r\n', '\n').trim();

/** In what way the person was seen or spoken to. */
export const howField: Field = {
  kind: 'choice',
  name: 'mode',
  label: 'How?',
  missing: 'Select how',
  options: optionsOf(contactModes, contactModeWords),
};

/** "When was that?": now, or earlier and entered late (DESIGN 5). */
export const whenFields = (label: string, now: Instant, earliest?: Instant): readonly Field[] => [
  {
    kind: 'choice',
    name: 'when',
    label,
    missing: 'Select when it was',
    options: [
      { value: 'now', text: 'Now' },
      { value: 'earlier', text: 'Earlier', hint: 'It is recorded as late, and clocks use the time you give' },
    ],
  },
  {
    kind: 'moment',
    name: 'occurredAt',
    label: 'Date and time',
    missing: 'Enter the date and time at which it was',
    when: { field: 'when', is: ['earlier'] },
    latest: now,
    ...(earliest !== undefined && { earliest }),
  },
];

export const whenNow: Posted = { when: 'now' };

/** A time that somebody wrote down is known to the minute. */
export const moment = ({ occurredAt }: Answers): object =>
  occurredAt === undefined ? {} : { occurredAt, precision: 'minute' };

/** The fields of a command that were answered. */
export const only = (answers: Answers, ...names: readonly string[]): object =>
  Object.fromEntries(names.flatMap((name) => (answers[name] === undefined ? [] : [[name, answers[name]]])));
