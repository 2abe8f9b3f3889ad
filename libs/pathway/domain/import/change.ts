import type { Instant, RecordedEvent } from '#kernel';
import { happened, isSame } from '../event.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * What a source says now against what was taken in from it before: nothing where it says the same, else a correction
 * of that entry. A changed record is a correction, not an error (DESIGN 4).
 */
export function corrected(
  before: { readonly eventId: string; readonly type: string; readonly occurredAt: Instant; readonly data: Data },
  now: { readonly occurredAt: Instant; readonly data: Data },
  learned: Instant,
) {
  const changed = Object.entries(now.data).filter(([field, value]) => !isSame(before.data[field], value));
  const moved = before.occurredAt !== now.occurredAt;
  if (changed.length === 0 && !moved) return [];
  return [
    happened(
      'EntryCorrected',
      {
        entry: before.eventId,
        entryType: before.type,
        reason: 'sourceChanged',
        ...(moved && { occurredAt: now.occurredAt }),
        ...(changed.length > 0 && { data: Object.fromEntries(changed) }),
      },
      { occurredAt: learned, precision: 'second' },
    ),
  ];
}

/** Entries as they stand, with all corrections made so far. */
export const asItStands = (effective: readonly RecordedEvent[], type: string, field: string, id: string) => {
  const found = effective.find((event) => event.type === type && (event.data as Data)[field] === id);
  return found && { eventId: found.eventId, type, occurredAt: found.occurredAt, data: found.data as Data };
};
