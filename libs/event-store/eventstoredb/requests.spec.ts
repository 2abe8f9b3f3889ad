import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import fc from 'fast-check';
import { appendRequest, logReadRequest, streamReadRequest, type Append, type LogEvent, type LogPage } from './requests.js';

const { BatchAppendReq, ReadReq } = streams;

const nothing = () => new shared.Empty();

function identifierOf(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
}

function uuidOf(id: string) {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
}

function proposed({ id, type, data, metadata }: LogEvent) {
  const message = new BatchAppendReq.ProposedMessage();
  message.setId(uuidOf(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setCustomMetadata(Buffer.from(metadata));
  message.setData(Buffer.from(data));
  return message;
}

/** As the client's classes write it. */
function appendOfTheClient({ stream, after, events }: Append, correlation: string, deadline: number): Buffer {
  const options = new BatchAppendReq.Options();
  options.setStreamIdentifier(identifierOf(stream));
  options.setDeadline(timestamps.Timestamp.fromDate(new Date(deadline)));
  if (after < 0) options.setNoStream(nothing() as never);
  else options.setStreamPosition(String(after));
  const request = new BatchAppendReq();
  request.setCorrelationId(uuidOf(correlation));
  request.setOptions(options);
  request.setProposedMessagesList(events.map(proposed));
  request.setIsFinal(true);
  return Buffer.from(request.serializeBinary());
}

function readOfTheClient(stream: string, from: number, maxCount: number): Buffer {
  const ofStream = new ReadReq.Options.StreamOptions();
  ofStream.setStreamIdentifier(identifierOf(stream));
  ofStream.setRevision(String(from));
  const options = new ReadReq.Options();
  options.setStream(ofStream);
  return withOptions(options, maxCount);
}

function logReadOfTheClient({ from, maxCount, backwards }: LogPage): Buffer {
  const ofAll = new ReadReq.Options.AllOptions();
  if (from) {
    const position = new ReadReq.Options.Position();
    position.setCommitPosition(String(from.commit));
    position.setPreparePosition(String(from.prepare));
    ofAll.setPosition(position);
  } else if (backwards) ofAll.setEnd(nothing());
  else ofAll.setStart(nothing());
  const options = new ReadReq.Options();
  options.setReadDirection(backwards ? 1 : 0);
  options.setAll(ofAll);
  return withOptions(options, maxCount);
}

function withOptions(options: InstanceType<typeof ReadReq.Options>, maxCount: number): Buffer {
  const ids = new ReadReq.Options.UUIDOption();
  ids.setString(nothing());
  options.setCount(String(maxCount));
  options.setUuidOption(ids);
  options.setNoFilter(nothing());
  const request = new ReadReq();
  request.setOptions(options);
  return Buffer.from(request.serializeBinary());
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const edges = [0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
const revision = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(...edges));
const event = fc.record({ id: fc.uuid(), type: text, data: fc.json(), metadata: fc.json() });

describe('a request to the server', () => {
  it('to append is what the client would send', () => {
    const events = fc.array(event, { minLength: 1, maxLength: 5 });
    const moment = fc.integer({ min: 0, max: 4e12 });
    fc.assert(fc.property(text, fc.oneof(revision, fc.constant(-1)), events, fc.uuid(), moment, (stream, after, sent, id, deadline) => {
      const append = { stream, after, events: sent };
      expect(appendRequest(append, id, deadline)).toEqual(appendOfTheClient(append, id, deadline));
    }));
  });

  it('to append as much as one append may hold is what the client would send', () => {
    const event = { id: '00000000-0000-4000-8000-000000000001', type: 'Noted', metadata: '{}', data: JSON.stringify('ä€😀'.repeat(100_000)) };
    const append = { stream: 'journey-1', after: 3, events: [event] };
    expect(appendRequest(append, event.id, 1).equals(appendOfTheClient(append, event.id, 1))).toBe(true);
  });

  it('to read the log is what the client would send, from wherever and whichever way', () => {
    const half = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.constantFrom(...edges.map(BigInt)));
    const from = fc.option(fc.record({ commit: half, prepare: half }), { nil: undefined });
    fc.assert(fc.property(from, fc.integer({ min: 1, max: 1_000 }), fc.boolean(), (position, maxCount, backwards) => {
      const page = { from: position, maxCount, backwards };
      expect(logReadRequest(page)).toEqual(logReadOfTheClient(page));
    }));
  });

  it('to read a stream is what the client would send', () => {
    fc.assert(fc.property(text, revision, fc.integer({ min: 1, max: 1_000 }), (stream, from, maxCount) => {
      expect(streamReadRequest(stream, from, maxCount)).toEqual(readOfTheClient(stream, from, maxCount));
    }));
  });
});
