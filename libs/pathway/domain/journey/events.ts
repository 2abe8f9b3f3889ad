import { Day, defineEvent, OneOf, Ref, Sealed, Type } from '#kernel';
import { closeReasons, pauseReasons } from '../codes.js';

export const JourneyPaused = defineEvent({
  type: 'JourneyPaused',
  version: 1,
  summary: 'Work on the journey stopped for a while; the responsible team stays responsible.',
  sensitivity: 'coded',
  emittedBy: ['pause-journey'],
  schema: Type.Object(
    { reason: OneOf(pauseReasons, 'Why'), until: Type.Optional(Day('Expected day of resuming')) },
    { additionalProperties: false },
  ),
  example: { reason: 'awayFromHome', until: '2011-03-14' },
});

export const JourneyResumed = defineEvent({
  type: 'JourneyResumed',
  version: 1,
  summary: 'Work on the journey goes on.',
  sensitivity: 'coded',
  emittedBy: ['resume-journey'],
  schema: Type.Object({}, { additionalProperties: false }),
  example: {},
});

export const JourneyClosed = defineEvent({
  type: 'JourneyClosed',
  version: 1,
  summary: 'The journey ended by agreement; nobody is responsible under it any more.',
  sensitivity: 'sealed',
  emittedBy: ['close-journey'],
  schema: Type.Object(
    { reason: OneOf(closeReasons, 'Why'), agreedWith: Sealed('With whom it was agreed') },
    { additionalProperties: false },
  ),
  example: { reason: 'goalsMet', agreedWith: 'sealed:v1:AAAA' },
});

export const JourneyMovedToDefinition = defineEvent({
  type: 'JourneyMovedToDefinition',
  version: 1,
  summary: 'The journey runs under another version of its pathway from now on.',
  sensitivity: 'coded',
  emittedBy: ['move-journey-to-definition'],
  schema: Type.Object(
    {
      pathway: Ref('Pathway definition'),
      definitionVersion: Type.Integer({ minimum: 1, description: 'Version from now on' }),
      definitionHash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of that version' }),
    },
    { additionalProperties: false },
  ),
  example: { pathway: 'torbay-older-people', definitionVersion: 2, definitionHash: '0'.repeat(64) },
});

export const journeyEvents = [JourneyPaused, JourneyResumed, JourneyClosed, JourneyMovedToDefinition] as const;
