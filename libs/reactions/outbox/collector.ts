import type { EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { Box, NewMessage } from './box.js';
import { bodyOf, notSentBecause, type Origin } from './message.js';
import type { Subscription } from './subscriptions.js';

export interface CollectorOptions {
  readonly reader: Pick<EventReader, 'subscribe' | 'readStream' | 'head'>;
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
  const { position: after, ordinal: afterOrdinal } = at;
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

async function messageOf(event: RecordedEvent, reader: CollectorOptions['reader']): Promise<NewMessage> {
  const [first] = await reader.readStream(event.stream, { limit: 1 });
  const origin: Origin = first ?? event;
  return { eventId: event.eventId, type: event.type, body: bodyOf(event), notSent: notSentBecause(event, origin) };
}
