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

/** Moments of a journey that a rule may count from: of each, the first. */
export const journeyMoments = ['referralMade', 'referralAccepted', 'planAgreed'] as const;

/** A code list is known in its own way: that a pilot is about a disease may be verified, which codes mean it is not. */
const Codes = Type.Object(
  {
    system: OneOf(['ICD-10'] as const, 'Where the codes come from'),
    list: Type.Array(Type.String({ pattern: '^[A-Z][0-9]{2}(?:\\.[0-9])?$' }), { minItems: 1, uniqueItems: true }),
    label: told.label,
    source: told.source,
  },
  closed,
);

/** One of each kind at most; a referral records the answer to each under its code. */
const Criterion = Type.Union([
  Type.Object({ code: Type.Literal('minimumAge'), years: Type.Integer({ minimum: 0, maximum: 120 }), ...told }, closed),
  Type.Object({ code: Type.Literal('livesIn'), area: Ref('The area, as the pilot draws it'), ...told }, closed),
  Type.Object(
    { code: Type.Literal('registeredWith'), population: Ref('The practices, as the pilot names them'), ...told },
    closed,
  ),
  Type.Object({ code: Type.Literal('diagnosis'), codes: Codes, ...told }, closed),
  Type.Object({ code: Type.Literal('severity'), grade: Ref('At least this, as the pilot words it'), ...told }, closed),
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
      {
        openTo: Type.Array(Code('Referrer'), { minItems: 1, uniqueItems: true }),
        on: Type.Optional(OneOf(journeyMoments, 'What enrols; versions written before this was asked do not say')),
        ...told,
      },
      closed,
    ),
    eligibility: Type.Array(Criterion),
    indexDate: Type.Object({ rule: OneOf(journeyMoments, 'The event that sets it'), ...told }, closed),
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
    sharing: Type.Optional(Type.Object({ ...told }, closed)),
    planReview: Type.Object({ everyDays: Type.Integer({ minimum: 1, maximum: 400 }), ...told }, closed),
  },
  { ...closed, $id: 'PathwayDefinition' },
);

export type PathwayDefinition = Static<typeof PathwayDefinition>;

export type Criterion = PathwayDefinition['eligibility'][number];
export type Way = PathwayDefinition['transitions'][number];
