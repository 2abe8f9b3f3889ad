/**
 * How soon an offer is to be seen and answered, by boundary and urgency (DESIGN 6). Versions stay: an offer keeps the
 * one it was made under, and `targetVersion` names it.
 */
import { civilDate, minutes, type Boundary, type CivilDate, type Instant, type Sector } from '#kernel';
import { load, type Label } from '../data.js';
import { addOpeningTime } from '../directory/opening-hours.js';
import type { Team } from '../directory/team.js';

export const targetUrgencies = ['immediate', 'urgent', 'soon', 'routine'] as const;
export type TargetUrgency = (typeof targetUrgencies)[number];

export interface Target {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  /** A sector, or `*` for any. */
  readonly from: Sector | '*';
  readonly to: Sector | '*';
  /** Minutes of the receiver's opening hours since the offer. */
  readonly minutes: Readonly<Record<TargetUrgency, { readonly acknowledge: number; readonly accept: number }>>;
  readonly label: Label;
  readonly words: string;
  readonly source: string;
}

export interface Deadlines {
  readonly acknowledgeBy: Instant;
  readonly acceptBy: Instant;
  /** `hub-default@1` */
  readonly targetVersion: string;
}

const all = load<readonly Target[]>('targets.json');

export const allTargets = (): readonly Target[] => all;

/** A boundary's own target counts before one for its receiver, that before one for its sender, that before any. */
const closeness = ({ from, to }: Target): number => (to === '*' ? 0 : 2) + (from === '*' ? 0 : 1);

/** The target in force for a boundary on that day. @throws RangeError there was none yet */
export function targetFor(crossing: Boundary, day: CivilDate, among: readonly Target[] = all): Target {
  const [from, to] = crossing.split('>');
  const [best] = among
    .filter(
      (one) => one.effectiveFrom <= day && (one.from === '*' || one.from === from) && (one.to === '*' || one.to === to),
    )
    .sort((a, b) => closeness(b) - closeness(a) || b.version - a.version);
  if (!best) throw new RangeError(`no target was in force for ${crossing} on ${day}`);
  return best;
}

export interface Offered {
  readonly boundary: Boundary;
  readonly urgency: TargetUrgency;
  readonly offeredAt: Instant;
  readonly receiver: Pick<Team, 'hours'>;
}

/** @throws RangeError no target was in force yet, or the receiver does not open for a year */
export function deadlines({ boundary, urgency, offeredAt, receiver }: Offered): Deadlines {
  const target = targetFor(boundary, civilDate(offeredAt));
  const { acknowledge, accept } = target.minutes[urgency];
  return {
    acknowledgeBy: addOpeningTime(offeredAt, minutes(acknowledge), receiver),
    acceptBy: addOpeningTime(offeredAt, minutes(accept), receiver),
    targetVersion: `${target.id}@${target.version}`,
  };
}
