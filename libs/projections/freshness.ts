import type { EventReader } from '#event-store';
import type { Checkpoint } from './generations.js';

/** A generation this close to the head of the log counts as live, in events: one batch. */
export const LIVE_WITHIN = 1_000;

/**
 * Events of the log after the checkpoint. A store that cannot count gives a lower bound: `atLeast` where the log is
 * known to go on.
 */
export async function eventsBehind(
  reader: EventReader,
  at: Pick<Checkpoint, 'position' | 'ordinal'>,
  atLeast = 1,
): Promise<number> {
  const head = await reader.head();
  if (head.ordinal !== undefined) return Math.max(0, head.ordinal - at.ordinal);
  if (head.position === undefined) return 0;
  return at.position !== undefined && reader.comparePositions(head.position, at.position) <= 0 ? 0 : atLeast;
}
