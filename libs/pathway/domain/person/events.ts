import { defineEvent, OneOf, Type } from '#kernel';
import { placesOfDeath, sexes } from '../codes.js';

export const PersonRegistered = defineEvent({
  type: 'PersonRegistered',
  version: 1,
  summary: 'The person became known to the engine; who they are lies in the vault alone.',
  sensitivity: 'coded',
  emittedBy: ['register-person'],
  schema: Type.Object(
    {
      sex: OneOf(sexes, 'As given'),
      birthYear: Type.Optional(
        Type.Integer({ minimum: 1850, maximum: 2100, description: 'Year of birth, for age bands' }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { sex: 'female', birthYear: 1925 },
});

export const PersonDied = defineEvent({
  type: 'PersonDied',
  version: 1,
  summary: 'The person died: open offers stop, nobody is to contact them, responsibility ends.',
  sensitivity: 'coded',
  emittedBy: ['record-death', 'record-discharge'],
  schema: Type.Object(
    {
      place: OneOf(placesOfDeath, 'Where'),
    },
    { additionalProperties: false },
  ),
  example: { place: 'usualResidence' },
});

export const personEvents = [PersonRegistered, PersonDied] as const;
