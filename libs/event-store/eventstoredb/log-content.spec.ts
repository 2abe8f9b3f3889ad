/** What else may lie in the log, and positions that are none: nothing of it passes in silence. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anEvent, asGiven, expectGapless, idsOf, readOn } from '../contract/harness.js';
import { InvalidAppendError, StoreUnavailableError, type EventStore } from '../port.js';
import { MalformedEventError, PositionGoneError, TruncatedStreamError } from './errors.js';
import { openEventStoreDb, openRaw } from './index.js';
import { Line } from './line.js';
import { LogReader } from './reader.js';
import { findOwnServer } from './server.js';
import { readAddress } from './address.js';
import { Session } from './session.js';

const found = await findOwnServer();

if ('leftOut' in found) {
  describe('what lies in the log of EventStoreDB', () => {
    it(`is left out: ${found.leftOut}`, () => {
      expect(found.leftOut).toContain('eventstored');
    });
  });
} else describeLog(found.connectionString, () => found.stop());

function describeLog(connectionString: string, stop: () => Promise<void>): void {
  let store: EventStore;
  let raw: Session;
  beforeAll(async () => {
    store = await openEventStoreDb({ connectionString, patience: 2_000 });
    raw = new Session(readAddress({ connectionString }));
  });
  afterAll(async () => {
    await raw.end();
    await store.close();
    await stop();
  });
  const newStream = () => `journey-${randomUUID()}`;
  const three = () => [anEvent(), anEvent(), anEvent()];

  describe('system events', () => {
    it('are left out of reads, of subscriptions, of ordinals and of the head, however many there are', async () => {
      const stream = newStream();
      const events = three();
      const before = await readOn(store, { limit: 1000 });
      await store.append(stream, 'none', events.slice(0, 1));
      for (let i = 0; i < 40; i++) await raw.client.setStreamMetadata(`notes-${randomUUID()}`, { cacheControl: i + 1 });
      await store.append(stream, 0, events.slice(1));
      const { position } = (await store.readStream(stream)).at(-1)!;
      for (let i = 0; i < 40; i++) await raw.client.setStreamMetadata(`notes-${randomUUID()}`, { cacheControl: i + 1 });
      expect(await store.head()).toEqual({ position });
      for (const limit of [1, 2, 1000]) {
        const read = await readOn(store, { limit });
        expectGapless(read);
        expect(idsOf(read)).toEqual([...idsOf(before), ...idsOf(events)]);
        expect(read.at(-1)).toMatchObject({ position, ordinal: before.length + 3 });
      }
      expect(await store.readAll({ after: position, afterOrdinal: 7, limit: 5 })).toEqual({
        events: [], next: { position, ordinal: 7 }, atHead: true,
      });
    }, 30_000);
  });

  describe('a page that is put aside as it was sent', () => {
    it('holds the same events, at the same places, when it is read later', async () => {
      await store.append(newStream(), 'none', three());
      await raw.client.setStreamMetadata(`notes-${randomUUID()}`, { cacheControl: 1 });
      await store.append(newStream(), 'none', three());
      const read = await openRaw();
      const first = await store.readRaw!({ limit: 2 });
      const { position: after, ordinal: afterOrdinal } = first.next!;
      const rest = await store.readRaw!({ after, afterOrdinal, limit: 1_000 });
      const events = [...first.events, ...rest.events].map(({ bytes }, i) => read(bytes, i + 1));
      expect(events).toEqual(await readOn(store, { limit: 1000 }));
      expect(rest).toMatchObject({ atHead: true, next: { ordinal: events.length, position: (await store.head()).position } });
      expect((await store.readRaw!({ limit: 9, toOrdinal: 3 })).events).toHaveLength(3);
    });
  });

  describe('a position', () => {
    it('behind the end of the log is refused, where the server would subscribe in silence', async () => {
      await store.append(newStream(), 'none', three());
      const gone = '9000000000/9000000000';
      await expect(store.readAll({ after: gone, limit: 1 })).rejects.toThrow(PositionGoneError);
      await expect(firstBatch(gone)).rejects.toThrow(PositionGoneError);
    }, 20_000);

    it('between two events is refused within our patience', async () => {
      await store.append(newStream(), 'none', three());
      const [commit] = (await store.head()).position!.split('/');
      const between = `${BigInt(commit!) - 3n}/${BigInt(commit!) - 3n}`;
      await expect(store.readAll({ after: between, limit: 1 })).rejects.toThrow(StoreUnavailableError);
      await expect(firstBatch(between)).rejects.toThrow();
    }, 30_000);
  });

  describe('a stream read short of what we know to be there', () => {
    it('is asked for again, as after a fail-over from a node that was deposed, and is never taken for the whole', async () => {
      const stream = newStream();
      await store.append(stream, 'none', three());
      const line = new Line(readAddress({ connectionString }), { attemptTimeout: 1_000, patience: 300, idleProbe: 1_000 });
      const reader = new LogReader(line);
      expect(await reader.readStream(stream, {}, 2)).toHaveLength(3);
      await expect(reader.readStream(stream, {}, 3)).rejects.toThrow('read short of revision 3');
      await expect(reader.readStream(newStream(), {}, 0)).rejects.toThrow(StoreUnavailableError);
      await line.close();
    }, 20_000);
  });

  describe('a stream that someone cut', () => {
    it('with $maxCount is not decided on: a read says what is missing (G)', async () => {
      const stream = newStream();
      await store.append(stream, 'none', [...three(), ...three()]);
      await raw.client.setStreamMetadata(stream, { maxCount: 2 });
      await expect(store.readStream(stream)).rejects.toThrow(TruncatedStreamError);
      const fresh = await openEventStoreDb({ connectionString });
      await expect(fresh.readStream(stream)).rejects.toMatchObject({ stream, expected: 0, found: 4 });
      await fresh.close();
    }, 20_000);

    it('by a deletion takes no further event, neither counted anew nor counted on (G)', async () => {
      const stream = newStream();
      await store.append(stream, 'none', three());
      await raw.client.deleteStream(stream);
      await reopen();
      await expect(store.append(stream, 'none', three())).rejects.toThrow(TruncatedStreamError);
    }, 20_000);

    it('by a tombstone is refused for ever (G)', async () => {
      const stream = newStream();
      await store.append(stream, 'none', three());
      await raw.client.tombstoneStream(stream);
      await expect(store.append(stream, 2, three())).rejects.toThrow(InvalidAppendError);
    }, 20_000);
  });

  describe('an event', () => {
    it.each(['words', '"quoted"', '{"a":1}', '123', ''])('whose data is the text %j comes back as that text', async (data) => {
      const stream = newStream();
      const event = anEvent({ data });
      await store.append(stream, 'none', [event]);
      expect((await store.readStream(stream)).map(asGiven)).toEqual([event]);
    }, 20_000);

    it.each([
      ['malformed JSON', 'its data is not JSON', 'json', '{"half'],
      ['bytes overwritten by a redaction', 'its data is not JSON', 'json', '\u00ff\u00ff\u00ff'],
      ['bytes', 'its content is not JSON', 'bytes', 'abc'],
    ])('of %s stops the reader and is named; nothing is guessed (5.3, 11)', async (_, why, kind, data) => {
      const stream = newStream();
      const { position: after } = await store.append(newStream(), 'none', [anEvent()]);
      const { data: _d, type, ...metadata } = anEvent();
      await raw.client.appendToStream(stream, [rawEvent(type, data, JSON.parse(JSON.stringify(metadata)), kind === 'json')]);
      const named = expect.objectContaining({ stream, revision: 0, message: expect.stringContaining(why) });
      for (const read of [() => store.readStream(stream), () => store.readAll({ after, limit: 5 }), () => firstBatch(after)]) {
        const error = await read().then(() => undefined, (reason: unknown) => reason);
        expect(error).toBeInstanceOf(MalformedEventError);
        expect(error).toEqual(named);
      }
    }, 20_000);

    it('of another program, without our envelope, stops the reader and is named', async () => {
      const stream = newStream();
      await raw.client.appendToStream(stream, [rawEvent('foreign', '{}', { who: 'else' }, true)]);
      await expect(store.readStream(stream)).rejects.toThrow(`event 0 of ${stream}`);
    }, 20_000);
  });

  async function reopen(): Promise<void> {
    await store.close();
    store = await openEventStoreDb({ connectionString, patience: 2_000 });
  }

  async function firstBatch(after: string): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    for await (const _ of store.subscribe({ after, afterOrdinal: 1, signal })) return;
  }
}

/** The client only writes sound JSON; told first `json` and then `octet-stream` it marks bytes of ours as JSON. */
function rawEvent(type: string, data: string, metadata: Record<string, string>, markedAsJson: boolean) {
  const types = markedAsJson ? ['application/json'] : [];
  return {
    id: randomUUID(), type, data: Buffer.from(data, 'latin1'), metadata,
    get contentType() {
      return (types.shift() ?? 'application/octet-stream') as 'application/octet-stream';
    },
  };
}
