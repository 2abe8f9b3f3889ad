import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { person, registry, type Entry, type EntryOptions } from '../../../test/support/history.js';
import { inEachPlace } from '../../../test/support/places.js';
import { Lease } from '../lease.js';
import { Box, type Checkpoint } from './box.js';
import type { Post } from './deliver.js';
import { Outbox } from './outbox.js';
import { signedHeaders } from './sign.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Of the lease; a standby asks for it three times in that time. */
const TTL = 300;
const hub = { id: 'hub', url: 'https://hub.example/', secret, types: ['HandoffOffered', 'HandoffDeclined'] };

interface Received {
  readonly id: string;
  readonly body: { type: string; data: Record<string, unknown> };
  readonly text: string;
  readonly headers: Record<string, string>;
}

inEachPlace((here) => {
  let store: EventStore;
  let received: Received[];
  let answers: (signal: AbortSignal) => number | Promise<number>;
  let now: number;
  let outboxes: Outbox[];
  let leases: Lease[];
  /** Leases expire by it, and not because a busy machine was slow. */
  let leaseClock: number;

  beforeEach(() => {
    store = openMemoryEventStore();
    received = [];
    answers = () => 204;
    now = Date.parse('2026-11-25T10:00:00Z');
    outboxes = [];
    leases = [];
    leaseClock = now;
  });
  afterEach(async () => {
    for (const outbox of outboxes) await outbox.stop();
    for (const lease of leases) await lease.release();
    await store.close();
  });

  const post: Post = async (_, headers, text, signal) => {
    received.push({ id: headers['webhook-id']!, body: JSON.parse(text) as Received['body'], text, headers });
    return answers(signal);
  };
  async function start({ onProblem = (problem: string) => expect(problem).toBe('none') } = {}): Promise<Outbox> {
    const place = await here().place();
    const lease = new Lease({ place, name: 'outbox', ttl: TTL, now: () => leaseClock });
    const outbox = new Outbox({
      place,
      reader: store,
      registry,
      subscriptions: [hub],
      lease,
      onProblem,
      post,
      now: () => now,
    });
    outbox.start();
    outboxes.push(outbox);
    leases.push(lease);
    return outbox;
  }
  async function stop(outbox: Outbox): Promise<void> {
    outboxes = outboxes.filter((one) => one !== outbox);
    await outbox.stop();
  }
  const happens = async (...entries: readonly Entry[]) => {
    for (const { stream, event } of entries) await store.append(stream, 'any', [event]);
  };
  /** @throws Error where it does not come to be so */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let waited = 0; !(await isSo()); waited += 10) {
      if (waited > 20_000) throw new Error('it did not come to be so');
      await sleep(10);
    }
  }
  /** Once that is kept, the hub is told whatever happens. */
  async function beginning(): Promise<void> {
    const box = new Box(await here().place());
    await until(async () => (await box.checkpoint(hub.id)) !== undefined);
    await box.close();
  }
  async function hadHeardOf(at: Checkpoint): Promise<void> {
    const box = new Box(await here().place());
    await box.take(hub.id, [], at);
    await box.close();
  }
  /** A running outbox that has begun to listen. */
  async function listening(outbox: Outbox): Promise<Outbox> {
    await until(async () => (await outbox.status()).state === 'running');
    await beginning();
    return outbox;
  }

  const smith = person('Mrs Smith');
  const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 10:00')];
  const declined = smith.declined('a', '2011-03-01 10:05');

  describe('A receiver of webhooks', () => {
    it('is told what it asked for, signed, under the id of the event', async () => {
      await listening(await start());
      await happens(...offered, declined);
      await until(() => received.length === 2);
      const [offer, decline] = received;
      expect([offer!.id, decline!.id]).toEqual([offered.at(-1)!.event.eventId, declined.event.eventId]);
      expect(offer!.headers).toEqual(signedHeaders(offer!.id, offer!.text, secret, now));
      expect(decline!.body).toMatchObject({
        type: 'HandoffDeclined',
        data: { journeyId: smith.journey, personId: smith.personId, facts: { reason: 'noCapacity' } },
      });
    });

    it('is told codes and ids, and nothing that anybody wrote', async () => {
      await listening(await start());
      await happens(...offered);
      await until(() => received.length === 1);
      expect(received[0]!.text).not.toContain('sealed');
      expect(received[0]!.text).not.toContain('staff');
      expect(received[0]!.body.data['facts']).toMatchObject({ contents: { risks: 'noneKnown' } });
    });

    it('is told from the moment at which it was first named, not of the years before', async () => {
      await happens(...offered);
      await listening(await start());
      await happens(declined);
      await until(() => received.length === 1);
      expect(received[0]!.body.type).toBe('HandoffDeclined');
    });

    it('is told what happened since, where the log was copied into another kind of store meanwhile', async () => {
      await stop(await listening(await start()));
      await happens(...offered);
      await hadHeardOf({ position: '4711/4711', ordinal: offered.length });
      await happens(declined);
      leaseClock += TTL;
      await start();
      await until(() => received.length === 1);
      expect(received[0]!.body.type).toBe('HandoffDeclined');
    });

    it('is told nothing out of a log that is no copy of the one it was told of', async () => {
      await stop(await listening(await start()));
      await happens(...offered);
      await hadHeardOf({ position: '4711/4711', ordinal: 100 });
      leaseClock += TTL;
      const problems: string[] = [];
      await start({ onProblem: (problem) => void problems.push(problem) });
      await until(() => problems.length > 0);
      expect(problems[0]).toMatch(/were told of 100 events of a log; this one has \d+ and is no copy of it/);
      expect(received).toEqual([]);
    });

    it('is told what happened while nothing ran', async () => {
      await stop(await listening(await start()));
      leaseClock += TTL;
      await happens(...offered, declined);
      await start();
      await until(() => received.length === 2);
    });
  });

  describe('At least once', () => {
    it('what was sent when the process ended, and not marked, is sent again under the same id', async () => {
      // It arrives, and the answer never does.
      answers = (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('broken off'))));
      const first = await listening(await start());
      await happens(...offered);
      await until(() => received.length === 1);
      await stop(first);
      leaseClock += TTL;
      answers = () => 204;
      const second = await start();
      await until(async () => (await second.status()).counts.delivered === 1);
      expect(received.map(({ id }) => id)).toEqual([received[0]!.id, received[0]!.id]);
    });

    it('a receiver that fails is tried again, later and later, and given up with the reason', async () => {
      answers = () => 500;
      const outbox = await listening(await start());
      await happens(...offered);
      await until(() => received.length === 1);
      expect(await outbox.status()).toMatchObject({
        counts: { pending: 1, dead: 0 },
        undelivered: [{ type: 'HandoffOffered', attempts: 1, reason: 'answered 500' }],
      });
      const box = new Box(await here().place());
      await box.failed((await box.next('hub', Number.MAX_SAFE_INTEGER))!, 'answered 500', undefined, now);
      await box.close();
      expect(await outbox.status()).toMatchObject({ counts: { pending: 0, dead: 1 }, undelivered: [{ state: 'dead' }] });
      answers = () => 204;
      await stop(outbox);
      leaseClock += TTL;
      await start();
      await until(() => received.length === 2); // The next start gives it all its attempts again.
    });

    it('goes on with the next where one waits, and catches up at once when the receiver answers again', async () => {
      answers = () => (received.length === 1 ? 503 : 200);
      const outbox = await listening(await start());
      await happens(...offered, declined);
      await until(async () => (await outbox.status()).counts.delivered === 2);
      expect(received.map(({ body }) => body.type)).toEqual(['HandoffOffered', 'HandoffDeclined', 'HandoffOffered']);
    });
  });

  describe('Nobody outside is told', () => {
    it.each<[string, EntryOptions]>([
      ['made-up people', { synthetic: true }],
      ['made-up people', { purpose: 'simulation' }],
      ['imported', { purpose: 'import' }],
    ])('of what is only made up or taken over: shown as not sent, %s', async (reason, origin) => {
      const jones = person('Mr Jones', origin);
      const outbox = await listening(await start());
      await happens(...jones.referred('2011-02-28 10:00'), jones.offered('a', '2011-03-01 10:00'));
      await until(async () => (await outbox.status()).counts.notSent === 1);
      expect((await outbox.status()).undelivered).toMatchObject([{ type: 'HandoffOffered', state: 'notSent', reason }]);
      // What happens later on a journey that began so is no different.
      const later = person('Mr Jones');
      await happens(later.declined('a', '2011-03-01 10:05'));
      await until(async () => (await outbox.status()).counts.notSent === 2);
      expect(received).toEqual([]);
    });
  });

  describe('Two nodes', () => {
    it('one sends, the other stands by, and takes over when it is gone', async () => {
      const first = await listening(await start());
      const second = await start();
      await until(async () => (await second.status()).state === 'standingBy');
      await happens(...offered);
      await until(() => received.length === 1);
      await stop(first);
      leaseClock += TTL;
      await until(async () => (await second.status()).state === 'running');
      await happens(declined);
      await until(() => received.length === 2);
      expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    });

    it('started at the same moment, they send each message once', async () => {
      await Promise.all([start(), start()]);
      await beginning();
      await happens(...offered, declined);
      await until(() => received.length >= 2);
      await sleep(400); // The other asks for the lease every tenth of a second: whatever would be sent twice has had its time.
      expect(received.map(({ id }) => id)).toEqual([offered.at(-1)!.event.eventId, declined.event.eventId]);
    });
  });
});
