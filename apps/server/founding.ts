/** The beginning of a programme's history, which several projectors may come upon at the same moment. */
import type { Kept, Place } from '#database';

/** No rows: its turn is what counts. */
const kept: Kept<Record<never, never>> = { name: 'founding', migrations: [] };

/**
 * One process at a time, the others after it: whoever comes second finds what the first wrote, and adds nothing. The
 * turn ends with its process, however that ends. A directory of one process needs none.
 */
export async function inTurn(place: Place, found: () => Promise<void>): Promise<void> {
  if (!place.isShared) return found();
  const database = await place.open(kept);
  try {
    await database.alone(found);
  } finally {
    await database.close();
  }
}
