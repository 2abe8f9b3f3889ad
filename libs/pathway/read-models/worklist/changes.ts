import type { Instant } from '#kernel';
import type { Rows } from '#projections';
import type { HandoffStatus } from '../../domain/handoff/state.js';
import type { JourneyStatus } from '../journeys/model.js';

/** What there is to learn in the morning, the most pressing first. */
export const changeKinds = ['declined', 'offered', 'accepted', 'disputed', 'withdrawn', 'came', 'left'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A handover or a journey that stands otherwise than it did. */
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
  /** A handoff's status, or a journey's. */
  readonly state: HandoffStatus | JourneyStatus;
  readonly reason: string | null;
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

interface Source {
  readonly kind: ChangeKind;
  readonly sql: string;
  readonly statuses?: readonly HandoffStatus[];
}

const ofHandoffs = (
  kind: ChangeKind,
  ours: 'from' | 'to',
  at: string,
  ...statuses: readonly HandoffStatus[]
): Source => {
  const other = ours === 'from' ? 'to' : 'from';
  return {
    kind,
    statuses,
    sql: `SELECT journey, person, handoff, ${ours}_team AS team, ${other}_team AS other_team,
        ${other}_organisation AS other_organisation, status AS state, reason, ${at} AS at, status_learned_at AS learned_at
      FROM handoff
      WHERE ${ours}_team = :team AND ${ours}_organisation = :organisation AND status = :status
        AND status_learned_at > :since AND status_learned_at <= :now
      ORDER BY status_learned_at DESC, handoff DESC LIMIT :most`,
  };
};

const ofJourneys = (kind: ChangeKind, ours: 'responsible' | 'before'): Source => {
  const other = ours === 'before' ? 'responsible' : 'before';
  return {
    kind,
    sql: `SELECT journey, person, NULL AS handoff, ${ours}_team AS team, ${other}_team AS other_team,
        ${other}_organisation AS other_organisation, status AS state, responsible_because AS reason,
        responsible_since AS at, responsible_learned_at AS learned_at
      FROM journey
      WHERE ${ours}_team = :team AND ${ours}_organisation = :organisation
        AND responsible_learned_at > :since AND responsible_learned_at <= :now
      ORDER BY responsible_learned_at DESC, journey DESC LIMIT :most`,
  };
};

const sources: readonly Source[] = [
  ofHandoffs('declined', 'from', 'ended_at', 'declined', 'lapsed'),
  ofHandoffs('offered', 'to', 'offered_at', 'offered', 'acknowledged'),
  ofHandoffs('accepted', 'from', 'ended_at', 'accepted'),
  ofHandoffs('disputed', 'from', 'ended_at', 'disputed'),
  ofHandoffs('disputed', 'to', 'ended_at', 'disputed'),
  ofHandoffs('withdrawn', 'to', 'ended_at', 'withdrawn', 'stopped', 'lapsed'),
  ofJourneys('came', 'responsible'),
  ofJourneys('left', 'before'),
];

const newestFirst = (a: Change, b: Change): number =>
  a.learned_at === b.learned_at ? (a.journey < b.journey ? -1 : 1) : a.learned_at < b.learned_at ? 1 : -1;

/**
 * What these teams did not know at that moment: by when it was written down, so that a late entry about yesterday is
 * news today. Each thing stands as it stands now: an offer that came and was taken back overnight was taken back.
 */
export async function changesSince(rows: Rows, { teams, organisation, since, now, most }: ChangesRequest): Promise<Changes> {
  const found = new Map<ChangeKind, readonly Change[]>();
  for (const { kind, sql, statuses = [null] } of sources)
    for (const team of teams)
      for (const status of statuses) {
        const params = { team, organisation, since, now, most: most + 1, ...(status !== null && { status }) };
        const changes = (await rows.all<Omit<Change, 'kind'>>(sql, params)).map((change) => ({ ...change, kind }));
        if (changes.length > 0) found.set(kind, [...(found.get(kind) ?? []), ...changes]);
      }
  return {
    kinds: changeKinds.map((kind) => {
      const all = (found.get(kind) ?? []).toSorted(newestFirst);
      return { kind, changes: all.slice(0, most), more: all.length > most };
    }),
  };
}
