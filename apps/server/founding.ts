/** The beginning of a programme's history, which several projectors may come upon at the same moment. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from '#database';
import { Lease } from '#reactions';

/** How often those who wait look whether it is their turn, milliseconds. */
const LOOK_EVERY = 250;

/**
 * One process at a time, the others after it: whoever comes second finds what the first wrote, and adds nothing. A turn
 * takes minutes, so it is a lease that is renewed and no transaction that stays open; of a process that died it expires.
 * A directory of one process needs none.
 */
export async function inTurn(place: Place, found: () => Promise<void>): Promise<void> {
  if (!place.isShared) return found();
  const lease = new Lease({ place, name: 'founding' });
  try {
    while (!(await lease.hold())) await pause(LOOK_EVERY);
    // Whoever has it next after it was lost comes upon the same entries under the same ids, and adds none twice.
    await lease.during(() => found());
  } finally {
    await lease.release();
  }
}
