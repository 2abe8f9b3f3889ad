import { jsonEvent, type JSONEventData, type JSONType, type Position as LogPosition } from '@eventstore/db-client';
import { hash } from 'node:crypto';
import { canonicalJson, type NewEvent, type RecordedEvent } from '#kernel';
import { contentOf, eventJson, type EventJson } from '../event-json.js';
import { MalformedEventError } from './errors.js';
import { formatPosition, revisionNumber } from './position.js';

/** What we use of an event as the client reads it. */
export interface LogRecord {
  readonly streamId: string;
  readonly id: string;
  readonly type: string;
  readonly revision: bigint;
  readonly isJson: boolean;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: LogPosition;
}

/**
 * The id the server sees: a hash of our event id and of all the event says but `recordedAt`, as `sameContent` has it.
 * The server takes a repeated id for a repeated event without looking at it; so only a true repeat is one, whichever
 * process sent it first, and other content under the same event id is a wrong revision instead.
 */
export function logId(json: EventJson): string {
  const hex = hash('sha256', contentOf(json), 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20, 32)];
  return groups.join('-');
}

const utf8 = new TextEncoder();

/**
 * Data and the rest of the envelope as canonical JSON. The client writes the keys of data in the order it finds them.
 * Metadata it takes as bytes as well, and then does not carry them through base64 and back, twice.
 *
 * @param json of the event, in whatever stream
 */
export function toLogEvent(event: NewEvent, json: EventJson): JSONEventData {
  const { data, type, ...envelope } = event;
  const metadata = utf8.encode(canonicalJson(envelope));
  return jsonEvent({ id: logId(json), type, data: JSON.parse(canonicalJson(data)) as JSONType, metadata });
}

/** @throws MalformedEventError */
export function fromLogRecord(record: LogRecord, ordinal: number): RecordedEvent {
  const revision = revisionNumber(record.revision);
  const position = record.position ? formatPosition(record.position) : '';
  const problem = (what: string) => new MalformedEventError(record.streamId, revision, position, what);
  if (!position) throw problem('it has no position');
  if (!record.isJson) throw problem('its content is not JSON');
  const { metadata } = record;
  if (!isEnvelope(metadata)) throw problem('its metadata is no envelope of ours');
  const event: RecordedEvent = {
    ...metadata, type: record.type, data: record.data, stream: record.streamId, revision, position, ordinal,
  };
  // The client hands malformed JSON out as text. Where the data is text, its hash tells whether it was meant to be.
  if (typeof record.data === 'string' && logId(eventJson('', asGiven(event))) !== record.id) throw problem('its data is not JSON');
  return event;
}

const asGiven = ({ stream: _s, revision: _r, position: _p, ordinal: _o, ...event }: RecordedEvent): NewEvent => event;

type StoredEnvelope = Omit<NewEvent, 'data' | 'type'>;

/** Cheap, for it runs on every event read: the two fields nothing works without. */
const isEnvelope = (value: unknown): value is StoredEnvelope =>
  typeof value === 'object' && value !== null && 'eventId' in value && typeof value.eventId === 'string' &&
  'schemaVersion' in value && typeof value.schemaVersion === 'number';
