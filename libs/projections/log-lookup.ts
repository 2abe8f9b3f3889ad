/** Finds single places in the log by way of a generation's marks, reading at most a thousand events. */
import type { DatabaseSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';
import { EVENTS_PER_MARK } from './known-at.js';
import { checkpointOf } from './sqlite/generation-db.js';
import { markBefore, type StoredMark } from './sqlite/marks.js';

/** Where a generation stands, and its last mark up to which everything was recorded by some moment. */
export interface KnownPlace {
  readonly last: number;
  readonly mark: StoredMark | undefined;
}

export const placeBefore = (database: DatabaseSync, knownAt: Instant): KnownPlace => ({
  last: checkpointOf(database).ordinal,
  mark: markBefore(database, knownAt),
});

/**
 * The last ordinal known at that moment: the running maximum of `recordedAt` up to it is not after `knownAt`; never
 * past the checkpoint. 0 where nothing was known yet.
 */
export async function ordinalAt({ last, mark }: KnownPlace, reader: EventReader, knownAt: Instant): Promise<number> {
  const from = mark?.ordinal ?? 0;
  if (from >= last) return from;
  const page = await reader.readAll({
    limit: EVENTS_PER_MARK,
    toOrdinal: last,
    ...(mark && { after: mark.position, afterOrdinal: mark.ordinal }),
  });
  // Up to the mark nothing is later than `knownAt`, so the first event that is raises the running maximum past it.
  const next = page.events.find((event) => event.recordedAt > knownAt);
  return next ? next.ordinal - 1 : (page.events.at(-1)?.ordinal ?? from);
}

/** @param mark the last one before the thousand of `ordinal`; the log is read from its beginning without */
export async function eventAt(mark: StoredMark | undefined, reader: EventReader, ordinal: number): Promise<RecordedEvent | undefined> {
  const page = await reader.readAll({
    limit: EVENTS_PER_MARK,
    toOrdinal: ordinal,
    ...(mark && { after: mark.position, afterOrdinal: mark.ordinal }),
  });
  return page.events.find((event) => event.ordinal === ordinal);
}
