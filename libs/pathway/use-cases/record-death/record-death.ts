import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { placesOfDeath } from '../../domain/codes.js';
import { recordDeath, type RecordDeath as Asked } from '../../domain/person/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordDeath extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.choice(placesOfDeath, 'Where')
  place!: (typeof placesOfDeath)[number];
}

export const recordDeathUseCase = pathwayUseCase<RecordDeath>({
  name: 'record-death',
  command: RecordDeath,
  summary: 'Record a death: open offers stop, and nobody is to contact the person.',
  roles: ['coordinator', 'system'],
  emits: ['PersonDied', 'Discharged'],
  stream: ({ personId }) => personStream(personId),
  decide: recordDeath,
});
