import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '#kernel';
import { bytesOf, eventJson, type EventJson } from '../event-json.js';
import { MAX_APPEND_BYTES, type EventReader, type Expected, type Page, type Position, type Run } from '../port.js';

const PAGE = 1_000;
/**
 * Events taken between two turns of the event loop, in each of which some fifty of the next page come in: a connection
 * lets no more through at once. Without turns nothing would come in meanwhile.
 */
const SLICE = 25;
/** Events an append takes at most. */
const LONGEST = 200;

/** Every event after `from` up to and with the one at `until`, in order; a page is read while the last is taken. */
export async function* eventsUntil(
  reader: Pick<EventReader, 'readAll' | 'comparePositions'>, until: Position | undefined, from?: Page['next'],
): AsyncGenerator<RecordedEvent, void, undefined> {
  for await (const events of slicesUntil(reader, until, from)) yield* events;
}

/** The same, some at a time. */
export async function* slicesUntil(
  reader: Pick<EventReader, 'readAll' | 'comparePositions'>, until: Position | undefined, from?: Page['next'],
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
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
    const wanted = beyond <= 0 ? events : events.filter((event) => reader.comparePositions(event.position, until) <= 0);
    for (let at = 0; at < wanted.length; at += SLICE) {
      yield wanted.slice(at, at + SLICE);
      await turn();
    }
    if (isLast) return;
  }
}

/**
 * Neighbours in the log that are of one stream, as one append. Where a run ends depends on the events alone, so a copy
 * that is taken up again sends the same appends as before, which the store knows for repeats.
 * @param onEvent told of each event and of its stored form, which is made once for whoever needs it
 */
export async function* runsOf(
  slices: AsyncIterable<readonly RecordedEvent[]>, onEvent: (event: RecordedEvent, json: EventJson) => void = () => undefined,
): AsyncGenerator<Run, void, undefined> {
  let run: Given[] = [];
  let bytes = 0;
  for await (const events of slices) {
    for (const event of events) {
      const json = eventJson(event.stream, event);
      onEvent(event, json);
      const size = bytesOf(json);
      const fits = run[0]?.event.stream === event.stream && run.length < LONGEST && bytes + size <= MAX_APPEND_BYTES / 2;
      if (run.length > 0 && !fits) {
        yield toRun(run);
        run = [];
        bytes = 0;
      }
      run.push({ event, json });
      bytes += size;
    }
  }
  if (run.length > 0) yield toRun(run);
}

interface Given {
  readonly event: RecordedEvent;
  readonly json: EventJson;
}

function toRun(given: readonly Given[]): Run {
  const { stream, revision } = given[0]!.event;
  const expected: Expected = revision === 0 ? 'none' : revision - 1;
  return { stream, expected, events: given.map(({ event }) => event), json: given.map(({ json }) => json) };
}
