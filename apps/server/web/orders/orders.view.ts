import { civilDate } from '#kernel';
import { orderIsOpen, orderIsOverdue, orderNeedsAction, orderUrgency, type Order } from '#pathway';
import { dateAndTime, inSentence, longDate, orderFailureWords, orderKindWords, urgencyWords } from '#web';
import { isOurs, senderOf } from '../record/acting.js';
import type { Subject } from '../record/subject.js';
import { teamName } from '../record/teams.js';

/** Something that was ordered and has not come. */
export interface OrderLine {
  readonly title: string;
  readonly what: string;
  /** Until when it is promised, and how late it is. */
  readonly due: string;
  readonly supplier: string | null;
  /** How soon it is needed. */
  readonly urgency: string;
  readonly urgent: boolean;
  readonly steps: readonly { readonly text: string; readonly href: string }[];
}

/** Overdue and failed ones first, then by the day that was promised. */
export function ordersView(subject: Subject): readonly OrderLine[] {
  const { journey, record, read, now, principal, part } = subject;
  const today = civilDate(now);
  const mayAct = ({ team }: Order): boolean =>
    principal.actor.role === 'coordinator' &&
    part.kind === 'whole' &&
    (isOurs(subject, team) || senderOf(subject) !== undefined);
  const day = ({ promisedOn = '9999' }: Order): string => promisedOn;
  return journey.orders
    .filter(orderIsOpen)
    .toSorted(
      (a, b) => Number(orderNeedsAction(b, today)) - Number(orderNeedsAction(a, today)) || (day(a) < day(b) ? -1 : 1),
    )
    .map((order) => {
      const step = (path: string, text: string) => ({
        text,
        href: `/journeys/${journey.journeyId}/${path}?order=${order.order}`,
      });
      return {
        title: `${orderKindWords[order.kind]} ordered ${dateAndTime(order.placed.at)} by ${teamName(order.team, now)}`,
        what: read(order.what) ?? '',
        due: record.death ? 'The person has died: cancel it' : dueWords(order, today),
        supplier: read(order.supplier) ?? null,
        urgency: urgencyWords[orderUrgency(order, journey.referral)],
        urgent: record.death !== undefined || orderNeedsAction(order, today),
        steps: mayAct(order)
          ? [
              step('order-delivered', 'It came'),
              step('order-failed', 'It did not come'),
              step('order-cancelled', 'Cancel it'),
            ]
          : [],
      };
    });
}

function dueWords(order: Order, today: string): string {
  const { promisedOn, failed } = order;
  const before = failed ? `Did not come (${inSentence(orderFailureWords[failed.reason])}). ` : '';
  if (promisedOn === undefined) return `${before}No day has been promised: ask for one`;
  return orderIsOverdue(order, today)
    ? `${before}Overdue: it was promised by ${longDate(promisedOn)}`
    : `${before}Promised by ${longDate(promisedOn)}`;
}
