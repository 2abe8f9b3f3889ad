import { defineEvent, OneOf, Ref, Sealed, SectorOf, Type } from '#kernel';
import { consentDecisions, consentScopes } from '../codes.js';

export const ConsentRecorded = defineEvent({
  type: 'ConsentRecorded',
  version: 1,
  summary: 'The person said with whom their record may be shared, or that it may not be.',
  sensitivity: 'sealed',
  emittedBy: ['record-consent'],
  schema: Type.Object(
    {
      decision: OneOf(consentDecisions, 'What they said; refused and withdrawn end sharing from then on'),
      scope: OneOf(consentScopes, 'With whom'),
      sector: Type.Optional(SectorOf('Where scope is sector')),
      organisation: Type.Optional(Ref('Where scope is organisation')),
      note: Type.Optional(Sealed('What they said, in their words')),
    },
    { additionalProperties: false },
  ),
  example: { decision: 'refused', scope: 'organisation', organisation: 'brixham-home-care' },
});

export const consentEvents = [ConsentRecorded] as const;
