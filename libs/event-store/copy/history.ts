import { deriveId, type NewEvent } from '#kernel';
import { anEvent } from '../contract/events.js';
import type { EventStore } from '../port.js';

/** Test support: a history of `length` events in eleven streams that interleave, with runs of one to three. */
export async function writeHistory(store: EventStore, length: number, seed = 'history'): Promise<void> {
  const heads = new Map<string, number>();
  for (let written = 0; written < length; ) {
    const stream = `journey-${seed}-${(written * 7) % 11}`;
    const count = Math.min(1 + (written % 3), length - written);
    const head = heads.get(stream);
    await store.append(stream, head ?? 'none', Array.from({ length: count }, (_, i) => eventAt(seed, written + i)));
    heads.set(stream, (head ?? -1) + count);
    written += count;
  }
}

/** Both clocks differ from event to event, and recording lags behind what happened. */
const eventAt = (seed: string, n: number): NewEvent =>
  anEvent({
    eventId: deriveId(seed, n),
    occurredAt: new Date(Date.UTC(2011, 0, 1, 0, n)).toISOString(),
    recordedAt: new Date(Date.UTC(2011, 0, 3, 0, n)).toISOString(),
    data: { n, said: 'é "quoted" \u2028', text: 'x'.repeat((n * 37) % 900), list: [1.5, null, { b: 1, a: [] }] },
  });
