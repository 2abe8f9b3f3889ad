import { londonInstant } from '#kernel';
import { orderIsOpen, orderLateFrom, orderUrgency, type Order } from '../../domain/order/state.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { followersOf } from '../orders/followers.js';
import type { StandingNow } from '../standing.js';
import type { Item } from './item.js';

/** How an order stands on a list. */
export const orderStates = ['promised', 'undated', 'late', 'notCome', 'toCancel'] as const;
export type OrderState = (typeof orderStates)[number];

type Standing = Pick<Item, 'group' | 'since' | 'due' | 'visibleFrom' | 'visibleUntil'> & { readonly state: OrderState };

/**
 * What was ordered and has not come waits for them, as an answer does. Once the day that was promised has passed it is
 * a promise that lapsed, and stands with what was declined or lapsed and not yet acted on (SCENARIOS): the supplier has
 * no account here and will say nothing more, so nobody moves it but us, and among what waits for them it would not be
 * seen. So does what did not come and is promised for no other day, and what is still to come for somebody who died.
 * A new day that is promised is what acting looks like: it waits for them again.
 */
function standings(order: Order, { death }: PersonRecord): readonly Standing[] {
  const { promisedOn, placed, failed } = order;
  const waits = { group: 'waitingForThem', since: (failed ?? placed).at } as const;
  if (death) return [{ group: 'notActedOn', state: 'toCancel', since: death.at }];
  const lateFrom = orderLateFrom(order);
  if (promisedOn === undefined || lateFrom === undefined)
    return failed ? [{ group: 'notActedOn', state: 'notCome', since: failed.at }] : [{ ...waits, state: 'undated' }];
  // The day itself, not its end: what is due today is asked for by it.
  const due = londonInstant(promisedOn);
  return [
    { ...waits, state: 'promised', due, visibleUntil: lateFrom },
    { group: 'notActedOn', state: 'late', since: lateFrom, due, visibleFrom: lateFrom },
  ];
}

/** On the list of all who follow it. It stays when the journey has ended, because somebody still brings it. */
export function orderItems(
  record: PersonRecord,
  { orders, referral }: Journey,
  standing: StandingNow,
): readonly Item[] {
  return orders.filter(orderIsOpen).flatMap((order) =>
    standings(order, record).flatMap((stands) =>
      followersOf(order, standing).map((team) => ({
        ...team,
        ...stands,
        item: order.order,
        kind: 'order' as const,
        urgency: orderUrgency(order, referral),
        order,
        ...(team.team !== order.team.team && { other: order.team }),
      })),
    ),
  );
}
