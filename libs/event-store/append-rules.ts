/** What every adapter checks and decides alike before it writes: the rows of docs/event-store.md. */
import type { NewEvent, RecordedEvent } from '#kernel';
import { bytesOf, eventJson, sameContent, type EventJson } from './event-json.js';
import {
  IdConflictError,
  InvalidAppendError,
  MAX_APPEND_BYTES,
  MAX_EVENT_BYTES,
  MAX_STREAM_NAME,
  WrongRevisionError,
  type Appended,
  type Expected,
} from './port.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The events as they will be stored.
 * @param made that, where it was made before
 * @throws InvalidAppendError, and IdConflictError where an id occurs twice in `events`
 */
export function checkAppend(
  stream: string, expected: Expected, events: readonly NewEvent[], made?: readonly EventJson[],
): readonly EventJson[] {
  checkName('stream', stream);
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppendError(`${expected} is no revision`);
  }
  if (events.length === 0) throw new InvalidAppendError('nothing to append');
  const ids = new Set<string>();
  let total = 0;
  return events.map((event, i) => {
    checkName('event type', event.type);
    if (!uuid.test(event.eventId)) throw new InvalidAppendError(`${event.eventId} is not a UUID in lower case`);
    if (ids.has(event.eventId)) throw new IdConflictError(stream, event.eventId);
    ids.add(event.eventId);
    const json = made?.[i] ?? toJson(stream, event);
    const bytes = bytesOf(json);
    total += bytes;
    if (bytes > MAX_EVENT_BYTES) throw new InvalidAppendError(`event ${event.eventId} has ${bytes} bytes`);
    if (total > MAX_APPEND_BYTES) throw new InvalidAppendError(`the append has more than ${MAX_APPEND_BYTES} bytes`);
    return json;
  });
}

/** `$` is kept for what EventStoreDB writes itself. */
function checkName(what: string, name: string): void {
  const fits = name.length > 0 && name.length <= MAX_STREAM_NAME && !name.startsWith('$');
  if (!fits || !name.isWellFormed() || /\p{Cc}/u.test(name)) {
    throw new InvalidAppendError(`${JSON.stringify(name)} is not a name for a ${what}`);
  }
}

function toJson(stream: string, event: NewEvent): EventJson {
  try {
    return eventJson(stream, event);
  } catch (cause) {
    throw new InvalidAppendError(`event ${event.eventId} cannot be stored as JSON`, { cause });
  }
}

/**
 * What an append means to a stream whose last revision is `head` (-1 where it does not exist). `stored` holds those
 * of `events` whose id the stream has already, by id. Answers the first answer again for a repeat, else undefined:
 * append.
 * @throws WrongRevisionError, IdConflictError
 */
export function judgeAppend(
  stream: string,
  expected: Expected,
  events: readonly NewEvent[],
  head: number,
  stored: ReadonlyMap<string, RecordedEvent>,
): Appended | undefined {
  if (stored.size === 0) {
    if (expected === 'any' || (expected === 'none' ? -1 : expected) === head) return undefined;
    throw new WrongRevisionError(stream, expected, head);
  }
  const found = events.map((event) => stored.get(event.eventId));
  events.forEach((event, i) => {
    const there = found[i];
    if (there && !sameContent(there, event)) throw new IdConflictError(stream, event.eventId);
  });
  const last = found.at(-1);
  const first = expected === 'any' ? found[0]?.revision : expected === 'none' ? 0 : expected + 1;
  const repeats = first !== undefined && found.every((event, i) => event?.revision === first + i);
  if (!repeats || !last) throw new WrongRevisionError(stream, expected, head);
  return { revision: last.revision, position: last.position, repeated: true };
}
