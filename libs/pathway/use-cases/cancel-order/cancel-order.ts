import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { orderCancelReasons } from '../../domain/codes.js';
import { cancelOrder, type CancelOrder as Asked } from '../../domain/order/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class CancelOrder extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The order')
  order!: string;

  @Field.choice(orderCancelReasons, 'Why')
  reason!: (typeof orderCancelReasons)[number];
}

export const cancelOrderUseCase = pathwayUseCase<CancelOrder>({
  name: 'cancel-order',
  command: CancelOrder,
  summary: 'Cancel an order that has not come.',
  roles: ['coordinator', 'system'],
  emits: ['OrderCancelled'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: cancelOrder,
});
