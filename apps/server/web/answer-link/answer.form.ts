/** What whoever has the link answers. Accepted is what was asked for: nothing else is agreed without an account. */
import { handoffDeclineReasons } from '#pathway';
import { declineWords, optionsOf, type Field } from '#web';

export const CODE_DIGITS = 6;

export const codeField: Field = {
  kind: 'text',
  name: 'code',
  label: 'Code',
  hint: `The ${CODE_DIGITS} digits that you were told on the telephone`,
  missing: `Enter the ${CODE_DIGITS} digits that you were told on the telephone`,
  width: 10,
  inputmode: 'numeric',
  check: (text) =>
    codeIn(text) === undefined ? `Enter the ${CODE_DIGITS} digits that you were told on the telephone` : undefined,
};

/** `123 456` and `123-456` are how people write it. */
export const codeIn = (text: string): string | undefined => /^\d{6}$/.exec(text.replace(/[\s-]/g, ''))?.[0];

export const answerFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'answer',
    label: 'Do you take over?',
    missing: 'Select whether you accept or decline',
    options: [
      { value: 'accepted', text: 'Accept: we take over', hint: 'As asked above, from the moment it takes effect' },
      { value: 'declined', text: 'Decline', hint: 'You are not responsible' },
    ],
  },
  {
    kind: 'choice',
    name: 'reason',
    label: 'Why do you decline?',
    missing: 'Select why you decline',
    when: { field: 'answer', is: ['declined'] },
    options: optionsOf(handoffDeclineReasons, declineWords),
  },
  {
    kind: 'words',
    name: 'detail',
    label: 'What would help them to find somebody else?',
    rows: 3,
    when: { field: 'answer', is: ['declined'] },
  },
  { kind: 'text', name: 'saidBy', label: 'Your name and role', missing: 'Enter your name and role' },
  {
    kind: 'text',
    name: 'reachedOn',
    label: 'Telephone number on which you can be reached',
    missing: 'Enter a telephone number on which you can be reached',
    width: 20,
    inputmode: 'tel',
  },
];
