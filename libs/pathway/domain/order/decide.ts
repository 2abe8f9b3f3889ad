import { civilDate, refuse, type CivilDate, type Decision } from '#kernel';
import type { orderCancelReasons, orderFailureReasons, orderKinds, Urgency } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import {
  happenedByNow,
  isTeam,
  journeyIsOpen,
  notBefore,
  onJourney,
  personIsAlive,
  referralIsTaken,
  speaksFor,
  unless,
  type JourneyCase,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';
import { nameOf, when } from '../words.js';
import { orderIsOpen, type Order } from './state.js';

export interface PlaceOrder {
  readonly journeyId: string;
  readonly kind: (typeof orderKinds)[number];
  /** Ciphertext, as is the supplier. */
  readonly what: string;
  readonly supplier?: string;
  readonly promisedOn?: CivilDate;
  readonly urgency?: Urgency;
}

/** Whoever is responsible orders. */
export const placeOrder = (command: PlaceOrder, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive, journeyIsOpen, referralIsTaken], () => {
      const { kind, what, supplier, promisedOn, urgency } = command;
      if (promisedOn !== undefined && promisedOn < civilDate(context.occurredAt))
        return refuse('promised-before-ordered', 'It cannot be promised for a day before it was ordered.');
      const team = actingTeam(about);
      return isTeam(team)
        ? [
            happened('OrderPlaced', {
              order: context.newId('order'),
              kind,
              team,
              what,
              ...given({ supplier, promisedOn, urgency }),
            }),
          ]
        : team;
    }),
  );

interface OnOrder {
  readonly journeyId: string;
  readonly order: string;
}

/**
 * Whoever ordered it follows it, and so does whoever is responsible now. After a death too: somebody has to stop the
 * meals.
 */
const onOrder = (
  command: OnOrder,
  record: PersonRecord,
  context: Context,
  decide: (order: Order, about: JourneyCase) => Decision,
): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow], ({ journey }) => {
      const order = journey.orders.find((known) => known.order === command.order);
      if (!order) return refuse('order-not-found', 'This journey has no such order: place it first.');
      if (!speaksFor(context, order.team) && !isTeam(actingTeam(about)))
        return refuse('not-your-order', `${nameOf(order.team.team, context)} ordered it: ring them.`, {
          team: order.team.team,
        });
      return notBefore(order.placed.at, 'It was ordered', context) ?? decide(order, about);
    }),
  );

const ended = ({ delivered, cancelled }: Order, { now }: Context) =>
  delivered
    ? refuse('order-ended', `It was delivered ${when(delivered.at, now)}: order it again if it is needed.`)
    : refuse('order-ended', `It was cancelled ${when(cancelled!.at, now)}: order it again if it is needed.`);

export const recordOrderDelivery = (command: OnOrder, record: PersonRecord, context: Context): Decision =>
  onOrder(command, record, context, (order) => {
    if (order.delivered) return [];
    return orderIsOpen(order) ? [happened('OrderDelivered', { order: order.order })] : ended(order, context);
  });

export interface RecordOrderFailure extends OnOrder {
  readonly reason: (typeof orderFailureReasons)[number];
  /** Ciphertext. */
  readonly detail?: string;
  readonly promisedOn?: CivilDate;
}

/** It stays open: somebody still waits for it. */
export const recordOrderFailure = (command: RecordOrderFailure, record: PersonRecord, context: Context): Decision =>
  onOrder(command, record, context, (order) => {
    const { reason, detail, promisedOn } = command;
    if (!orderIsOpen(order)) return ended(order, context);
    if (promisedOn !== undefined && promisedOn < civilDate(context.occurredAt))
      return refuse('promised-before-ordered', 'It cannot be promised for a day that has passed.');
    return [happened('OrderFailed', { order: order.order, reason, ...given({ detail, promisedOn }) })];
  });

export interface CancelOrder extends OnOrder {
  readonly reason: (typeof orderCancelReasons)[number];
}

export const cancelOrder = (command: CancelOrder, record: PersonRecord, context: Context): Decision =>
  onOrder(command, record, context, (order) => {
    if (order.cancelled) return [];
    return orderIsOpen(order)
      ? [happened('OrderCancelled', { order: order.order, reason: command.reason })]
      : ended(order, context);
  });
