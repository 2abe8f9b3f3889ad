import { emergencyReasons, reviewOutcomes } from '#access';
import { emergencyReasonWords, optionsOf, reviewOutcomeWords, type Field } from '#web';

/** A code that can be counted, and words that can be judged (FACTS 6). */
export const openFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'reason',
    label: 'What is the emergency?',
    missing: 'Select what the emergency is',
    options: optionsOf(emergencyReasons, emergencyReasonWords),
  },
  {
    kind: 'words',
    name: 'words',
    label: 'What is happening, and what do you need to know?',
    missing: 'Enter what is happening: one sentence is enough',
    rows: 2,
    max: 2000,
  },
];

/** Where it was not simply right, somebody has to be able to act on it. */
export const reviewFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'outcome',
    label: 'Was it right to open this record?',
    missing: 'Select what you found',
    options: optionsOf(reviewOutcomes, reviewOutcomeWords),
  },
  { kind: 'words', name: 'words', label: 'What you found', missing: 'Enter what you found', rows: 3, max: 2000 },
];
