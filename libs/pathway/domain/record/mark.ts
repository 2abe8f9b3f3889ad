import type { Instant, Precision, RecordedEvent } from '#kernel';

/** That something happened: when, how exactly that is known, when it was learned, and by which entry. */
export interface Mark {
  readonly at: Instant;
  readonly precision: Precision;
  readonly recordedAt: Instant;
  readonly eventId: string;
}

export const markOf = (event: RecordedEvent): Mark => ({
  at: event.occurredAt,
  precision: event.precision,
  recordedAt: event.recordedAt,
  eventId: event.eventId,
});
