import type { Instant } from '#kernel';
import type { Rows } from '#projections';
import type { LinkStanding } from '../../domain/answer-link/state.js';
import { urgencies, type IdentityStrength, type orderKinds, type Urgency } from '../../domain/codes.js';
import type { RowOf } from '../row-of.js';
import { worklistGroups, type WorklistGroup, type WorklistKind } from './item.js';
import type { worklistItems } from './model.js';
import type { OrderState } from './orders.js';

type Plain = RowOf<
  typeof worklistItems,
  Exclude<
    keyof (typeof worklistItems)['columns'],
    'pilot' | 'reason' | 'boundary' | 'other_team' | 'other_organisation' | 'what' | 'supplier'
  >
>;

export type WorklistItem = Omit<
  Plain,
  'grp' | 'urgency' | 'kind' | 'declined_as' | 'order_kind' | 'link' | 'link_until'
> & {
  readonly group: WorklistGroup;
  readonly kind: WorklistKind;
  readonly urgency: Urgency;
  readonly declined_as: IdentityStrength | null;
  readonly order_kind: (typeof orderKinds)[number] | null;
  readonly link: LinkStanding | null;
  readonly link_until: Instant | null;
};

/** Counts and items are of these alone. */
export interface WorklistFilter {
  readonly urgency?: Urgency;
  readonly kind?: WorklistKind;
  /** Orders that stand so. */
  readonly orders?: readonly OrderState[];
  /** Of handoffs; what is none is then left out. */
  readonly boundary?: string;
  /** It waits since then or longer. */
  readonly waitingSince?: Instant;
  /** To be dealt with before then; for somebody who leaves hospital, the day named; for an order, the day promised. */
  readonly dueBefore?: Instant;
}

export interface WorklistRequest extends WorklistFilter {
  /** Whose list: these teams of the actor's, or the whole organisation where there are none. */
  readonly teams: readonly string[];
  readonly organisation: string;
  /** Only people whose key worker this member of staff is. */
  readonly keyWorker?: string;
  readonly now: Instant;
  /** Only this group. */
  readonly group?: WorklistGroup;
  readonly offset?: number;
  readonly limit?: number;
}

export interface Worklist {
  /** All groups in their order, empty ones too. */
  readonly groups: readonly { readonly group: WorklistGroup; readonly count: number }[];
  /** Items in the group or groups that were asked for, however many are on the page. */
  readonly total: number;
  readonly items: readonly WorklistItem[];
}

const order = 'grp, urgency_rank, due, item';

/** What the indexes answer. */
function conditionOf(request: WorklistRequest) {
  const { teams, organisation, keyWorker, now, urgency, kind, orders, boundary, waitingSince, dueBefore } = request;
  // A team of another organisation is never in the answer, whatever the request says.
  const whose =
    teams.length > 0
      ? {
          // The plus keeps SQLite from the organisation's index: that holds every list of every team.
          sql: 'team IN (SELECT value FROM json_each(:teams)) AND +organisation = :organisation',
          params: { teams: JSON.stringify(teams) },
        }
      : { sql: 'organisation = :organisation', params: {} };
  const narrowed = [
    ...(keyWorker === undefined ? [] : ['journey IN (SELECT journey FROM journey WHERE key_worker = :keyWorker)']),
    ...(urgency === undefined ? [] : ['urgency_rank = :urgencyRank']),
    ...(kind === undefined ? [] : ['kind = :kind']),
    ...(orders === undefined ? [] : ["kind = 'order' AND state IN (SELECT value FROM json_each(:orders))"]),
    ...(boundary === undefined ? [] : ['boundary = :boundary']),
    ...(waitingSince === undefined ? [] : ['since <= :waitingSince']),
    ...(dueBefore === undefined ? [] : ['due < :dueBefore']),
  ];
  return {
    where: [whose.sql, 'visible_from <= :now', 'visible_until > :now', ...narrowed].join(' AND '),
    params: {
      ...whose.params,
      organisation,
      now,
      ...(keyWorker !== undefined && { keyWorker }),
      ...(urgency !== undefined && { urgencyRank: urgencies.indexOf(urgency) }),
      ...(kind !== undefined && { kind }),
      ...(orders !== undefined && { orders: JSON.stringify(orders) }),
      ...(boundary !== undefined && { boundary }),
      ...(waitingSince !== undefined && { waitingSince }),
      ...(dueBefore !== undefined && { dueBefore }),
    },
  };
}

/**
 * What waits for the actor's teams, in the order of SCENARIOS: nobody responsible; declined or not answered in time
 * and not yet acted on; waiting for us; waiting for them; leaving hospital within 48 hours without an accepted
 * receiver. Inside a group the more urgent come first, then those due first.
 */
export async function worklist(rows: Rows, request: WorklistRequest): Promise<Worklist> {
  const { group, offset = 0, limit = 50 } = request;
  const { where, params } = conditionOf(request);
  const counted = await rows.all<{ grp: number; n: number }>(
    `SELECT grp, count(*) AS n FROM worklist_item WHERE ${where} GROUP BY grp`,
    params,
  );
  const counts = new Map(counted.map(({ grp, n }) => [grp, n]));
  const groups = worklistGroups.map((name, i) => ({ group: name, count: counts.get(i) ?? 0 }));
  const page = await rows.all<Plain>(
    // The order is found in the index first, whole rows are read of the page alone.
    `SELECT * FROM worklist_item WHERE rowid IN (
       SELECT rowid FROM worklist_item WHERE ${where}${group ? ' AND grp = :grp' : ''}
       ORDER BY ${order} LIMIT :limit OFFSET :offset)
     ORDER BY ${order}`,
    { ...params, ...(group && { grp: worklistGroups.indexOf(group) }), limit, offset },
  );
  const items = page.map(({ grp, ...item }) => ({ ...item, group: worklistGroups[grp]! }) as WorklistItem);
  const total = groups.reduce((sum, one) => (group === undefined || one.group === group ? sum + one.count : sum), 0);
  return { groups, total, items };
}

/** Boundaries that handovers on the list cross, whatever else it is narrowed by. */
export async function boundariesOnList(
  rows: Rows,
  { teams, organisation, now }: Pick<WorklistRequest, 'teams' | 'organisation' | 'now'>,
): Promise<readonly string[]> {
  const { where, params } = conditionOf({ teams, organisation, now });
  const found = await rows.all<{ boundary: string }>(
    `SELECT DISTINCT boundary FROM worklist_item WHERE ${where} AND boundary IS NOT NULL ORDER BY boundary`,
    params,
  );
  return found.map(({ boundary }) => boundary);
}
