/** Emergency access (DESIGN 7): opened with a reason, seen, ended, reviewed. Every view under it is a `RecordViewed`. */
import { Day, defineEvent, Moment, OneOf, Ref, Sealed, Type, Uuid, type EventsOf } from '#kernel';

/** Why the glass was broken. Ours `[M]`: no national list is known to us. */
export const emergencyReasons = [
  'lifeAtRisk',
  'urgentCare',
  'safeguarding',
  'teamNotReached',
  'other',
] as const;
export type EmergencyReason = (typeof emergencyReasons)[number];

export const reviewOutcomes = ['justified', 'notJustified', 'needsFollowUp'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

const closed = { additionalProperties: false } as const;
/** Events of access name people in a list; here it is one. */
const people = Type.Array(Uuid('Person'), { minItems: 1, maxItems: 1, description: 'Whose record it is' });
const page = Type.String({ minLength: 1, maxLength: 200, description: 'Page on which it was done' });
const access = Uuid('The emergency access: everything under it names it');
const journey = Uuid('The journey');
const told = Type.Array(
  Type.Object({ team: Ref('Team in the dated directory'), organisation: Ref('Organisation of the team then') }, closed),
  { maxItems: 10, description: 'Teams that hold or held last: they are told, and review it' },
);

const anAccess = '5b7c2d6e-0000-4000-8000-000000000002';
const aPerson = '0f8a1c9e-5b1d-5f43-9a53-0d1f4f6b2c77';
const about = { page: 'emergency-access', access: anAccess, journey: aPerson, people: [aPerson] };
const common = { version: 1, emittedBy: ['access-log'] } as const;

export const EmergencyAccessOpened = defineEvent({
  ...common,
  type: 'EmergencyAccessOpened',
  sensitivity: 'sealed',
  summary: 'Somebody with no part in a journey opened it in an emergency, and said why; the team that holds is told.',
  schema: Type.Object(
    {
      page,
      access,
      journey,
      people,
      pilot: Type.Optional(Ref('Pilot of the journey')),
      reason: OneOf(emergencyReasons, 'Why'),
      words: Type.Optional(Sealed('Why, in their words; absent where the key of the person was destroyed')),
      until: Moment('When it ends by itself'),
      reviewBy: Day('Day by which it is to be reviewed'),
      rule: Type.Integer({ minimum: 1, description: 'Version of the rule that gave both' }),
      told,
    },
    closed,
  ),
  example: {
    ...about,
    pilot: 'torbay',
    reason: 'lifeAtRisk',
    words: 'sealed:v1:AAAA',
    until: '2026-11-25T14:05:00.000Z',
    reviewBy: '2026-11-30',
    rule: 1,
    told: [{ team: 'torbay-north-zone', organisation: 'torbay-care-trust' }],
  },
});

export const EmergencyAccessEnded = defineEvent({
  ...common,
  type: 'EmergencyAccessEnded',
  sensitivity: 'coded',
  summary: 'Whoever opened a record in an emergency closed it again, before its time was over.',
  schema: Type.Object({ page, access, journey, people }, closed),
  example: about,
});

export const EmergencyAccessReviewed = defineEvent({
  ...common,
  type: 'EmergencyAccessReviewed',
  sensitivity: 'sealed',
  summary: 'The team that holds, or the auditor, said whether an emergency access was justified.',
  schema: Type.Object(
    {
      page,
      access,
      journey,
      people,
      outcome: OneOf(reviewOutcomes, 'What was found'),
      words: Type.Optional(Sealed('What was found, in their words')),
    },
    closed,
  ),
  example: { ...about, outcome: 'justified' },
});

export const emergencyEvents = [EmergencyAccessOpened, EmergencyAccessEnded, EmergencyAccessReviewed] as const;
export type EmergencyEvent = EventsOf<typeof emergencyEvents>;
