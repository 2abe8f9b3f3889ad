import type { Position as LogPosition } from '@eventstore/db-client';
import { hash } from 'node:crypto';
import { asGiven, type NewEvent, type RecordedEvent } from '#kernel';
import { contentOf, dataOf, envelopeOf, eventJson, type EventJson } from '../event-json.js';
import { convertGrpcEvent, StreamsService } from './client-inside.js';
import { MalformedEventError } from './errors.js';
import { formatPosition, revisionNumber } from './position.js';
import { decodeEvents } from './read-answers.js';
import type { LogEvent } from './requests.js';

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

/** `ReadResp`, by the client's class or ours, which knows events only. */
interface Answer {
  hasEvent(): boolean;
  getEvent(): Parameters<typeof convertGrpcEvent>[0];
}

const decode = decodeEvents(StreamsService.read.responseDeserialize) as (bytes: Buffer) => Answer;

/** Out of one message of the server; undefined for what is no event, such as that there is no such stream. */
export function recordIn(message: Buffer): LogRecord | undefined {
  const answer = decode(message);
  return answer.hasEvent() ? (convertGrpcEvent(answer.getEvent()).event as LogRecord | undefined) : undefined;
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

/** @param json of the event, in whatever stream */
export const toLogEvent = (event: NewEvent, json: EventJson): LogEvent => ({
  id: logId(json), type: event.type, data: dataOf(json), metadata: envelopeOf(json),
});

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

type StoredEnvelope = Omit<NewEvent, 'data' | 'type'>;

/** Cheap, for it runs on every event read: the two fields nothing works without. */
const isEnvelope = (value: unknown): value is StoredEnvelope =>
  typeof value === 'object' && value !== null && 'eventId' in value && typeof value.eventId === 'string' &&
  'schemaVersion' in value && typeof value.schemaVersion === 'number';
