import { Day, defineEvent, OneOf, Sealed, Type, Uuid } from '#kernel';
import { orderCancelReasons, orderFailureReasons, orderKinds, urgencies } from '../codes.js';
import { TeamThen } from '../fields.js';

const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a009';
const order = Uuid('The order');
const closed = { additionalProperties: false } as const;

export const OrderPlaced = defineEvent({
  type: 'OrderPlaced',
  version: 1,
  summary: 'Equipment, meals or a placement was ordered for the person.',
  sensitivity: 'sealed',
  emittedBy: ['place-order'],
  schema: Type.Object(
    {
      order,
      kind: OneOf(orderKinds, 'What kind of thing'),
      team: TeamThen('The team that ordered it'),
      what: Sealed('What is ordered, and what the supplier has to know'),
      supplier: Type.Optional(Sealed('From whom, and how to reach them')),
      promisedOn: Type.Optional(Day('Day by which it is promised')),
      urgency: Type.Optional(OneOf(urgencies, 'How soon it is needed; as soon as the referral where absent')),
    },
    closed,
  ),
  example: {
    order: anId,
    kind: 'equipment',
    team: { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' },
    what: 'sealed:v1:AAAA',
    promisedOn: '2011-03-03',
  },
});

export const OrderDelivered = defineEvent({
  type: 'OrderDelivered',
  version: 1,
  summary: 'What was ordered came, or began.',
  sensitivity: 'coded',
  emittedBy: ['record-order-delivery'],
  schema: Type.Object({ order }, closed),
  example: { order: anId },
});

export const OrderFailed = defineEvent({
  type: 'OrderFailed',
  version: 1,
  summary: 'What was ordered did not come; the order stays open until it does, or is cancelled.',
  sensitivity: 'sealed',
  emittedBy: ['record-order-failure'],
  schema: Type.Object(
    {
      order,
      reason: OneOf(orderFailureReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
      promisedOn: Type.Optional(Day('Day that is promised instead')),
    },
    closed,
  ),
  example: { order: anId, reason: 'notInStock', promisedOn: '2011-03-07' },
});

export const OrderCancelled = defineEvent({
  type: 'OrderCancelled',
  version: 1,
  summary: 'An order was cancelled before it came.',
  sensitivity: 'coded',
  emittedBy: ['cancel-order'],
  schema: Type.Object({ order, reason: OneOf(orderCancelReasons, 'Why') }, closed),
  example: { order: anId, reason: 'noLongerNeeded' },
});

export const orderEvents = [OrderPlaced, OrderDelivered, OrderFailed, OrderCancelled] as const;
