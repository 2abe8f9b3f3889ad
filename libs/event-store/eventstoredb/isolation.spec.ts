/** What happens between appenders: of one process, and of two. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { NewEvent } from '#kernel';
import { anEvent, idsOf } from '../contract/harness.js';
import type { EventStore, Expected } from '../port.js';
import type { WorkerAnswer, WorkerCall } from './testing/appending-worker.js';
import { openEventStoreDb } from './index.js';
import { findOwnServer } from './server.js';
import { readAddress } from './address.js';
import { SessionEndedError } from './errors.js';
import { Session } from './session.js';
import { startProxy } from './testing/proxy.js';
import { sleep } from './timing.js';

const found = await findOwnServer();

if ('leftOut' in found) {
  describe('what happens between appenders on EventStoreDB', () => {
    it(`is left out: ${found.leftOut}`, () => {
      expect(found.leftOut).toContain('eventstored');
    });
  });
} else describeIsolation(found.connectionString, () => found.stop());

function describeIsolation(connectionString: string, stop: () => Promise<void>): void {
  let store: EventStore;
  let other: Worker;
  beforeAll(async () => {
    store = await openEventStoreDb({ connectionString });
    other = new Worker(new URL(`./testing/appending-worker${extname(import.meta.url)}`, import.meta.url), { workerData: connectionString });
    await there('person-warm-up', 'any', [anEvent()]);
    await store.append('person-warm-up', 'any', [anEvent()]);
  }, 30_000);
  afterAll(async () => {
    await store.close();
    await stop();
  });

  const here = async (stream: string, expected: Expected, events: readonly NewEvent[]): Promise<WorkerAnswer> => {
    try {
      const { revision, position } = await store.append(stream, expected, events);
      return { revision, position };
    } catch (error) {
      return { refused: (error as Error).constructor.name };
    }
  };
  async function there(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<WorkerAnswer> {
    other.postMessage({ append: [stream, expected, events] } satisfies WorkerCall);
    const [answer] = (await once(other, 'message')) as [WorkerAnswer];
    return answer;
  }

  /** Both appenders at once, many times; how each round ended, sorted. */
  async function race(expected: Expected, pair: () => [NewEvent[], NewEvent[]], times = 40) {
    const rounds = [];
    for (let round = 0; round < times; round++) {
      const stream = `journey-${randomUUID()}`;
      const [mine, theirs] = pair();
      const answers = await Promise.all([here(stream, expected, mine), there(stream, expected, theirs)]);
      const kinds = answers.map((answer) => ('refused' in answer ? answer.refused : `revision ${answer.revision}`)).sort();
      rounds.push({ kinds, answers, stored: await store.readStream(stream), sent: [mine, theirs] });
    }
    return rounds;
  }

  describe('two processes that append to one stream at the same moment', () => {
    it('with different events: one wins, the other is told', async () => {
      for (const { kinds, stored } of await race('none', () => [[anEvent(), anEvent()], [anEvent(), anEvent()]])) {
        expect(kinds).toEqual(['WrongRevisionError', 'revision 1']);
        expect(stored).toHaveLength(2);
      }
    }, 30_000);

    it('with different events at any revision: both are stored, neither between the other', async () => {
      for (const { kinds, stored, sent } of await race('any', () => [[anEvent(), anEvent()], [anEvent(), anEvent()]])) {
        expect(kinds).toEqual(['revision 1', 'revision 3']);
        const first = stored[0]!.eventId === sent[0]![0]!.eventId ? 0 : 1;
        expect(idsOf(stored)).toEqual(idsOf([...sent[first]!, ...sent[1 - first]!]));
      }
    }, 30_000);

    it.each<Expected>(['none', 'any'])('with one id and two contents, expecting %s: the second is never told it was stored', async (expected) => {
      const rounds = await race(expected, () => {
        const event = anEvent({ data: { choice: 'accept' } });
        return [[event], [{ ...event, data: { choice: 'decline' } }]];
      });
      for (const { kinds, stored } of rounds) {
        expect(kinds).toEqual(['IdConflictError', 'revision 0']);
        expect(stored).toHaveLength(1);
      }
    }, 30_000);

    it.each<Expected>(['none', 'any'])('with the same event, each with its own clock, expecting %s: both get one answer, it is stored once', async (expected) => {
      const rounds = await race(expected, () => {
        const event = anEvent();
        return [[event], [{ ...event, recordedAt: '2011-03-01T09:00:00.042Z' }]];
        // The server leaves the second without an answer for seconds where the two really meet.
      }, 3);
      for (const { answers, stored } of rounds) {
        expect(stored).toHaveLength(1);
        expect(answers[0]).toEqual({ revision: 0, position: stored[0]!.position });
        expect(answers[1]).toEqual(answers[0]);
      }
    }, 30_000);
  });

  describe('one process', () => {
    it('appends by two stores of one server at the same moment, and by the one when the other is closed', async () => {
      const second = await openEventStoreDb({ connectionString });
      const stream = `journey-${randomUUID()}`;
      const answers = await Promise.all([store, second].flatMap((s) => Array.from({ length: 20 }, () => s.append(stream, 'any', [anEvent()]))));
      expect(new Set(answers.map(({ revision }) => revision)).size).toBe(40);
      await second.close();
      expect(await store.append(stream, 39, [anEvent()])).toMatchObject({ revision: 40 });
    }, 30_000);

    it('is told of its own appends alone when a connection breaks', async () => {
      const proxy = await startProxy(Number(/:(\d+)\?/.exec(connectionString)![1]));
      const [near, far] = [connectionString, `esdb://127.0.0.1:${proxy.port}?tls=false`].map(
        (address) => new Session(readAddress({ connectionString: address }))) as [Session, Session];
      const append = (session: Session) =>
        session.append({ stream: `raw-${randomUUID()}`, after: -1, events: [{ id: randomUUID(), type: 't', data: '{}', metadata: '{}' }] });
      await Promise.all([append(near), append(far)]);
      proxy.swallow();
      const lost = append(far);
      const sent = Array.from({ length: 50 }, () => append(near));
      await Promise.all([far.end(), expect(lost).rejects.toThrow(SessionEndedError)]);
      for (const { revision } of await Promise.all(sent)) expect(revision).toBe(0n);
      await Promise.all([near.end(), proxy.stop()]);
    }, 30_000);

    it('outlives an answer that comes twice, as the server gives to a bad request seconds later', async () => {
      const session = new Session(readAddress({ connectionString }));
      const event = { id: randomUUID(), type: 't', data: '{}', metadata: '{}' };
      for (const bad of [{ ...event, id: 'no-uuid' }, { ...event, type: '' }, { ...event, data: JSON.stringify('x'.repeat(1 << 20)) }]) {
        for (let i = 0; i < 5; i++) {
          await expect(session.append({ stream: 'raw', after: -1, events: [bad] }, 300)).rejects.toThrow();
        }
      }
      await sleep(2_500);
      expect(await session.append({ stream: 'raw', after: -1, events: [event] })).toMatchObject({ revision: 0n });
      await session.end();
    }, 30_000);

    it('is told of a failed append although the connection string asks for silence', async () => {
      const session = new Session(readAddress({ connectionString: `${connectionString}&throwOnAppendFailure=false` }));
      const event = { id: randomUUID(), type: 't', data: '{}', metadata: '{}' };
      await expect(session.append({ stream: 'raw', after: 77, events: [event] })).rejects.toMatchObject({ type: 'wrong-expected-version' });
      await session.end();
    }, 30_000);

    it('ends by itself once its store is closed', async () => {
      const exited = once(other, 'exit');
      other.postMessage('close' satisfies WorkerCall);
      expect(await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 3_000, 'still running').unref())])).toEqual([0]);
    }, 10_000);
  });
}
