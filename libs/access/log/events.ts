/** What the access log records: reads are events (DESIGN 7), in a log apart from care's. */
import { defineEvent, Moment, OneOf, Ref, Type, Uuid, type EventsOf, type Static } from '#kernel';
import { emergencyEvents } from './emergency-events.js';

const closed = { additionalProperties: false } as const;

const page = Type.String({ minLength: 1, maxLength: 200, description: 'Page or query, such as journey' });
const journey = Type.Optional(Uuid('The journey shown'));

/** A link has no account behind it: what is known is who made it, and for which team (ADR 0007). */
const answerLink = Type.Optional(
  Type.Object(
    {
      link: Uuid('The one-use link through which it was shown'),
      issuedBy: Ref('Member of staff who made the link'),
      team: Ref('Team that it was made for'),
    },
    closed,
  ),
);

const emergency = Type.Optional(Uuid('The emergency access under which it was shown'));

/** Which state of knowledge was shown: the same page shows something else tomorrow. */
const served = Type.Object(
  {
    readModel: Type.String({ minLength: 1, maxLength: 80, description: 'Read model, or the kind of stream folded' }),
    version: Type.Integer({ minimum: 0, description: 'Version of the read model' }),
    ordinal: Type.Integer({ minimum: 0, description: 'Events of the log that the page included' }),
    position: Type.Optional(Type.String({ maxLength: 200, description: 'Position of the last of them' })),
    knownAt: Type.Optional(Moment('Asked for as known at this moment')),
  },
  closed,
);
export type Served = Static<typeof served>;
export type ByLink = NonNullable<Static<typeof answerLink>>;

/** A page lists more people than this only by paging, and each page is an event. */
export const MAX_PEOPLE = 500;
const searchedBy = OneOf(['nhsNumber', 'surnameAndBirthDate', 'likeness'], 'What was searched by');
const figure = Type.String({ maxLength: 200, description: 'Metric and cell' });
const people = Type.Array(Uuid('Person'), { maxItems: MAX_PEOPLE, description: 'People whose records were shown' });
const shown = OneOf(['identified', 'pseudonymous'], 'Whether name, number and free text were shown');

const exampleServed = { readModel: 'journey', version: 1, ordinal: 120_345 };
const examplePerson = '0f8a1c9e-5b1d-5f43-9a53-0d1f4f6b2c77';
const access = { version: 1, sensitivity: 'coded', emittedBy: ['access-log'] } as const;

export const RecordViewed = defineEvent({
  ...access,
  type: 'RecordViewed',
  schema: Type.Object({ page, journey, people, shown, served, emergency, answerLink }, closed),
  summary: 'Somebody was shown the record of a person, or a list of people.',
  example: { page: 'journey', people: [examplePerson], shown: 'identified', served: exampleServed },
});

export const RecordSearched = defineEvent({
  ...access,
  type: 'RecordSearched',
  schema: Type.Object({ page, by: searchedBy, people }, closed),
  summary: 'Somebody searched for a person; what they typed is not kept.',
  example: { page: 'search', by: 'nhsNumber', people: [] },
});

export const FigureOpened = defineEvent({
  ...access,
  type: 'FigureOpened',
  schema: Type.Object({ page, figure, people, served }, closed),
  summary: 'Somebody opened a figure into the journeys behind it.',
  example: { page: 'dashboard', figure: 'handoff-h2 community>socialCare 2011-02', people: [], served: exampleServed },
});

export const AccessRefused = defineEvent({
  ...access,
  type: 'AccessRefused',
  schema: Type.Object({ page, journey, code: Ref('Code of the refusal'), people }, closed),
  summary: 'Somebody asked for what they may not see, and did not see it.',
  example: { page: 'journey', code: 'not-yours', people: [examplePerson] },
});

export const SignedIn = defineEvent({
  ...access,
  type: 'SignedIn',
  sensitivity: 'programme',
  schema: Type.Object({ session: Uuid('Session') }, closed),
  summary: 'Somebody signed in.',
  example: { session: '5b7c2d6e-0000-4000-8000-000000000001' },
});

export const SignedOut = defineEvent({
  ...access,
  type: 'SignedOut',
  sensitivity: 'programme',
  schema: Type.Object({ session: Uuid('Session') }, closed),
  summary: 'Somebody signed out.',
  example: { session: '5b7c2d6e-0000-4000-8000-000000000001' },
});

export const accessEvents = [
  RecordViewed, RecordSearched, FigureOpened, AccessRefused, SignedIn, SignedOut, ...emergencyEvents,
] as const;
export type AccessEvent = EventsOf<typeof accessEvents>;
