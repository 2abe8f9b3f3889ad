import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { canonicalJson } from '#kernel';
import { anEvent } from '../contract/events.js';
import { eventInRaw, rawRecordIn } from './raw.js';
import { fromLogRecord, recordIn } from './record.js';

const { ReadResp } = streams;

interface Sent {
  readonly stream: string;
  readonly type: string;
  readonly envelope: string;
  readonly data: string;
  /** As the server sends it to who does not ask for text. */
  readonly idInNumbers?: boolean;
}

function messageOf({ stream, type, envelope, data, idInNumbers = false }: Sent): Buffer {
  const [recorded, id, name] = [new ReadResp.ReadEvent.RecordedEvent(), new shared.UUID(), new shared.StreamIdentifier()];
  if (idInNumbers) id.setStructured(new shared.UUID.Structured());
  else id.setString('00000000-0000-4000-8000-000000000001');
  name.setStreamName(Buffer.from(stream));
  recorded.setId(id);
  recorded.setStreamIdentifier(name);
  recorded.setStreamRevision('4');
  recorded.setCommitPosition('90');
  recorded.setPreparePosition('80');
  recorded.getMetadataMap().set('type', type).set('content-type', 'application/json').set('created', '1');
  recorded.setData(Buffer.from(data));
  recorded.setCustomMetadata(Buffer.from(envelope));
  const resolved = new ReadResp.ReadEvent();
  resolved.setEvent(recorded);
  const answer = new ReadResp();
  answer.setEvent(resolved);
  return Buffer.from(answer.serializeBinary());
}

const { data: _, type: _type, person: _person, ...envelope } = anEvent();
const sent = (more: object = {}): Sent => ({ stream: 'journey-1', type: 'Noted', envelope: canonicalJson({ ...envelope, ...more }), data: '{"n":1}' });
const said = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('an event that is put aside as it was sent', () => {
  it('is that of its person, whatever stands around the name, else that of its stream', () => {
    fc.assert(fc.property(said, said, fc.boolean(), (person, other, idInNumbers) => {
      const tricky = { purpose: `"person":"${other}"`, source: other };
      expect(rawRecordIn(messageOf({ ...sent({ ...tricky, person }), idInNumbers }))).toMatchObject({ subject: person, type: 'Noted', position: '90/80' });
      expect(rawRecordIn(messageOf({ ...sent(tricky), idInNumbers }))).toMatchObject({ subject: 'journey-1' });
    }));
  });

  it('is the same event when it is read later', () => {
    fc.assert(fc.property(said, fc.json(), (person, data) => {
      const message = messageOf({ ...sent({ person }), data: `{"said":${data}}` });
      expect(eventInRaw(rawRecordIn(message)!.bytes, 7)).toEqual(fromLogRecord(recordIn(message)!, 7));
    }));
  });

  it('is no event where the server says something else', () => {
    const none = new ReadResp();
    none.setStreamNotFound(new ReadResp.StreamNotFound());
    expect(rawRecordIn(Buffer.from(none.serializeBinary()))).toBeUndefined();
  });
});
