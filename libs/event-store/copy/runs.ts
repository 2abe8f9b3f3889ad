import type { NewEvent, RecordedEvent } from '#kernel';
import { eventJson } from '../event-json.js';
import { MAX_APPEND_BYTES, type EventReader, type Expected, type Position, type Run } from '../port.js';

const PAGE = 1_000;
/** Events an append takes at most. */
const LONGEST = 200;

/** Every event after `after` up to and with the one at `until`, in order. */
export async function* eventsUntil(
  reader: EventReader, until: Position | undefined, from?: RecordedEvent,
): AsyncGenerator<RecordedEvent, void, undefined> {
  if (until === undefined) return;
  let [after, afterOrdinal] = [from?.position, from?.ordinal ?? 0];
  for (;;) {
    const page = await reader.readAll({ limit: PAGE, afterOrdinal, ...(after !== undefined && { after }) });
    if (!page.next) return;
    const beyond = reader.comparePositions(page.next.position, until);
    if (beyond <= 0) yield* page.events;
    else yield* page.events.filter((event) => reader.comparePositions(event.position, until) <= 0);
    if (page.atHead || beyond >= 0) return;
    ({ position: after, ordinal: afterOrdinal } = page.next);
  }
}

/**
 * Neighbours in the log that are of one stream, as one append. Where a run ends depends on the events alone, so a copy
 * that is taken up again sends the same appends as before, which the store knows for repeats.
 */
export async function* runsOf(events: AsyncIterable<RecordedEvent>): AsyncGenerator<Run, void, undefined> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = sizeOf(event);
    const fits = run[0]?.stream === event.stream && run.length < LONGEST && bytes + size <= MAX_APPEND_BYTES / 2;
    if (run.length > 0 && !fits) {
      yield toRun(run);
      run = [];
      bytes = 0;
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield toRun(run);
}

function sizeOf(event: RecordedEvent): number {
  const { head, tail } = eventJson(event.stream, asGiven(event));
  return Buffer.byteLength(head) + Buffer.byteLength(tail);
}

function toRun(events: readonly RecordedEvent[]): Run {
  const { stream, revision } = events[0]!;
  const expected: Expected = revision === 0 ? 'none' : revision - 1;
  return { stream, expected, events: events.map(asGiven) };
}

/** The event without where it lies. */
export const asGiven = ({ stream: _s, revision: _r, position: _p, ordinal: _o, ...event }: RecordedEvent): NewEvent => event;
