import { idOfStream, type RecordedEvent } from '#kernel';

/** Ids and coded facts. What people wrote is ciphertext, and not even that leaves; who they are is not in events. */
function coded(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('sealed:') ? undefined : value;
  if (Array.isArray(value)) return value.map(coded).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, coded(part)] as const)
      .filter(([, part]) => part !== undefined),
  );
}

/** What a receiver is told of an event, as JSON. */
export const bodyOf = (event: RecordedEvent): string =>
  JSON.stringify({
    type: event.type,
    timestamp: event.recordedAt,
    data: {
      eventId: event.eventId,
      schemaVersion: event.schemaVersion,
      ...(event.stream.startsWith('journey-') && { journeyId: idOfStream(event.stream) }),
      revision: event.revision,
      ...(event.person !== undefined && { personId: event.person }),
      ...(event.pilot !== undefined && { pilot: event.pilot }),
      occurredAt: event.occurredAt,
      precision: event.precision,
      by: { role: event.actor.role, organisation: event.actor.organisation, sector: event.actor.sector },
      facts: coded(event.data),
    },
  });

export type Origin = Pick<RecordedEvent, 'synthetic' | 'purpose'>;

/**
 * Why nobody outside is told: neither of made-up people nor of what was taken over from elsewhere (DESIGN 3). What
 * happens later on a journey that began so is no different.
 */
export const notSentBecause = (event: Origin, streamBegan: Origin): string | undefined => {
  const either = [event, streamBegan];
  if (either.some(({ synthetic, purpose }) => synthetic || purpose === 'simulation')) return 'made-up people';
  return either.some(({ purpose }) => purpose === 'import') ? 'imported' : undefined;
};
