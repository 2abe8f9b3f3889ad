import type { Criterion, PathwayDefinition } from './schema.js';

/** What a criterion is about, as it stands at the head of its rule. */
export const criterionNames: Readonly<Record<Criterion['code'], string>> = {
  minimumAge: 'Age',
  livesIn: 'Where the person lives',
  registeredWith: 'Practice',
  diagnosis: 'Diagnosis',
  severity: 'How severe',
  agrees: 'Agreement',
};

/** When a rule that counts from a moment of the journey begins to. */
export const momentWords: Readonly<Record<PathwayDefinition['indexDate']['rule'], string>> = {
  referralMade: 'when the referral is made',
  referralAccepted: 'when a service takes the referral',
  planAgreed: 'when the first care plan is agreed',
};
