import { Command, Field } from '#commands';
import { type CivilDate, journeyStream } from '#kernel';
import { agreeCarePlan, type AgreeCarePlan as Asked } from '../../domain/plan/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class AgreeCarePlan extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.day('Day by which it is to be reviewed', { optional: true })
  reviewBy?: CivilDate;

  @Field.ref('Kind of plan, a code of the pathway', { optional: true })
  kind?: string;

  @Field.freeText('What matters to the person and what is to be done', { optional: true })
  goals?: string;
}

export const agreeCarePlanUseCase = pathwayUseCase<AgreeCarePlan>({
  name: 'agree-care-plan',
  command: AgreeCarePlan,
  summary: 'Record a care plan agreed with the person.',
  roles: ['coordinator', 'system'],
  emits: ['CarePlanAgreed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: agreeCarePlan,
});
