/**
 * What we send to read a page and to append, written by hand as it is read (ADR 0020): to build, measure and write
 * one event the client's generated classes took more than all else that an append costs. requests.spec.ts holds them
 * equal, byte for byte.
 */
import type { Position as LogPosition } from '@eventstore/db-client';
import { MessageWriter } from './message-writer.js';

/** An event as the server stores it. */
export interface LogEvent {
  /** UUID in lower case. */
  readonly id: string;
  readonly type: string;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
}

export interface Append {
  readonly stream: string;
  /** The last revision, -1 where the stream must not exist. */
  readonly after: number;
  readonly events: readonly LogEvent[];
}

/** Bytes of one event, or of one append, that are neither its texts nor its stream's name. */
const FRAME = 160;

/**
 * `BatchAppendReq`.
 * @param correlation UUID, which the answer carries
 * @param deadline when the server gives up, in `Date.now()` terms
 */
export function appendRequest({ stream, after, events }: Append, correlation: string, deadline: number): Buffer {
  let size = FRAME + Buffer.byteLength(stream);
  for (const { id, type, data, metadata } of events) {
    size += FRAME + id.length + Buffer.byteLength(type) + Buffer.byteLength(data) + Buffer.byteLength(metadata);
  }
  const writer = new MessageWriter(size);
  writer.whole(4, 1); // is_final
  for (let i = events.length - 1; i >= 0; i--) proposed(writer, events[i]!);
  const options = writer.end();
  timestamp(writer, 6, deadline);
  if (after < 0) writer.part(3, writer.end()); // no_stream
  else writer.whole(2, after); // stream_position
  identifier(writer, stream);
  writer.part(2, options);
  uuid(writer, 1, correlation);
  return writer.bytes();
}

/** `ReadReq` of one stream, forwards. */
export function streamReadRequest(stream: string, from: number, maxCount: number): Buffer {
  const writer = new MessageWriter(FRAME + Buffer.byteLength(stream));
  const options = readOptions(writer, maxCount);
  const ofStream = writer.end();
  writer.whole(2, from);
  identifier(writer, stream);
  writer.part(1, ofStream);
  writer.part(1, options);
  return writer.bytes();
}

/** At most so many events of the log, one after the other or, `backwards`, one before the other. */
export interface LogPage {
  /** Where the log begins, or ends, when absent. */
  readonly from: LogPosition | undefined;
  readonly maxCount: number;
  readonly backwards?: boolean;
}

/** `ReadReq` of the log. */
export function logReadRequest({ from, maxCount, backwards = false }: LogPage): Buffer {
  const writer = new MessageWriter(FRAME);
  const options = readOptions(writer, maxCount);
  if (backwards) writer.whole(3, 1); // read_direction
  const ofAll = writer.end();
  if (from) {
    const position = writer.end();
    if (from.prepare > 0n) writer.whole(2, from.prepare);
    if (from.commit > 0n) writer.whole(1, from.commit);
    writer.part(1, position);
  } else writer.part(backwards ? 3 : 2, writer.end()); // end, start
  writer.part(2, ofAll);
  writer.part(1, options);
  return writer.bytes();
}

/** All but what is read. @returns where the options end */
function readOptions(writer: MessageWriter, maxCount: number): number {
  const options = writer.end();
  const ids = writer.end();
  writer.part(2, writer.end()); // as text
  writer.part(9, ids);
  writer.part(8, writer.end()); // no_filter
  writer.whole(5, maxCount);
  return options;
}

function proposed(writer: MessageWriter, { id, type, data, metadata }: LogEvent): void {
  const end = writer.end();
  writer.text(4, data);
  writer.text(3, metadata);
  entry(writer, 'type', type);
  entry(writer, 'content-type', 'application/json');
  uuid(writer, 1, id);
  writer.part(3, end);
}

/** Of a map from text to text. */
function entry(writer: MessageWriter, key: string, value: string): void {
  const end = writer.end();
  writer.text(2, value);
  writer.text(1, key);
  writer.part(2, end);
}

function uuid(writer: MessageWriter, field: number, id: string): void {
  const end = writer.end();
  writer.text(2, id);
  writer.part(field, end);
}

function identifier(writer: MessageWriter, stream: string): void {
  const end = writer.end();
  writer.text(3, stream);
  writer.part(1, end);
}

function timestamp(writer: MessageWriter, field: number, millis: number): void {
  const end = writer.end();
  const seconds = Math.floor(millis / 1_000);
  const nanos = (millis - seconds * 1_000) * 1_000_000;
  if (nanos > 0) writer.whole(2, nanos);
  if (seconds > 0) writer.whole(1, seconds);
  writer.part(field, end);
}
