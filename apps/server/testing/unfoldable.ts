/** An entry that no fold can read: what a faulty release, or a hand in the store, might leave behind. */
import { randomUUID } from 'node:crypto';
import type { EventReader } from '#event-store';
import { journeyStream, type NewEvent } from '#kernel';

/** The journey's last entry once more as another, without its content. */
export async function unfoldable(
  reader: Pick<EventReader, 'readStream'>,
  journeyId: string,
): Promise<{ readonly stream: string; readonly event: NewEvent }> {
  const stream = journeyStream(journeyId);
  const { revision: _r, position: _p, ordinal: _o, stream: _s, ...last } = (await reader.readStream(stream)).at(-1)!;
  const ids = { eventId: randomUUID(), commandId: randomUUID() };
  return { stream, event: { ...last, ...ids, type: 'HandoffEscalated', schemaVersion: 1, data: null } };
}
