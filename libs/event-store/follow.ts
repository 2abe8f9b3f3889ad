import type { RecordedEvent } from '#kernel';
import type { EventReader, SubscribeOptions } from './port.js';

/** Events a subscription takes at once where nobody said. */
export const DEFAULT_BATCH = 500;

/** Tells a sleeping subscription that there may be more. */
export interface Bell {
  /** Grows with every ring. */
  readonly rings: number;
  /** Resolves once `rings` is past `seen`, or sooner, or when `signal` aborts. */
  wait(seen: number, signal: AbortSignal): Promise<void>;
}

/** A subscription for stores that are read page by page: reads to the head, waits for the bell, reads on. */
export async function* follow(
  reader: Pick<EventReader, 'readAll'>,
  bell: Bell,
  options: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const { signal, batch = DEFAULT_BATCH } = options;
  let { after, afterOrdinal } = options;
  while (!signal.aborted) {
    const seen = bell.rings;
    const page = await reader.readAll({
      limit: batch,
      ...(after !== undefined && { after }),
      ...(afterOrdinal !== undefined && { afterOrdinal }),
    });
    if (page.next) ({ position: after, ordinal: afterOrdinal } = page.next);
    if (page.events.length > 0 && !signal.aborted) yield page.events;
    if (page.atHead) await bell.wait(seen, signal);
  }
}
