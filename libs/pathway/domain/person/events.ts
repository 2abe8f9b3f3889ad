import { defineEvent, OneOf, Type, Uuid } from '#kernel';
import { differences, placesOfDeath, sexes } from '../codes.js';

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
      notTheSame: Type.Optional(
        Type.Array(
          Type.Object(
            { person: Uuid('Who is known already'), because: OneOf(differences, 'Why it is somebody else') },
            { additionalProperties: false },
          ),
          { maxItems: 100, description: 'Possible matches that were found, and said to be somebody else' },
        ),
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
