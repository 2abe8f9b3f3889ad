import { expect } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import type { EventStore, Page, ReadAllOptions, SubscribeOptions } from '../port.js';
import { idsOf } from './events.js';

export * from './events.js';

/** One store under test. Its log may hold events of others, and others may append meanwhile. */
export interface Harness {
  /** The open store; another object after `reopen`. */
  readonly store: EventStore;
  /** Closes the store and opens it again on the same data: a restart. */
  reopen(): Promise<void>;
  /** Closes for good and removes what it left behind. */
  close(): Promise<void>;
}

/** What one adapter's suite runs with. */
export interface Contract {
  /** The harness of the running test. */
  harness(): Harness;
  /** Runs of each property. */
  readonly runs: number;
  /** Milliseconds one test may take. */
  readonly timeout: number;
}

/** Where a reader that has seen everything so far goes on. */
export async function mark(store: EventStore): Promise<Pick<ReadAllOptions, 'after' | 'afterOrdinal'>> {
  const { position, ordinal } = await store.head();
  return position === undefined ? {} : { after: position, afterOrdinal: ordinal ?? 0 };
}

/** Every event from there to the head, by pages of `limit`. */
export async function readOn(store: EventStore, options: ReadAllOptions): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let from: ReadAllOptions = options;
  for (;;) {
    const page: Page = await store.readAll(from);
    expect(page.events.length).toBeLessThanOrEqual(options.limit);
    events.push(...page.events);
    if (page.atHead || !page.next) return events;
    from = { ...options, after: page.next.position, afterOrdinal: page.next.ordinal };
  }
}

/** Subscribes until the event with id `last` has come; every event delivered, in order. */
export async function deliveredUntil(
  store: EventStore,
  last: string,
  options: Omit<SubscribeOptions, 'signal'> = {},
): Promise<RecordedEvent[]> {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(20_000)]);
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe({ ...options, signal })) {
    events.push(...batch);
    if (batch.some((event) => event.eventId === last)) controller.abort();
  }
  expect(idsOf(events)).toContain(last);
  return events;
}

export const ofStreams = (events: readonly RecordedEvent[], ...streams: string[]): RecordedEvent[] =>
  events.filter((event) => streams.includes(event.stream));

/** Gapless numbers from the first. */
export function expectGapless(events: readonly RecordedEvent[]): void {
  const first = events[0]?.ordinal ?? 1;
  expect(events.map((event) => event.ordinal)).toEqual(events.map((_, i) => first + i));
}
