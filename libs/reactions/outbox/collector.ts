import type { EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { Box, Checkpoint, NewMessage } from './box.js';
import { bodyOf, notSentBecause, type Origin } from './message.js';
import type { Subscription } from './subscriptions.js';

/** Events, while a place is looked for. */
const PAGE = 1000;

export interface CollectorOptions {
  readonly reader: Pick<EventReader, 'subscribe' | 'readAll' | 'readStream' | 'head' | 'comparePositions'>;
  readonly registry: EventRegistry;
  readonly box: Box;
  readonly subscription: Subscription;
  /** There is something to send. */
  readonly onCollected: () => void;
}

/** Reads the log for one receiver and puts what they are to be told into the outbox, until `signal` aborts. */
export async function collect(options: CollectorOptions, signal: AbortSignal): Promise<void> {
  const { reader, registry, box, subscription, onCollected } = options;
  const types = new Set(subscription.types);
  let at = await box.checkpoint(subscription.id);
  if (!at) await box.begin(subscription.id, (at = await reader.head()));
  const { position: after, ordinal: afterOrdinal } = await inThisLog(reader, at);
  const batches = reader.subscribe({
    signal,
    ...(after !== undefined && { after }),
    ...(afterOrdinal !== undefined && { afterOrdinal }),
  });
  for await (const events of batches) {
    const messages: NewMessage[] = [];
    for (const event of events)
      if (types.has(event.type)) messages.push(await messageOf(registry.decode(event), reader));
    const { position, ordinal } = events.at(-1)!;
    await box.take(subscription.id, messages, { position, ordinal });
    if (messages.length > 0) onCollected();
  }
}

/**
 * A position of the log that this one was copied from says nothing here; the ordinal does, which a copy keeps.
 * @throws Error this log does not go so far
 */
async function inThisLog(reader: CollectorOptions['reader'], at: Partial<Checkpoint>): Promise<Partial<Checkpoint>> {
  const { position, ordinal = 0 } = at;
  if (position === undefined || (await isOf(reader, position))) return at;
  let found: Partial<Checkpoint> = {};
  while ((found.ordinal ?? 0) < ordinal) {
    const { position: after, ordinal: afterOrdinal } = found;
    const from = after !== undefined && afterOrdinal !== undefined ? { after, afterOrdinal } : {};
    const { next, atHead } = await reader.readAll({ ...from, limit: PAGE, toOrdinal: ordinal });
    if (!next || (atHead && next.ordinal < ordinal))
      throw new Error(`receivers were told of ${ordinal} events of a log; this one has ${next?.ordinal ?? 0} and is no copy of it`);
    found = next;
  }
  return found;
}

/** What another kind of store gave cannot even be read. */
async function isOf(reader: CollectorOptions['reader'], position: string): Promise<boolean> {
  const { position: head } = await reader.head();
  try {
    if (head !== undefined) reader.comparePositions(position, head);
    return head !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function messageOf(event: RecordedEvent, reader: CollectorOptions['reader']): Promise<NewMessage> {
  const [first] = await reader.readStream(event.stream, { limit: 1 });
  const origin: Origin = first ?? event;
  return { eventId: event.eventId, type: event.type, body: bodyOf(event), notSent: notSentBecause(event, origin) };
}
