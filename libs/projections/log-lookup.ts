/** Finds single places in the log by way of a generation's marks, reading at most a thousand events. */
import type { EventReader } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';
import { EVENTS_PER_MARK } from './known-at.js';
import type { Rows } from './read-store.js';

export interface StoredMark {
  readonly ordinal: number;
  readonly position: string;
}

/** Where a generation stands, and its last mark up to which everything was recorded by some moment. */
export interface KnownPlace {
  readonly last: number;
  readonly mark: StoredMark | undefined;
}

export async function placeBefore(rows: Rows, knownAt: Instant): Promise<KnownPlace> {
  const checkpoint = await rows.get<{ ordinal: number }>('SELECT ordinal FROM checkpoint');
  const mark = await rows.get<StoredMark>('SELECT ordinal, position FROM known_at WHERE known_at <= ? ORDER BY bucket DESC LIMIT 1', [knownAt]);
  return { last: checkpoint!.ordinal, mark };
}

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
