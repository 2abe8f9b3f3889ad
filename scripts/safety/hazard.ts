/**
 * What the hazard log says of a hazard: one file each in docs/safety/hazards. The scales are those of DCB0129 as we
 * remember them [M]; every rating is a draft that the Clinical Safety Officer of the deploying organisation owns.
 */
import { OneOf, Type, type Static } from '#kernel';

export const severities = ['minor', 'significant', 'considerable', 'major', 'catastrophic'] as const;
export const likelihoods = ['very low', 'low', 'medium', 'high', 'very high'] as const;
export const statuses = ['held', 'partly held', 'open'] as const;

const closed = { additionalProperties: false } as const;
const Words = (description: string) => Type.String({ minLength: 3, maxLength: 700, description });
const List = (description: string) => Type.Array(Words(description), { minItems: 1 });

const Rating = Type.Object(
  { severity: OneOf(severities, 'How bad it would be'), likelihood: OneOf(likelihoods, 'How likely that harm is') },
  closed,
);

const Tests = Type.Object(
  {
    file: Type.String({ pattern: '^(apps|libs|test)/.+\\.ts$', description: 'The file that the tests stand in' }),
    titles: List('describe > it, as the file writes them'),
  },
  closed,
);

const Acceptance = Type.Object(
  {
    by: Words('The role, and who held it'),
    on: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The day' }),
    release: Words('For this release alone: the version in package.json'),
    reason: Words('Why the release may go out all the same'),
  },
  closed,
);

export const Hazard = Type.Object(
  {
    id: Type.String({ pattern: '^H[1-9]\\d*$', description: 'Never used for another hazard' }),
    title: Words('In the words of a coordinator'),
    source: Words('Who named it first'),
    hazard: Words('What may go wrong'),
    causes: List('How it may come about'),
    effect: Words('What it may do to the person'),
    design: Type.Array(Words('A control in the product')),
    procedure: List('A control in training or in the way of working'),
    initial: Rating,
    residual: Rating,
    status: OneOf(statuses, 'Whether the controls are there and tested'),
    because: Words('Why it has this status, and what is missing'),
    tests: Type.Array(Tests),
    acceptance: Type.Optional(Acceptance),
  },
  closed,
);
export type Hazard = Static<typeof Hazard>;
export type Rating = Static<typeof Rating>;

/** Rows from very low likelihood up, columns from minor severity up [M]. 5 and 4 are not acceptable, 1 is. */
export const riskMatrix = [
  [1, 1, 2, 2, 3],
  [1, 2, 2, 3, 4],
  [2, 2, 3, 3, 4],
  [2, 3, 3, 4, 5],
  [3, 4, 4, 5, 5],
] as const;

export const riskOf = ({ severity, likelihood }: Rating): number =>
  riskMatrix[likelihoods.indexOf(likelihood)]![severities.indexOf(severity)]!;
