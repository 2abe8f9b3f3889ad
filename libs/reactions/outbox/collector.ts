import { eventsUntil, type EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { Box, Checkpoint, NewMessage } from './box.js';
import { bodyOf, notSentBecause, type Origin } from './message.js';
import type { Subscription } from './subscriptions.js';

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
  if (position === undefined) return at;
  const { position: head } = await reader.head();
  if (head !== undefined && isOf(reader, position, head)) return at;
  let events = 0;
  for await (const event of eventsUntil(reader, head)) if ((events = event.ordinal) === ordinal) return event;
  throw new Error(`receivers were told of ${ordinal} events of a log; this one has ${events} and is no copy of it`);
}

/** What another kind of store gave cannot even be read. */
function isOf(reader: CollectorOptions['reader'], position: string, head: string): boolean {
  try {
    reader.comparePositions(position, head);
    return true;
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
