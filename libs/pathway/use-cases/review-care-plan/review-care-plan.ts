import { Command, Field } from '#commands';
import { type CivilDate, journeyStream } from '#kernel';
import { reviewCarePlan, type ReviewCarePlan as Asked } from '../../domain/plan/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class ReviewCarePlan extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The plan')
  plan!: string;

  @Field.day('Day of the next review', { optional: true })
  reviewBy?: CivilDate;

  @Field.freeText('What changes', { optional: true })
  changes?: string;
}

export const reviewCarePlanUseCase = pathwayUseCase<ReviewCarePlan>({
  name: 'review-care-plan',
  command: ReviewCarePlan,
  summary: 'Record that a care plan was gone through again.',
  roles: ['coordinator', 'system'],
  emits: ['CarePlanReviewed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: reviewCarePlan,
});
