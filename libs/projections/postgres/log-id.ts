import type { EventReader } from '#event-store';
import type { LogId } from './place.js';

/** Of that log, asked for until it has begun. */
export function firstEventOf(log: EventReader): LogId {
  let known: string | undefined;
  return async () => {
    if (known !== undefined) return known;
    // Ids alone are derived from what happened, and every programme begins with the same pilots.
    const [first] = (await log.readAll({ limit: 1 })).events;
    return (known = first && `${first.eventId} ${first.recordedAt}`);
  };
}
