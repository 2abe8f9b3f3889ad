/** Putting an entry right (DESIGN 5): by another entry, which names it; what was written stays to be seen. */
import { correctionReasons } from '#pathway';
import { correctionWords, dateAndTime, optionsOf, postedMoment, type Field } from '#web';
import { entryTitle } from '../record/timeline.view.js';
import { contentBefore, contentChanged, contentFields, contentNow, wordsChanged } from './correctable.js';
import { only, type FormSubject, type JourneyForm } from './journey-form.js';

const entryOf = ({ entry }: FormSubject) => {
  if (!entry) throw new Error('this form is about an entry');
  return entry;
};

/** Such an entry is taken back whole, or moved on. */
const isMovedHere = (subject: FormSubject): boolean => entryOf(subject).type === 'EntryMovedIn';

/** An entry is on the journey, or on the person's own stream: a stay, a death. */
const where = (subject: FormSubject): object =>
  entryOf(subject).stream.startsWith('journey-')
    ? { journeyId: subject.journey.journeyId }
    : { personId: subject.record.personId };

const content = (subject: FormSubject): readonly Field[] => contentFields(subject, { field: 'wrong', is: 'content' });

export const correct: JourneyForm = {
  path: 'correct',
  about: 'entry',
  use: (answers) => (answers['wrong'] === 'all' ? 'mark-entry-in-error' : 'correct-entry'),
  title: () => 'Put an entry right',
  lead: (subject) => [
    `The entry: ${entryTitle(subject, entryOf(subject))}, ${dateAndTime(entryOf(subject).occurredAt)}.`,
    ...(isMovedHere(subject)
      ? ['It was moved here from another record. Taken back it counts on neither: where it is somebody else’s, move it on.']
      : []),
    'What was written stays to be seen. From now on the record counts what you enter here, and figures change with it.',
  ],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'wrong',
      label: 'What is wrong with it?',
      missing: 'Select what is wrong',
      options: [
        ...(isMovedHere(subject)
          ? []
          : [{ value: 'time', text: 'The time', hint: 'It happened, at another time' }]),
        ...(content(subject).length > 0
          ? [{ value: 'content', text: 'What it says', hint: 'It happened then, and not as it was written down' }]
          : []),
        { value: 'all', text: 'All of it', hint: 'It should never have been entered: it no longer counts' },
      ],
    },
    {
      kind: 'moment',
      name: 'happenedAt',
      label: 'When it really happened',
      missing: 'Enter when it really happened',
      when: { field: 'wrong', is: ['time'] },
      latest: subject.now,
    },
    ...content(subject),
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why is it wrong?',
      missing: 'Select why',
      options: optionsOf(correctionReasons, correctionWords),
    },
    { kind: 'words', name: 'detail', label: 'More about why', rows: 3 },
  ],
  prefill: (subject) => ({ ...postedMoment('happenedAt', entryOf(subject).occurredAt), ...contentNow(subject) }),
  body: (answers, subject) => ({
    ...where(subject),
    entry: entryOf(subject).eventId,
    ...only(answers, 'reason', 'detail', 'happenedAt'),
    ...(answers['wrong'] === 'content' && {
      fields: contentChanged(answers, subject),
      words: wordsChanged(answers, subject),
    }),
  }),
  button: 'Put it right',
  check: {
    title: 'Check before you put it right',
    more: (answers, subject) => contentBefore(answers, subject, content(subject)),
  },
  done: 'corrected',
};

export const entryForms = [correct] as const;
