import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { deriveId, type NewEvent, type RecordedEvent } from '#kernel';
import type { EventStore, Page, ReadAllOptions, SubscribeOptions } from '../port.js';

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

/** Messages 1, 2, 3 … of the tables in docs/event-store.md: the same number is the same event. */
export interface Messages {
  readonly stream: string;
  (...numbers: number[]): NewEvent[];
}

export function messages(prefix = 'journey'): Messages {
  const scope = randomUUID();
  const make = (...numbers: number[]) =>
    numbers.map((n) => anEvent({ eventId: deriveId(scope, n), data: { n } }));
  return Object.assign(make, { stream: `${prefix}-${scope}` });
}

export const anEvent = (fields: Partial<NewEvent> = {}): NewEvent => ({
  eventId: randomUUID(),
  type: 'contractChecked',
  schemaVersion: 1,
  person: '1d1f0f6e-58c4-5a55-8d7f-1c8fd9d5b9a1',
  pilot: 'torbay',
  occurredAt: '2011-03-01T08:05:00.000Z',
  precision: 'minute',
  recordedAt: '2011-03-01T09:00:00.000Z',
  actor: { staff: 'staff-7', role: 'coordinator', organisation: 'torbay-care-trust', sector: 'community', pilot: 'torbay' },
  purpose: 'directCare',
  commandId: '0b7de1b4-35b2-5a40-a32f-93c4e4b7d3e7',
  commandHash: 'hmac:5f1c',
  correlationId: '0b7de1b4-35b2-5a40-a32f-93c4e4b7d3e7',
  source: 'contract',
  synthetic: true,
  data: {},
  ...fields,
});

/** The event as it was given, without where it lies. */
export function asGiven({ stream: _s, revision: _r, position: _p, ordinal: _o, ...event }: RecordedEvent): NewEvent {
  return event;
}

export const idsOf = (events: readonly NewEvent[]): string[] => events.map((event) => event.eventId);

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
