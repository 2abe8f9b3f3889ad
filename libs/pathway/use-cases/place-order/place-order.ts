import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { orderKinds, urgencies } from '../../domain/codes.js';
import { placeOrder, type PlaceOrder as Asked } from '../../domain/order/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class PlaceOrder extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.choice(orderKinds, 'What kind of thing')
  kind!: (typeof orderKinds)[number];

  @Field.freeText('What is ordered, and what the supplier has to know')
  what!: string;

  @Field.freeText('From whom, and how to reach them', { optional: true, max: 200 })
  supplier?: string;

  @Field.day('Day by which it is promised', { optional: true })
  promisedOn?: string;

  @Field.choice(urgencies, 'How soon it is needed; as soon as the referral when absent', { optional: true })
  urgency?: (typeof urgencies)[number];
}

export const placeOrderUseCase = pathwayUseCase<PlaceOrder>({
  name: 'place-order',
  command: PlaceOrder,
  summary: 'Order equipment, meals or a placement for the person.',
  roles: ['coordinator', 'system'],
  emits: ['OrderPlaced'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: placeOrder,
});
