/**
 * Events as the server sent them: for whoever puts many aside and takes each apart later, perhaps in another thread
 * (ADR 0021). Of each only that is read here by which it is put aside.
 */
import type { RecordedEvent } from '#kernel';
import type { Position, RawEvent } from '../port.js';
import { formatPosition } from './position.js';
import { recordedIn } from './read-answers.js';
import { fromLogRecord, recordIn } from './record.js';

/** What `readRaw` gave. @param bytes of a `RawEvent` @throws MalformedEventError */
export const eventInRaw = (bytes: Uint8Array, ordinal: number): RecordedEvent =>
  fromLogRecord(recordIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))!, ordinal);

/** An event with what is needed to find its place, in the log and among the parts. */
export interface RawRecord extends RawEvent {
  readonly type: string;
  readonly position: Position | undefined;
}

/** Undefined for what is no event. */
export function rawRecordIn(message: Buffer): RawRecord | undefined {
  const recorded = recordedIn(message);
  if (!recorded) return byTheClient(message);
  const { metadata, streamName, customMetadata } = recorded;
  return {
    bytes: message,
    type: metadata.get('type') ?? '',
    position: formatPosition(recorded),
    subject: personIn(customMetadata) ?? streamName.toString(),
  };
}

/** An event in a shape that only the client knows. */
function byTheClient(message: Buffer): RawRecord | undefined {
  const record = recordIn(message);
  if (!record) return undefined;
  const { type, position, streamId: stream, metadata } = record;
  const { person = stream } = (metadata ?? {}) as Partial<RecordedEvent>;
  return { bytes: message, type, position: position && formatPosition(position), subject: person };
}

const PERSON = Buffer.from('"person":"');
const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Of an envelope as JSON. Inside a text of it the quotes would be escaped, so what is found is the envelope's own key. */
function personIn(envelope: Buffer): string | undefined {
  const at = envelope.indexOf(PERSON);
  if (at < 0) return undefined;
  const from = at + PERSON.length;
  const end = envelope.indexOf(QUOTE, from);
  const person = envelope.subarray(from, end);
  return person.includes(BACKSLASH) ? (JSON.parse(envelope.toString()) as { person: string }).person : person.toString();
}
