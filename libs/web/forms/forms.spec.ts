import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRenderer } from '../render.js';
import { postedFrom, type Field, type Posted } from './field.js';
import { answersGiven, carried, checkAnswers, formView, postedMoment } from './form-view.js';
import { readForm } from './read-form.js';

const fields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'risks',
    label: 'Risks',
    missing: 'Select whether there are risks',
    options: [
      { value: 'yes', text: 'Yes' },
      { value: 'noneKnown', text: 'None known' },
    ],
  },
  {
    kind: 'words',
    name: 'riskDetail',
    label: 'What the risks are',
    missing: 'Enter what the risks are',
    when: { field: 'risks', is: ['yes'] },
  },
  {
    kind: 'moment',
    name: 'at',
    label: 'When it was',
    missing: 'Enter when it was',
    latest: '2011-03-01T08:05:00.000Z',
  },
  { kind: 'day', name: 'until', label: 'Until', earliest: '2011-03-01' },
  { kind: 'text', name: 'who', label: 'Who said it', max: 10 },
];
const moment = (day: string, time: string): Posted => ({
  'at-day': day,
  'at-month': '3',
  'at-year': '2011',
  'at-time': time,
});
const right: Posted = { risks: 'noneKnown', ...moment('1', '7:30') };

const problemsOf = (posted: Posted) => readForm(fields, posted).problems;

describe('Reading a form', () => {
  it('tells every problem at once, each with the input to go to', () => {
    expect(problemsOf({})).toEqual([
      { text: 'Select whether there are risks', field: 'risks' },
      { text: 'Enter when it was', field: 'at-day' },
    ]);
  });

  it('asks a question only where its choice was made', () => {
    expect(problemsOf({ ...right, risks: 'yes' })).toEqual([{ text: 'Enter what the risks are', field: 'riskDetail' }]);
    expect(readForm(fields, { ...right, riskDetail: 'left over from before' }).answers).not.toHaveProperty(
      'riskDetail',
    );
  });

  it.each(['07:30', '7.30', '0730'])('reads the London time %s', (time) => {
    expect(readForm(fields, { ...right, ...moment('1', time) }).answers['at']).toBe('2011-03-01T07:30:00.000Z');
  });

  it('reads a time in summer as London shows it', () => {
    const [at] = [
      readForm([{ kind: 'moment', name: 'at', label: 'When' }], {
        'at-day': '1',
        'at-month': '7',
        'at-year': '2010',
        'at-time': '08:00',
      }).answers['at'],
    ];
    expect(at).toBe('2010-07-01T07:00:00.000Z');
  });

  it.each([
    [
      'a day that has not come yet',
      moment('31', '7:30'),
      { text: 'When it was must not be later than 1 March 2011 at 08:05', field: 'at-day' },
    ],
    [
      'a day that is in no month',
      { ...moment('31', '7:30'), 'at-month': '2' },
      { text: 'When it was must be a real date, like 27 3 2011', field: 'at-day' },
    ],
    [
      'a missing month',
      { ...moment('1', '7:30'), 'at-month': '' },
      { text: 'When it was must include a month', field: 'at-month' },
    ],
    ['a missing time', moment('1', ''), { text: 'When it was must include a time, like 16:50', field: 'at-time' }],
    [
      'a time that no clock shows',
      moment('1', '25:00'),
      { text: 'When it was must include a time, like 16:50', field: 'at-time' },
    ],
    [
      'a time to come',
      moment('1', '9:00'),
      { text: 'When it was must not be later than 1 March 2011 at 08:05', field: 'at-time' },
    ],
  ])('says what is wrong with %s', (_, posted, problem) => {
    expect(problemsOf({ ...right, ...posted })).toEqual([problem]);
  });

  it('takes no value that is not among the choices', () => {
    expect(problemsOf({ ...right, risks: 'perhaps' })).toEqual([
      { text: 'Select whether there are risks', field: 'risks' },
    ]);
  });

  it('says how long an answer may be', () => {
    expect(problemsOf({ ...right, who: 'somebody with a long name' })).toEqual([
      { text: 'Who said it must be 10 characters or fewer', field: 'who' },
    ]);
  });

  it('takes the last of what was sent twice, and nothing that is no text', () => {
    expect(postedFrom({ a: ['1', '2'], b: { c: '3' }, d: 'x\r\ny' })).toEqual({ a: '2', d: 'x\ny' });
  });
});

describe('Showing a form', () => {
  it('keeps what was sent, also where it was wrong, beside the problem', () => {
    const posted = { ...right, ...moment('32', '7:30') };
    const view = formView(fields, posted, problemsOf(posted)).find(({ name }) => name === 'at');
    expect(view?.error).toBe('When it was must be a real date, like 27 3 2011');
    expect(view?.parts?.map(({ value, wrong }) => [value, wrong])).toEqual([
      ['32', true],
      ['3', true],
      ['2011', true],
      ['7:30', false],
    ]);
  });

  it('puts a question under the choice that asks it', () => {
    const [risks] = formView(fields, {}, []);
    expect(risks?.options?.map(({ reveals }) => reveals.map(({ name }) => name))).toEqual([['riskDetail'], []]);
  });

  it('shows the answers in words before anything is done', () => {
    const { answers } = readForm(fields, right);
    expect(checkAnswers(fields, answers).map(({ label, text }) => [label, text])).toEqual([
      ['Risks', 'None known'],
      ['When it was', '1 March 2011 at 07:30'],
      ['Until', 'Nothing entered'],
      ['Who said it', 'Nothing entered'],
    ]);
  });

  it('names in one line what was left empty, with the way to the first of it', () => {
    const { answers } = readForm(fields, right);
    expect(answersGiven(fields, answers)).toEqual([
      { label: 'Risks', text: 'None known', anchor: 'risks' },
      { label: 'When it was', text: '1 March 2011 at 07:30', anchor: 'at-day' },
      { label: 'Left empty', text: 'Until, who said it', anchor: 'until-day' },
    ]);
  });

  it('does not show a choice that only led to another question', () => {
    const options = [{ value: 'other', text: 'Something else', onlyLeads: true as const }];
    const led: readonly Field[] = [
      { kind: 'choice', name: 'ask', label: 'Ask', options },
      { kind: 'words', name: 'asked', label: 'What it is', when: { field: 'ask', is: ['other'] } },
    ];
    expect(checkAnswers(led, { ask: 'other', asked: 'A sitter' }).map(({ label }) => label)).toEqual(['What it is']);
  });

  it('carries only what belongs to the form', () => {
    expect(carried(fields, { ...right, _csrf: 'token', other: 'x' })).toEqual(right);
  });

  it('fills a moment in as London shows it', () => {
    expect(postedMoment('at', '2010-07-01T07:05:00.000Z')).toEqual({
      'at-day': '1',
      'at-month': '7',
      'at-year': '2010',
      'at-time': '08:05',
    });
  });

  it('escapes what people type, and keeps its lines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'form-'));
    writeFileSync(join(folder, 'page.njk'), '{% from "macros/form.njk" import formFields %}{{ formFields(fields) }}');
    const html = createRenderer([folder])('page.njk', {
      fields: formView(fields, { risks: 'yes', riskDetail: '<script>\n  "x"\n</script>' }, []),
    });
    rmSync(folder, { recursive: true });
    expect(html).toContain('&lt;script&gt;\n  &quot;x&quot;\n&lt;/script&gt;</textarea>');
  });
});
