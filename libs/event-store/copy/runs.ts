import type { NewEvent, RecordedEvent } from '#kernel';
import { eventJson } from '../event-json.js';
import { MAX_APPEND_BYTES, type EventReader, type Expected, type Page, type Position, type Run } from '../port.js';

const PAGE = 1_000;
/** Events an append takes at most. */
const LONGEST = 200;

/** Every event after `from` up to and with the one at `until`, in order; a page is read while the last is taken. */
export async function* eventsUntil(
  reader: EventReader, until: Position | undefined, from?: Page['next'],
): AsyncGenerator<RecordedEvent, void, undefined> {
  if (until === undefined) return;
  const pageAfter = (at: Page['next']): Promise<Page> => {
    const page = reader.readAll({ limit: PAGE, ...(at && { after: at.position, afterOrdinal: at.ordinal }) });
    // Told to whoever takes it; nobody does where the taker has left.
    page.catch(() => undefined);
    return page;
  };
  let coming = pageAfter(from);
  for (;;) {
    const { events, next, atHead } = await coming;
    if (!next) return;
    const beyond = reader.comparePositions(next.position, until);
    const isLast = atHead || beyond >= 0;
    if (!isLast) coming = pageAfter(next);
    yield* beyond <= 0 ? events : events.filter((event) => reader.comparePositions(event.position, until) <= 0);
    if (isLast) return;
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
