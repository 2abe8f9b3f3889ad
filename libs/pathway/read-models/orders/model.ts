import { latest, type Instant } from '#kernel';
import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { orderIsOpen, orderLateFrom, type Order } from '../../domain/order/state.js';
import type { Mark } from '../../domain/record/mark.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { standingOf, type StandingNow } from '../standing.js';
import { followersOf } from './followers.js';

/** What became of an order; that it is late is told by the clock. */
export const orderOutcomes = ['placed', 'notCome', 'toCancel', 'delivered', 'cancelled'] as const;
export type OrderOutcome = (typeof orderOutcomes)[number];

/** One row for each team that follows an order, also after it has come. Its words stay in the event. */
export const orders = {
  name: 'followed_order',
  columns: {
    order_id: 'text',
    /** Who follows it. */
    team: 'text',
    organisation: 'text',
    journey: 'text',
    person: 'text',
    /** Who ordered it, where that is another team. */
    other_team: 'text',
    other_organisation: 'text',
    kind: 'text',
    status: 'text',
    /** Why it did not come or was cancelled. */
    reason: 'text',
    promised_on: 'text',
    status_at: 'text',
    /** When it was written down that it is as `status` says. */
    status_learned_at: 'text',
    /** From when it is late, and from when that could be known: an order may be written down after its day. */
    late_from: 'text',
    late_known_at: 'text',
    synthetic: 'integer',
  },
  learned: ['status_learned_at', 'late_known_at'],
  key: ['order_id', 'team'],
  indexes: [
    ['team', 'status', 'status_learned_at', 'order_id'],
    ['team', 'late_known_at', 'order_id'],
  ],
  history: 'latest',
} as const satisfies Table;

/** Never, as an instant that compares. */
const NEVER: Instant = '9999';

interface Became {
  readonly status: OrderOutcome;
  readonly mark: Mark;
  readonly reason?: string;
}

function becameOf(order: Order, { death }: PersonRecord): Became {
  const { placed, failed, delivered, cancelled } = order;
  if (delivered) return { status: 'delivered', mark: delivered };
  if (cancelled) return { status: 'cancelled', mark: cancelled, reason: cancelled.reason };
  // Whoever died waits for nothing: it is to be stopped, and is not late.
  if (death) return { status: 'toCancel', mark: death };
  return failed ? { status: 'notCome', mark: failed, reason: failed.reason } : { status: 'placed', mark: placed };
}

function rowsOf(record: PersonRecord, journey: Journey, order: Order, standing: StandingNow): readonly Row[] {
  const { status, mark, reason } = becameOf(order, record);
  const lateFrom = orderIsOpen(order) && status !== 'toCancel' ? orderLateFrom(order) : undefined;
  return followersOf(order, standing).map(({ team, organisation }) => ({
    order_id: order.order,
    team,
    organisation,
    journey: journey.journeyId,
    person: record.personId,
    other_team: team === order.team.team ? null : order.team.team,
    other_organisation: team === order.team.team ? null : order.team.organisation,
    kind: order.kind,
    status,
    reason: reason ?? null,
    promised_on: order.promisedOn ?? null,
    status_at: mark.at,
    status_learned_at: mark.recordedAt,
    late_from: lateFrom ?? null,
    late_known_at: lateFrom === undefined ? NEVER : latest(lateFrom, mark.recordedAt),
    synthetic: journey.synthetic ? 1 : 0,
  }));
}

export const ordersModel: ReadModel<PersonRecord> = {
  name: 'orders',
  version: 1,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [orders],
  rows: (record) => ({
    followed_order: Object.values(record.journeys).flatMap((journey) => {
      if (journey.orders.length === 0) return [];
      const standing = standingOf(record, journey);
      return journey.orders.flatMap((order) => rowsOf(record, journey, order, standing));
    }),
  }),
};
