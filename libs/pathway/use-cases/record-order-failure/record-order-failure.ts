import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { orderFailureReasons } from '../../domain/codes.js';
import { recordOrderFailure, type RecordOrderFailure as Asked } from '../../domain/order/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordOrderFailure extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The order')
  order!: string;

  @Field.choice(orderFailureReasons, 'Why it did not come')
  reason!: (typeof orderFailureReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;

  @Field.day('Day that is promised instead', { optional: true })
  promisedOn?: string;
}

export const recordOrderFailureUseCase = pathwayUseCase<RecordOrderFailure>({
  name: 'record-order-failure',
  command: RecordOrderFailure,
  summary: 'Record that what was ordered did not come; the order stays open.',
  roles: ['coordinator', 'system'],
  emits: ['OrderFailed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: recordOrderFailure,
});
