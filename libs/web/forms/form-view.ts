import { civilDate, wallClock, type CivilDate, type Instant } from '#kernel';
import { dateAndTime, longDate } from '../dates.js';
import { inSentence } from '../words.js';
import { anchorOf, isAsked, type Field, type FieldProblem, type Option, type Posted } from './field.js';
import type { Answers } from './read-form.js';

/** One field as templates/macros/form.njk draws it. */
export interface FieldView {
  readonly kind: Field['kind'];
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional: boolean;
  /** Text as it was sent, also where it was wrong. */
  readonly value: string;
  readonly error?: string;
  readonly options?: readonly (Option & { readonly reveals: readonly FieldView[] })[];
  readonly inline?: boolean;
  readonly statement?: string;
  readonly width?: number;
  readonly rows?: number;
  readonly inputmode?: string;
  readonly autocomplete?: string;
  readonly parts?: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly width: number;
    readonly wrong: boolean;
  }[];
}

/** Fields with what was sent in them. A field asked only after a choice stands under that choice. */
export function formView(
  fields: readonly Field[],
  posted: Posted,
  problems: readonly FieldProblem[],
): readonly FieldView[] {
  const view = (field: Field): FieldView => {
    const { kind, name, label, hint, missing } = field;
    const error = problems.find(({ field: id }) => id === name || (id?.startsWith(`${name}-`) && isPartOf(field, id)));
    return {
      kind,
      name,
      label,
      ...(hint !== undefined && { hint }),
      optional: missing === undefined,
      value: posted[name] ?? '',
      ...(error && { error: error.text }),
      ...particular(field, posted, error?.field),
      ...('options' in field && {
        options: field.options.map((option) => ({ ...option, reveals: revealedBy(name, option.value).map(view) })),
      }),
    };
  };
  /** Where several choices lead to the same question, it stands once, after the last of them. */
  const revealedBy = (name: string, value: string): readonly Field[] =>
    fields.filter(({ when }) => when?.field === name && when.is.at(-1) === value && when.is.length === 1);
  return fields.filter(({ when }) => !when || when.is.length > 1).map(view);
}

const isPartOf = (field: Field, id: string): boolean =>
  (field.kind === 'day' || field.kind === 'moment') &&
  ['day', 'month', 'year', 'time'].some((part) => id === `${field.name}-${part}`);

function particular(field: Field, posted: Posted, wrong: string | undefined): Partial<FieldView> {
  switch (field.kind) {
    case 'text':
      return {
        ...(field.width !== undefined && { width: field.width }),
        ...(field.inputmode && { inputmode: field.inputmode }),
        ...(field.autocomplete && { autocomplete: field.autocomplete }),
      };
    case 'words':
      return { rows: field.rows ?? 4 };
    case 'choice':
      return { inline: field.inline ?? false };
    case 'confirm':
      return { statement: field.statement };
    case 'list':
      return {};
    case 'day':
    case 'moment': {
      const part = (name: string, label: string, width: number) => {
        const id = `${field.name}-${name}`;
        const isWrong = wrong === id || (wrong === anchorOf(field) && name !== 'time');
        return { name: id, label, width, value: posted[id] ?? '', wrong: isWrong };
      };
      const date = [part('day', 'Day', 2), part('month', 'Month', 2), part('year', 'Year', 4)];
      return { parts: field.kind === 'day' ? date : [...date, part('time', 'Time', 5)] };
    }
  }
}

/** Answers as a browser would send them: to show a form that is filled in already. */
export const postedDay = (name: string, day: CivilDate): Posted => {
  const [year, month, date] = day.split('-').map((part) => String(Number(part))) as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};

export const postedMoment = (name: string, at: Instant): Posted => ({
  ...postedDay(name, civilDate(at)),
  [`${name}-time`]: wallClock(at),
});

export interface CheckedAnswer {
  readonly label: string;
  readonly text: string;
  /** The input to go back to. */
  readonly anchor: string;
}

/** The answers in words, in the order of the form, for the page on which they are checked before anything is done. */
export const checkAnswers = (fields: readonly Field[], answers: Answers): readonly CheckedAnswer[] =>
  fields
    .filter((field) => isAsked(field, answers) && !onlyLeads(field, answers[field.name]))
    .map((field) => ({
      label: field.summary ?? field.label,
      text: inWords(field, answers[field.name]),
      anchor: anchorOf(field),
    }));

/** The same, with what was left empty in one line at their end: it is seen, and not read one by one. */
export function answersGiven(fields: readonly Field[], answers: Answers): readonly CheckedAnswer[] {
  const empty = fields.filter((field) => isAsked(field, answers) && answers[field.name] === undefined);
  const [first, ...more] = empty.map((field) => field.summary ?? field.label);
  const given = checkAnswers(fields, answers).filter(({ anchor }) => !empty.some((field) => anchorOf(field) === anchor));
  return first === undefined
    ? given
    : [...given, { label: 'Left empty', text: [first, ...more.map(inSentence)].join(', '), anchor: anchorOf(empty[0]!) }];
}

const onlyLeads = (field: Field, value: string | undefined): boolean =>
  field.kind === 'choice' && field.options.some((option) => option.value === value && option.onlyLeads === true);

function inWords(field: Field, value: string | undefined): string {
  if (value === undefined) return 'Nothing entered';
  switch (field.kind) {
    case 'choice':
    case 'list':
      return field.options.find((option) => option.value === value)?.text ?? value;
    case 'confirm':
      return field.statement;
    case 'day':
      return longDate(value);
    case 'moment':
      return dateAndTime(value);
    default:
      return value;
  }
}

/** Everything that was sent for these fields, to be carried by the check page in hidden inputs. */
export function carried(fields: readonly Field[], posted: Posted): Posted {
  const names = new Set(
    fields.flatMap((field) => [field.name, ...['day', 'month', 'year', 'time'].map((part) => `${field.name}-${part}`)]),
  );
  return Object.fromEntries(Object.entries(posted).filter(([name]) => names.has(name)));
}
