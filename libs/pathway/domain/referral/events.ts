import { defineEvent, OneOf, Ref, Sealed, Type } from '#kernel';
import { eligibilityAnswers, referralDeclineReasons, referrers, urgencies } from '../codes.js';
import { TeamThen } from '../fields.js';

const torbay = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' } as const;

export const ReferralMade = defineEvent({
  type: 'ReferralMade',
  version: 1,
  summary: 'Somebody asked a service to take a person onto a pathway; the journey begins here.',
  sensitivity: 'sealed',
  emittedBy: ['take-referral'],
  schema: Type.Object(
    {
      pathway: Ref('Pathway definition'),
      definitionVersion: Type.Integer({ minimum: 1, description: 'Version the journey runs under' }),
      definitionHash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of that version' }),
      referrer: OneOf(referrers, 'Who asked'),
      referredBy: Type.Optional(TeamThen('The referring team, where it is in the directory')),
      to: TeamThen('The service that was asked'),
      urgency: OneOf(urgencies, 'How soon'),
      reason: Sealed('Why, in the words of whoever asked'),
      eligibility: Type.Optional(
        Type.Array(
          Type.Object(
            {
              criterion: Type.String({
                pattern: '^[a-z][A-Za-z]{0,59}$',
                description: 'Criterion of the pathway, in that version',
              }),
              answer: OneOf(eligibilityAnswers, 'What was known of it then'),
            },
            { additionalProperties: false },
          ),
          { description: 'What was answered about the criteria of the pathway; absent where nobody was asked' },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  example: {
    pathway: 'torbay-older-people',
    definitionVersion: 1,
    definitionHash: '0'.repeat(64),
    referrer: 'generalPractitioner',
    to: torbay,
    urgency: 'soon',
    reason: 'sealed:v1:AAAA',
  },
});

export const ReferralAccepted = defineEvent({
  type: 'ReferralAccepted',
  version: 1,
  summary: 'The service took the referral; it now holds lead responsibility.',
  sensitivity: 'coded',
  emittedBy: ['take-referral', 'accept-referral'],
  schema: Type.Object(
    {
      team: TeamThen('The team that took it'),
      keyWorker: Type.Optional(Ref('Pseudonymous staff id of the key worker')),
    },
    { additionalProperties: false },
  ),
  example: { team: torbay, keyWorker: 'staff-0a1b2c' },
});

export const ReferralDeclined = defineEvent({
  type: 'ReferralDeclined',
  version: 1,
  summary: 'The service did not take the referral, and said why.',
  sensitivity: 'sealed',
  emittedBy: ['decline-referral'],
  schema: Type.Object(
    {
      team: TeamThen('The team that declined'),
      reason: OneOf(referralDeclineReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
    },
    { additionalProperties: false },
  ),
  example: { team: torbay, reason: 'outOfArea' },
});

export const ReferralRedirected = defineEvent({
  type: 'ReferralRedirected',
  version: 1,
  summary: 'The referral was passed to another service before anybody took it.',
  sensitivity: 'sealed',
  emittedBy: ['redirect-referral'],
  schema: Type.Object(
    {
      from: TeamThen('The team that passed it on'),
      to: TeamThen('The team asked now'),
      detail: Type.Optional(Sealed('Why')),
    },
    { additionalProperties: false },
  ),
  example: { from: torbay, to: { ...torbay, team: 'brixham-zone' } },
});

export const KeyWorkerNamed = defineEvent({
  type: 'KeyWorkerNamed',
  version: 1,
  summary: 'The responsible team named the key worker.',
  sensitivity: 'coded',
  emittedBy: ['name-key-worker'],
  schema: Type.Object(
    { team: TeamThen('The team'), keyWorker: Ref('Pseudonymous staff id') },
    { additionalProperties: false },
  ),
  example: { team: torbay, keyWorker: 'staff-0a1b2c' },
});

export const referralEvents = [
  ReferralMade,
  ReferralAccepted,
  ReferralDeclined,
  ReferralRedirected,
  KeyWorkerNamed,
] as const;
