/**
 * What a pathway definition says (DESIGN 6): versioned data, one immutable file a version. `decide` sees it;
 * `evolve` and read models never do.
 */
import { Day, OneOf, Ref, SectorOf, Type, sectors, type Static } from '#kernel';
import { labels } from '../data.js';

const Code = (description: string) => Type.String({ pattern: '^[a-z][A-Za-z]{0,59}$', description });
const Words = (description: string) => Type.String({ minLength: 1, maxLength: 600, description });

/** Every rule says in plain words what it is, how it is known, and where from. */
const told = {
  words: Words('The rule, in plain words'),
  label: OneOf(labels, 'How it is known: verified, derived, from memory, or our own choice'),
  source: Words('Where it comes from'),
};
const closed = { additionalProperties: false } as const;

const Eligibility = Type.Union([
  Type.Object({ code: Type.Literal('minimumAge'), years: Type.Integer({ minimum: 0, maximum: 120 }), ...told }, closed),
  Type.Object({ code: Type.Literal('livesIn'), area: Ref('The area, as the pilot draws it'), ...told }, closed),
  Type.Object({ code: Type.Literal('agrees'), ...told }, closed),
]);

export const stageKinds = ['referral', 'assessment', 'plan', 'support', 'hospital', 'review', 'end'] as const;

const Stage = Type.Object(
  {
    id: Ref('The stage'),
    title: Words('On screens'),
    sector: SectorOf('Where it takes place'),
    kind: OneOf(stageKinds, 'What it is'),
  },
  closed,
);

/**
 * How one stage leads to the next. `step` stays with the same service; `handoff` asks another to take over;
 * `admission` and `return` follow the hospital stay: the hospital holds while it lasts, the community lead is kept as
 * "returns to" (DESIGN 6).
 */
export const transitionKinds = ['step', 'handoff', 'admission', 'return'] as const;

const Transition = Type.Object(
  {
    from: Ref('Stage'),
    to: Ref('Stage'),
    kind: OneOf(transitionKinds, 'How responsibility behaves'),
    sender: Type.Optional(SectorOf('Of a handoff: who asks')),
    receiver: Type.Optional(SectorOf('Of a handoff: who is asked')),
    title: Words('On screens'),
  },
  closed,
);

const Coded = Type.Object({ code: Code('As events carry it'), title: Words('On screens') }, closed);
const sector = `(?:${sectors.join('|')})`;

export const PathwayDefinition = Type.Object(
  {
    id: Ref('The pathway'),
    version: Type.Integer({ minimum: 1, description: 'Counts from 1; a released version never changes' }),
    pilots: Type.Array(Ref('Pilot'), { minItems: 1, uniqueItems: true, description: 'Pilots that run it' }),
    title: Words('On screens'),
    summary: Words('What it is for'),
    effectiveFrom: Day('First day on which journeys may start under this version'),
    enrolment: Type.Object(
      { openTo: Type.Array(Code('Referrer'), { minItems: 1, uniqueItems: true }), ...told },
      closed,
    ),
    eligibility: Type.Array(Eligibility),
    indexDate: Type.Object(
      { rule: OneOf(['referralMade', 'referralAccepted', 'planAgreed'] as const, 'The event that sets it'), ...told },
      closed,
    ),
    start: Ref('The first stage'),
    stages: Type.Array(Stage, { minItems: 2 }),
    transitions: Type.Array(Transition, { minItems: 1 }),
    handoffs: Type.Object(
      {
        allowed: Type.Array(Type.String({ pattern: `^${sector}>${sector}$` }), { minItems: 1, uniqueItems: true }),
        declineReasons: Type.Array(Coded, { minItems: 1 }),
        ...told,
      },
      closed,
    ),
    referrals: Type.Object({ declineReasons: Type.Array(Coded, { minItems: 1 }), ...told }, closed),
    contactKinds: Type.Array(Type.Object({ code: Ref('As events carry it'), title: Words('On screens') }, closed), {
      minItems: 1,
    }),
    planReview: Type.Object({ everyDays: Type.Integer({ minimum: 1, maximum: 400 }), ...told }, closed),
  },
  { ...closed, $id: 'PathwayDefinition' },
);

export type PathwayDefinition = Static<typeof PathwayDefinition>;
