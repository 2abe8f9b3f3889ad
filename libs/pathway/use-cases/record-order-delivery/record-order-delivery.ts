import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { recordOrderDelivery } from '../../domain/order/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordOrderDelivery extends Command {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The order')
  order!: string;
}

export const recordOrderDeliveryUseCase = pathwayUseCase<RecordOrderDelivery>({
  name: 'record-order-delivery',
  command: RecordOrderDelivery,
  summary: 'Record that what was ordered came, or began.',
  roles: ['coordinator', 'system'],
  emits: ['OrderDelivered'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: recordOrderDelivery,
});
