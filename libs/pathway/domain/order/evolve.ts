import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';
import { orderIsOpen, type Order } from './state.js';

/** An order that has ended does not change any more. */
function whileOpen(journey: Journey, order: string, change: (known: Order) => Order): Journey | undefined {
  const index = journey.orders.findIndex((known) => known.order === order);
  const known = journey.orders[index];
  return known && orderIsOpen(known) ? { ...journey, orders: journey.orders.with(index, change(known)) } : undefined;
}

export const orderHandlers: Handlers<Journey> = {
  OrderPlaced: (journey, data, event) =>
    journey.orders.some(({ order }) => order === data.order)
      ? undefined
      : { ...journey, orders: [...journey.orders, { ...data, placed: markOf(event) }] },

  OrderDelivered: (journey, { order }, event) =>
    whileOpen(journey, order, (known) => ({ ...known, delivered: markOf(event) })),

  // The day that was promised before does not hold any more.
  OrderFailed: (journey, { order, promisedOn, ...failed }, event) =>
    whileOpen(journey, order, ({ promisedOn: _, ...known }) => ({
      ...known,
      ...(promisedOn !== undefined && { promisedOn }),
      failed: { ...markOf(event), ...failed },
    })),

  OrderCancelled: (journey, { order, reason }, event) =>
    whileOpen(journey, order, (known) => ({ ...known, cancelled: { ...markOf(event), reason } })),
};
