import { defineEvent, Moment, OneOf, Ref, Sealed, SectorOf, Type, Uuid } from '#kernel';
import { contactModes } from '../codes.js';
import { TeamThen } from '../fields.js';

const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a002';

export const ContactRecorded = defineEvent({
  type: 'ContactRecorded',
  version: 1,
  summary: 'A professional saw or spoke to the person.',
  sensitivity: 'sealed',
  emittedBy: ['record-contact', 'record-encounter'],
  schema: Type.Object(
    {
      contact: Uuid('The contact'),
      team: Type.Optional(TeamThen('The team, where it is in the directory')),
      sector: SectorOf('Sector in which it took place'),
      mode: OneOf(contactModes, 'How'),
      endedAt: Type.Optional(Moment('When it ended')),
      kind: Type.Optional(Ref('Kind of contact, a code of the pathway or of the source')),
      note: Type.Optional(Sealed('What was found or done')),
    },
    { additionalProperties: false },
  ),
  example: { contact: anId, sector: 'community', mode: 'visit' },
});

export const EmergencyAttended = defineEvent({
  type: 'EmergencyAttended',
  version: 1,
  summary: 'The person came to an emergency department.',
  sensitivity: 'coded',
  emittedBy: ['record-encounter'],
  schema: Type.Object(
    { attendance: Uuid('The attendance'), departedAt: Type.Optional(Moment('When they left or were admitted')) },
    { additionalProperties: false },
  ),
  example: { attendance: anId, departedAt: '2011-03-01T11:30:00.000Z' },
});

export const contactEvents = [ContactRecorded, EmergencyAttended] as const;
