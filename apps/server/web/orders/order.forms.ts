/** Ordering something for the person, and following it until it comes. */
import { civilDate } from '#kernel';
import { orderCancelReasons, orderFailureReasons, orderKinds, urgencies, type Order } from '#pathway';
import {
  dateAndTime,
  optionsOf,
  orderCancelWords,
  orderFailureWords,
  orderKindWords,
  urgencyHints,
  urgencyWords,
} from '#web';
import { moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from '../forms/journey-form.js';
import { notFound } from '../visitor.js';

/** The order that stands in the address. @throws Problem not-found */
function orderOf({ journey, query }: FormSubject): Order {
  const order = journey.orders.find((known) => known.order === query['order']);
  if (!order) throw notFound();
  return order;
}

const ids = (subject: FormSubject) => ({ journeyId: subject.journey.journeyId, order: orderOf(subject).order });

const about = (subject: FormSubject): readonly string[] => {
  const { kind, what, placed } = orderOf(subject);
  return [`${orderKindWords[kind]} ordered ${dateAndTime(placed.at)}: ${subject.read(what) ?? ''}`];
};

export const place: JourneyForm = {
  path: 'place-order',
  about: 'journey',
  use: 'place-order',
  title: () => 'Order equipment, meals or a placement',
  lead: () => [
    'This records the order, so that somebody sees whether it comes. Ring or write to the supplier as you always do.',
  ],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'kind',
      label: 'What kind of thing?',
      missing: 'Select what kind of thing it is',
      options: optionsOf(orderKinds, orderKindWords),
    },
    {
      kind: 'words',
      name: 'what',
      label: 'What exactly?',
      missing: 'Enter what is ordered',
      rows: 3,
      hint: 'For example: a commode, to stand beside the bed',
    },
    { kind: 'text', name: 'supplier', label: 'From whom, and their telephone' },
    {
      kind: 'day',
      name: 'promisedOn',
      label: 'By which day is it promised?',
      hint: 'Leave it empty where no day was given',
      earliest: civilDate(subject.now),
    },
    {
      kind: 'choice',
      name: 'urgency',
      label: 'How soon is it needed?',
      hint: 'Leave it empty where it is as urgent as the referral',
      options: optionsOf(urgencies, urgencyWords, urgencyHints),
    },
  ],
  body: (answers, { journey }) => ({
    journeyId: journey.journeyId,
    ...only(answers, 'kind', 'what', 'supplier', 'promisedOn', 'urgency'),
  }),
  button: 'Record the order',
  done: 'ordered',
};

export const delivered: JourneyForm = {
  path: 'order-delivered',
  about: 'journey',
  use: 'record-order-delivery',
  title: () => 'It came',
  lead: about,
  fields: (subject) => whenFields('When did it come?', subject.now, orderOf(subject).placed.at),
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...ids(subject), ...moment(answers) }),
  button: 'Record that it came',
  done: 'delivered',
};

export const failed: JourneyForm = {
  path: 'order-failed',
  about: 'journey',
  use: 'record-order-failure',
  title: () => 'It did not come',
  lead: (subject) => [...about(subject), 'The order stays open until it comes or is cancelled.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why it did not come',
      options: optionsOf(orderFailureReasons, orderFailureWords),
    },
    { kind: 'words', name: 'detail', label: 'More about why', rows: 2 },
    {
      kind: 'day',
      name: 'promisedOn',
      label: 'By which day is it promised now?',
      hint: 'Leave it empty where no day was given',
      earliest: civilDate(subject.now),
    },
  ],
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'reason', 'detail', 'promisedOn') }),
  button: 'Record that it did not come',
  done: 'not-delivered',
};

export const cancelled: JourneyForm = {
  path: 'order-cancelled',
  about: 'journey',
  use: 'cancel-order',
  title: () => 'Cancel an order',
  lead: (subject) => [...about(subject), 'Tell the supplier too.'],
  fields: () => [
    {
      kind: 'choice',
      name: 'reason',
      label: 'Why?',
      missing: 'Select why it is cancelled',
      options: optionsOf(orderCancelReasons, orderCancelWords),
    },
  ],
  body: (answers, subject) => ({ ...ids(subject), ...only(answers, 'reason') }),
  button: 'Cancel the order',
  done: 'order-cancelled',
};

export const orderForms = [place, delivered, failed, cancelled] as const;
