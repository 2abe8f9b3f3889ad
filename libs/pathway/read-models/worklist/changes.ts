import type { CivilDate, Instant } from '#kernel';
import type { Rows } from '#projections';
import type { orderKinds } from '../../domain/codes.js';
import type { HandoffStatus } from '../../domain/handoff/state.js';
import type { JourneyStatus } from '../journeys/model.js';
import type { OrderOutcome } from '../orders/model.js';

/** What there is to learn in the morning, the most pressing first. */
export const changeKinds = [
  'declined',
  'orderLate',
  'offered',
  'accepted',
  'disputed',
  'withdrawn',
  'came',
  'left',
  'orderCame',
  'ordered',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A handover, a journey or an order that stands otherwise than it did. */
export interface Change {
  readonly kind: ChangeKind;
  readonly journey: string;
  readonly person: string;
  /** Null where somebody came or left without one that can be named. */
  readonly handoff: string | null;
  /** Ours. */
  readonly team: string;
  readonly other_team: string | null;
  readonly other_organisation: string | null;
  /** A handoff's status, a journey's or an order's; an order that became late is `late`. */
  readonly state: HandoffStatus | JourneyStatus | OrderOutcome | 'late';
  readonly reason: string | null;
  readonly order_kind: (typeof orderKinds)[number] | null;
  readonly promised_on: CivilDate | null;
  readonly at: Instant;
  readonly learned_at: Instant;
}

export interface ChangesRequest {
  readonly teams: readonly string[];
  readonly organisation: string;
  readonly since: Instant;
  readonly now: Instant;
  /** Of each kind; no more are read, however long ago `since` is. */
  readonly most: number;
}

export interface Changes {
  /** All kinds in their order; `more` where there are more than were read. */
  readonly kinds: readonly { readonly kind: ChangeKind; readonly changes: readonly Change[]; readonly more: boolean }[];
}

const NO_ORDER = 'NULL AS order_kind, NULL AS promised_on';

const ofHandoffs = (
  kind: ChangeKind,
  ours: 'from' | 'to',
  at: string,
  ...statuses: readonly HandoffStatus[]
): readonly string[] => {
  const other = ours === 'from' ? 'to' : 'from';
  return statuses.map(
    (status) => `
      SELECT '${kind}' AS kind, journey, person, handoff, ${ours}_team AS team, ${other}_team AS other_team,
        ${other}_organisation AS other_organisation, status AS state, reason, ${at} AS at, status_learned_at AS learned_at, ${NO_ORDER}
      FROM handoff
      WHERE ${ours}_team = :team AND ${ours}_organisation = :organisation AND status = '${status}'
        AND status_learned_at > :since AND status_learned_at <= :now
      ORDER BY status_learned_at DESC, handoff DESC LIMIT :most`,
  );
};

const ofJourneys = (kind: ChangeKind, ours: 'responsible' | 'before'): string => {
  const other = ours === 'before' ? 'responsible' : 'before';
  return `
      SELECT '${kind}' AS kind, journey, person, NULL AS handoff, ${ours}_team AS team, ${other}_team AS other_team,
        ${other}_organisation AS other_organisation, status AS state, responsible_because AS reason,
        responsible_since AS at, responsible_learned_at AS learned_at, ${NO_ORDER}
      FROM journey
      WHERE ${ours}_team = :team AND ${ours}_organisation = :organisation
        AND responsible_learned_at > :since AND responsible_learned_at <= :now
      ORDER BY responsible_learned_at DESC, journey DESC LIMIT :most`;
};

const anOrder = (kind: ChangeKind, state: string, at: string, learnedAt: string): string =>
  `
      SELECT '${kind}' AS kind, journey, person, NULL AS handoff, team, other_team, other_organisation, ${state} AS state, reason,
        ${at} AS at, ${learnedAt} AS learned_at, kind AS order_kind, promised_on
      FROM followed_order WHERE team = :team AND organisation = :organisation`;

/** What is late by now is told as late, whatever was written down of it before. */
const ofOrders = (kind: ChangeKind, ...statuses: readonly OrderOutcome[]): readonly string[] =>
  statuses.map(
    (status) => `${anOrder(kind, 'status', 'status_at', 'status_learned_at')} AND status = '${status}'
        AND status_learned_at > :since AND status_learned_at <= :now AND late_known_at > :now
      ORDER BY status_learned_at DESC, order_id DESC LIMIT :most`,
  );

/** A promise lapses with no entry: whoever was not here at midnight learns it here. */
const lateOrders = `${anOrder('orderLate', "'late'", 'late_from', 'late_known_at')}
        AND late_known_at > :since AND late_known_at <= :now
      ORDER BY late_known_at DESC, order_id DESC LIMIT :most`;

/** Each in the order of its own index, no further than that; of a team all in one statement. */
const ofTeam = [
  lateOrders,
  ...ofOrders('orderLate', 'notCome', 'toCancel'),
  ...ofOrders('orderCame', 'delivered'),
  ...ofOrders('ordered', 'placed', 'cancelled'),
  ...ofHandoffs('declined', 'from', 'ended_at', 'declined', 'lapsed'),
  ...ofHandoffs('offered', 'to', 'offered_at', 'offered', 'acknowledged'),
  ...ofHandoffs('accepted', 'from', 'ended_at', 'accepted'),
  ...ofHandoffs('disputed', 'from', 'ended_at', 'disputed'),
  ...ofHandoffs('disputed', 'to', 'ended_at', 'disputed'),
  ...ofHandoffs('withdrawn', 'to', 'ended_at', 'withdrawn', 'stopped', 'lapsed'),
  ofJourneys('came', 'responsible'),
  ofJourneys('left', 'before'),
]
  .map((sql, i) => `SELECT * FROM (${sql}) AS change${i}`)
  .join(' UNION ALL ');

const newestFirst = (a: Change, b: Change): number =>
  a.learned_at === b.learned_at ? (a.journey < b.journey ? -1 : 1) : a.learned_at < b.learned_at ? 1 : -1;

/**
 * What these teams did not know at that moment: by when it was written down, so that a late entry about yesterday is
 * news today. Each thing stands as it stands now: an offer that came and was taken back overnight was taken back.
 */
export async function changesSince(rows: Rows, { teams, organisation, since, now, most }: ChangesRequest): Promise<Changes> {
  const found: Change[] = [];
  for (const team of teams)
    found.push(...(await rows.all<Change>(ofTeam, { team, organisation, since, now, most: most + 1 })));
  const byKind = Map.groupBy(found, ({ kind }) => kind);
  return {
    kinds: changeKinds.map((kind) => {
      const all = (byKind.get(kind) ?? []).toSorted(newestFirst);
      return { kind, changes: all.slice(0, most), more: all.length > most };
    }),
  };
}
