import type { Instant, Precision, Purpose, RecordedEvent } from '#kernel';

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

/** Where an entry comes from: real care, an import or a simulation, and whose business it was. */
export interface Origin {
  readonly purpose: Purpose;
  readonly synthetic: boolean;
  readonly pilot?: string;
}

export const originOf = ({ purpose, synthetic, pilot }: RecordedEvent): Origin => ({
  purpose,
  synthetic,
  ...(pilot !== undefined && { pilot }),
});
