import { civilDate, isCivilDate, londonInstant } from '#kernel';
import { dateAndTime, longDate } from '../dates.js';
import { anchorOf, isAsked, type Field, type FieldProblem, type Posted } from './field.js';

/**
 * Answers by field: text trimmed, days as `YYYY-MM-DD`, moments as instants, a confirmed statement as `yes`. What was
 * not asked or left empty is absent.
 */
export type Answers = Readonly<Record<string, string>>;

export interface ReadForm {
  readonly answers: Answers;
  readonly problems: readonly FieldProblem[];
}

/** Reads what a browser sent. Every problem is told at once, in the order of the form. */
export function readForm(fields: readonly Field[], posted: Posted): ReadForm {
  const answers: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const field of fields) {
    if (!isAsked(field, answers)) continue;
    const { value, problem, part } = read(field, posted);
    if (value !== undefined) answers[field.name] = value;
    const text = problem ?? (value === undefined ? field.missing : undefined);
    if (text !== undefined) problems.push({ text, field: part ?? anchorOf(field) });
  }
  return { answers, problems };
}

interface Answer {
  readonly value?: string;
  readonly problem?: string;
  /** The part that is wrong, where the field has several. */
  readonly part?: string;
}

function read(field: Field, posted: Posted): Answer {
  const raw = (posted[field.name] ?? '').trim();
  switch (field.kind) {
    case 'text':
    case 'words': {
      if (raw === '') return {};
      const max = field.max ?? (field.kind === 'text' ? 200 : 4000);
      if (raw.length > max)
        return { problem: `${field.label} must be ${max.toLocaleString('en-GB')} characters or fewer` };
      const problem = field.kind === 'text' ? field.check?.(raw) : undefined;
      return problem === undefined ? { value: raw } : { problem };
    }
    case 'choice':
    case 'list':
      return field.options.some(({ value }) => value === raw) ? { value: raw } : {};
    case 'confirm':
      return raw === 'yes' ? { value: raw } : {};
    case 'day':
      return readDay(field, posted);
    case 'moment':
      return readMoment(field, posted);
  }
}

type Dated = Extract<Field, { kind: 'day' | 'moment' }>;

/** `07.05`, `7:05` and `0705` are how people write 07:05. */
const clockTime = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

function readDate({ name, label }: Dated, posted: Posted): Answer {
  const parts = ['day', 'month', 'year'].map((part) => ({ part, text: (posted[`${name}-${part}`] ?? '').trim() }));
  if (parts.every(({ text }) => text === '')) return {};
  const missing = parts.filter(({ text }) => text === '');
  if (missing[0]) {
    const names = missing.map(({ part }) => `a ${part}`).join(' and ');
    return { problem: `${label} must include ${names}`, part: `${name}-${missing[0].part}` };
  }
  const [day, month, year] = parts.map(({ text }) => text) as [string, string, string];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(value) ? { value } : { problem: `${label} must be a real date, like 27 3 2011` };
}

function readDay(field: Extract<Field, { kind: 'day' }>, posted: Posted): Answer {
  const read = readDate(field, posted);
  const { value } = read;
  if (value === undefined) return read;
  if (field.latest !== undefined && value > field.latest)
    return { problem: `${field.label} must be ${longDate(field.latest)} or before` };
  if (field.earliest !== undefined && value < field.earliest)
    return { problem: `${field.label} must be ${longDate(field.earliest)} or after` };
  return { value };
}

function readMoment(field: Extract<Field, { kind: 'moment' }>, posted: Posted): Answer {
  const { name, label, latest, earliest } = field;
  const date = readDate(field, posted);
  const time = (posted[`${name}-time`] ?? '').trim();
  if (date.problem !== undefined) return date;
  if (date.value === undefined) return time === '' ? {} : { problem: `${label} must include a date` };
  const [, hour, minute] = clockTime.exec(time) ?? [];
  if (hour === undefined) return { problem: `${label} must include a time, like 16:50`, part: `${name}-time` };
  const value = londonInstant(date.value, `${hour.padStart(2, '0')}:${minute}`);
  if (latest !== undefined && value > latest)
    return {
      problem: `${label} must not be later than ${dateAndTime(latest)}`,
      part: civilDate(latest) === date.value ? `${name}-time` : `${name}-day`,
    };
  if (earliest !== undefined && value < earliest)
    return { problem: `${label} must not be earlier than ${dateAndTime(earliest)}` };
  return { value };
}
