import { addDays, londonInstant, type CivilDate, type Instant } from '#kernel';
import type { orderCancelReasons, orderFailureReasons, orderKinds, Urgency } from '../codes.js';
import type { Team } from '../fields.js';
import type { Mark } from '../record/mark.js';

/** Something ordered for the person, followed until it comes. Words in it are ciphertext. */
export interface Order {
  readonly order: string;
  readonly kind: (typeof orderKinds)[number];
  readonly team: Team;
  readonly what: string;
  readonly supplier?: string;
  /** The last day that was promised; none where it did not come and no other was given. */
  readonly promisedOn?: CivilDate;
  /** Its own, where it is needed sooner or later than the rest of the referral. */
  readonly urgency?: Urgency;
  readonly placed: Mark;
  /** The last time that it did not come. */
  readonly failed?: Mark & { readonly reason: (typeof orderFailureReasons)[number]; readonly detail?: string };
  readonly delivered?: Mark;
  readonly cancelled?: Mark & { readonly reason: (typeof orderCancelReasons)[number] };
}

export const orderIsOpen = ({ delivered, cancelled }: Order): boolean => !delivered && !cancelled;

/** How soon it is needed: as soon as everything else of the referral, unless it says so itself. */
export const orderUrgency = ({ urgency }: Order, referral: { readonly urgency: Urgency } | undefined): Urgency =>
  urgency ?? referral?.urgency ?? 'routine';

/** Open, and the day that was promised has passed. */
export const orderIsOverdue = (order: Order, today: CivilDate): boolean =>
  orderIsOpen(order) && order.promisedOn !== undefined && order.promisedOn < today;

/** The first moment at which it is overdue unless it has come: a promise holds for the whole of its day. */
export const orderLateFrom = ({ promisedOn }: Order): Instant | undefined =>
  promisedOn === undefined ? undefined : londonInstant(addDays(promisedOn, 1));

/** The day has passed, or it did not come and no other day was promised: nothing happens unless somebody rings. */
export const orderNeedsAction = (order: Order, today: CivilDate): boolean =>
  orderIsOverdue(order, today) || (orderIsOpen(order) && order.failed !== undefined && order.promisedOn === undefined);
