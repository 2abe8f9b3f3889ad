import type { Position as LogPosition } from '@eventstore/db-client';
import type { Position } from '../port.js';

const shape = /^(\d+)\/(\d+)$/;

/** Both halves: the commit alone is not enough to resume from (pitfall P3). */
export const formatPosition = (position: Readonly<Record<keyof LogPosition, number | bigint>>): Position => `${position.commit}/${position.prepare}`;

/** @throws RangeError for text that no EventStoreDB gave. */
export function parsePosition(position: Position): LogPosition {
  const halves = shape.exec(position);
  if (!halves) throw new RangeError(`"${position}" is not a position of this event store`);
  return { commit: BigInt(halves[1]!), prepare: BigInt(halves[2]!) };
}

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** By number: as text 9 would come after 10. */
export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0;
  const [left, right] = [parsePosition(a), parsePosition(b)];
  return order(left.commit, right.commit) || order(left.prepare, right.prepare);
}

/** @throws RangeError above 2^53 - 1, which a JavaScript number cannot hold exactly. */
export function revisionNumber(revision: bigint): number {
  if (revision > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`revision ${revision} is beyond 2^53 - 1`);
  return Number(revision);
}
