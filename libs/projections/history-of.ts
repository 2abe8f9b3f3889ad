/** A subject's recorded history up to a checkpoint, read from the streams that are known to hold it. */
import type { EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { Checkpoint, Generation } from './generations.js';
import { subjectOf } from './model-set.js';

interface Sources {
  readonly generation: Generation;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
}

/**
 * Decoded, in log order, nothing after the checkpoint. A cluster does not number the events of a stream, so they
 * are ordered by position and may carry ordinal 0: folds and rows never read `ordinal` or `position`.
 */
export async function historyOf(subject: string, at: Checkpoint, { generation, reader, registry }: Sources): Promise<RecordedEvent[]> {
  const until = at.position;
  if (until === undefined) return [];
  const streams = await Promise.all((await generation.streamsOf(subject)).map((stream) => reader.readStream(stream)));
  const events = streams
    .flat()
    .filter((event) => subjectOf(event) === subject && reader.comparePositions(event.position, until) <= 0)
    .map((event) => registry.decode(event));
  return streams.length > 1 ? events.sort((a, b) => reader.comparePositions(a.position, b.position)) : events;
}

const PAGE = 5_000;

/**
 * The same for several subjects, every event with its ordinal: versions of rows are dated by it. Where streams do
 * not carry ordinals the log is read through once; only quarantined subjects need that.
 */
export async function subjectsWithOrdinals(
  subjects: readonly string[],
  at: Checkpoint,
  sources: Sources,
): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
  const histories = new Map<string, RecordedEvent[]>();
  for (const subject of subjects) histories.set(subject, await historyOf(subject, at, sources));
  if ([...histories.values()].flat().every(({ ordinal }) => ordinal > 0)) return histories;

  for (const subject of subjects) histories.set(subject, []);
  let after: { position: string; ordinal: number } | undefined;
  for (;;) {
    const page = await sources.reader.readAll({
      limit: PAGE,
      toOrdinal: at.ordinal,
      ...(after && { after: after.position, afterOrdinal: after.ordinal }),
    });
    for (const event of page.events) histories.get(subjectOf(event))?.push(sources.registry.decode(event));
    if (page.atHead || !page.next || page.next.ordinal >= at.ordinal || page.next.position === after?.position) break;
    after = page.next;
  }
  return histories;
}
