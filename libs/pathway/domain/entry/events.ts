import { defineEvent, Moment, OneOf, Sealed, Type, Uuid } from '#kernel';
import { correctionReasons } from '../codes.js';
import { entryId } from '../fields.js';

const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a005';

/** Of what was moved here once: so that nothing brings it again when it has left. */
const cameFrom = { fromJourney: Uuid('The journey they had come from'), entry: entryId };

export const EntryCorrected = defineEvent({
  type: 'EntryCorrected',
  version: 1,
  summary: 'An earlier entry was put right; the original stays for the auditor (FACTS 6, rectification).',
  sensitivity: 'sealed',
  emittedBy: ['correct-entry', 'record-encounter', 'record-care-plan'],
  schema: Type.Object(
    {
      entry: entryId,
      entryType: Type.String({ maxLength: 80, description: 'Type of the entry' }),
      occurredAt: Type.Optional(Moment('When it really happened')),
      data: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), { description: 'Fields that were wrong, as they should be' }),
      ),
      reason: OneOf(correctionReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
    },
    { additionalProperties: false },
  ),
  example: { entry: anId, entryType: 'Admitted', occurredAt: '2011-02-27T22:10:00.000Z', reason: 'recordedWrongly' },
  effect: {
    corrects: ({ entry, data, occurredAt }) => ({
      eventId: entry,
      ...(data && { data }),
      ...(occurredAt && { occurredAt }),
    }),
  },
});

export const EntryMarkedInError = defineEvent({
  type: 'EntryMarkedInError',
  version: 1,
  summary: 'An earlier entry should never have been made; it no longer counts, and stays for the auditor.',
  sensitivity: 'sealed',
  emittedBy: ['mark-entry-in-error', 'move-entries-out'],
  schema: Type.Object(
    {
      entry: entryId,
      entryType: Type.String({ maxLength: 80, description: 'Type of the entry' }),
      reason: OneOf(correctionReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
      broughtHere: Type.Optional(
        Type.Object(cameFrom, {
          additionalProperties: false,
          description: 'Where it had been moved here from another record before',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { entry: anId, entryType: 'PersonDied', reason: 'recordedWrongly' },
  effect: { voids: ({ entry }) => [entry] },
});

export const EntriesMovedOut = defineEvent({
  type: 'EntriesMovedOut',
  version: 1,
  summary: 'Entries were made on the wrong record; they count on another from now on (scenario 10).',
  sensitivity: 'sealed',
  emittedBy: ['move-entries-out'],
  schema: Type.Object(
    {
      entries: Type.Array(entryId, { minItems: 1, maxItems: 500 }),
      toJourney: Uuid('The journey they belong to; of what is the person’s own, one of that person’s journeys'),
      toPerson: Uuid('The person they belong to'),
      fromJourney: Type.Optional(
        Uuid('Where they are the person’s own, a stay or a death: the journey on whose page they were found'),
      ),
      entryTypes: Type.Optional(
        Type.Array(Type.String({ maxLength: 80 }), {
          maxItems: 500,
          description: 'Where they are the person’s own: their types, in the order of the entries',
        }),
      ),
      reason: OneOf(correctionReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
      broughtHere: Type.Optional(
        Type.Array(
          Type.Object(cameFrom, { additionalProperties: false }),
          { maxItems: 500, description: 'Those among them that had been moved here before' },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  example: { entries: [anId], toJourney: anId, toPerson: anId, reason: 'wrongPerson' },
  effect: { voids: ({ entries }) => entries },
});

export const EntryMovedIn = defineEvent({
  type: 'EntryMovedIn',
  version: 1,
  summary: 'An entry made on another record belongs here; it occurred when the original says.',
  sensitivity: 'sealed',
  emittedBy: ['move-entries-in'],
  schema: Type.Object(
    {
      fromJourney: Uuid('The journey it was made on, or on whose page it was found'),
      entry: entryId,
      entryType: Type.String({ maxLength: 80, description: 'Type of the entry' }),
      entryVersion: Type.Integer({ minimum: 1, description: 'Schema version of its data' }),
      data: Type.Record(Type.String(), Type.Unknown(), {
        description: 'Its data, free text sealed again for this person',
      }),
      identity: OneOf(['copied', 'resealed'] as const, 'Whether free text had to be sealed again'),
    },
    { additionalProperties: false },
  ),
  example: {
    fromJourney: anId,
    entry: anId,
    entryType: 'HandoffDeclineSeen',
    entryVersion: 1,
    data: { handoffId: anId },
    identity: 'copied',
  },
});

export const entryEvents = [EntryCorrected, EntryMarkedInError, EntriesMovedOut, EntryMovedIn] as const;
