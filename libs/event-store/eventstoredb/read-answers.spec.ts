import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import conversion from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import fc from 'fast-check';
import { decodeEvents } from './read-answers.js';

const { ReadResp } = streams;
type Answer = InstanceType<typeof ReadResp>;

const byTheClient = (bytes: Buffer): Answer => ReadResp.deserializeBinary(bytes);
const refused = () => {
  throw new Error('left to the client');
};
const seen = (answer: unknown) => conversion.convertGrpcEvent((answer as Answer).getEvent()!);

const bigint = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const small = fc.nat().map(BigInt);
const position = fc.oneof(small, bigint, fc.constantFrom(0n, 127n, 128n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n));
const text = fc.string({ unit: 'grapheme', maxLength: 300 });

const event = fc.record({
  id: fc.uuid(), stream: fc.string({ minLength: 1 }), revision: position, commit: position, prepare: position, at: fc.option(position),
  type: text, contentType: fc.constantFrom('application/json', 'application/octet-stream'), created: small,
  data: fc.oneof(fc.json(), text), metadata: fc.oneof(fc.json(), text),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function messageOf(given: Event): Answer {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  const [id, stream] = [new shared.UUID(), new shared.StreamIdentifier()];
  id.setString(given.id);
  stream.setStreamName(Buffer.from(given.stream));
  recorded.setId(id);
  recorded.setStreamIdentifier(stream);
  recorded.setStreamRevision(String(given.revision));
  recorded.setCommitPosition(String(given.commit));
  recorded.setPreparePosition(String(given.prepare));
  recorded.getMetadataMap().set('type', given.type).set('content-type', given.contentType).set('created', String(given.created));
  recorded.setData(Buffer.from(given.data));
  recorded.setCustomMetadata(Buffer.from(given.metadata));
  const resolved = new ReadResp.ReadEvent();
  resolved.setEvent(recorded);
  if (given.at === null) resolved.setNoPosition(new shared.Empty());
  else resolved.setCommitPosition(String(given.at));
  const answer = new ReadResp();
  answer.setEvent(resolved);
  return answer;
}

const bytesOf = (answer: Answer): Buffer => Buffer.from(answer.serializeBinary());
const sample = (): Answer => messageOf({
  id: '00000000-0000-4000-8000-000000000001', stream: 'journey-1', revision: 3n, commit: 9n, prepare: 8n, at: 9n,
  type: 'contactRecorded', contentType: 'application/json', created: 1n, data: '{}', metadata: '{}',
});
/** The client took it apart, and so it says the same. */
const leftToTheClient = (answer: Answer): void => {
  expect(() => decodeEvents(refused)(bytesOf(answer))).toThrow('left to the client');
  expect(decodeEvents(byTheClient)(bytesOf(answer))).toEqual(byTheClient(bytesOf(answer)));
};

describe('an event as the server sends it', () => {
  it('is read as the client reads it, whatever it says and wherever it lies', () => {
    fc.assert(
      fc.property(event, (given) => {
        const bytes = bytesOf(messageOf(given));
        expect(seen(decodeEvents(refused)(bytes))).toEqual(seen(byTheClient(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  it('is left to the client where a later server says something more about it', () => {
    const unknown = Buffer.concat([bytesOf(sample()), Buffer.from([0x50, 0x01])]);
    expect(() => decodeEvents(refused)(unknown)).toThrow('left to the client');
    expect(seen(decodeEvents(byTheClient)(unknown))).toEqual(seen(sample()));
  });

  it('is left to the client where it is a link or has an id of two numbers', () => {
    const link = sample();
    link.getEvent()!.setLink(sample().getEvent()!.getEvent());
    leftToTheClient(link);
    const numbers = sample();
    const [id, structured] = [new shared.UUID(), new shared.UUID.Structured()];
    structured.setMostSignificantBits('1');
    structured.setLeastSignificantBits('-2');
    id.setStructured(structured);
    numbers.getEvent()!.getEvent()!.setId(id);
    leftToTheClient(numbers);
  });

  it('is left to the client where it was cut short, at whatever byte', () => {
    const whole = bytesOf(sample());
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeEvents(refused)(whole.subarray(0, length))).toThrow('left to the client');
    }
  });
});

describe('what the server sends besides events', () => {
  it('is left to the client: that a stream is not there, that a subscription stands, how far it has looked', () => {
    const [none, confirmed, checkpoint] = [new ReadResp(), new ReadResp(), new ReadResp()];
    none.setStreamNotFound(new ReadResp.StreamNotFound());
    confirmed.setConfirmation(new ReadResp.SubscriptionConfirmation());
    checkpoint.setCheckpoint(new ReadResp.Checkpoint());
    [none, confirmed, checkpoint, new ReadResp()].forEach(leftToTheClient);
  });
});
