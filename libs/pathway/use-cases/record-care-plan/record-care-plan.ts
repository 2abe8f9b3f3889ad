import { Command, Field } from '#commands';
import { type Instant, personStream } from '#kernel';
import { recordCarePlan, type RecordCarePlan as Asked } from '../../domain/import/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordCarePlan extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('Derived from the source record, so that a changed one is found')
  plan!: string;

  @Field.moment('When it ended', { optional: true })
  endedAt?: Instant;

  @Field.ref('Kind of plan, a code of the source', { optional: true })
  kind?: string;
}

export const recordCarePlanUseCase = pathwayUseCase<RecordCarePlan>({
  name: 'record-care-plan',
  command: RecordCarePlan,
  summary: 'Take in a care plan that another system tells of.',
  roles: ['system'],
  emits: ['CarePlanAgreed', 'EntryCorrected'],
  stream: ({ personId }) => personStream(personId),
  reads: ({ personId }) => [personStream(personId)],
  decide: recordCarePlan,
});
