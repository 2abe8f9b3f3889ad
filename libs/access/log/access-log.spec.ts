import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, StoreUnavailableError, type EventStore } from '#event-store';
import { deriveId, EventRegistry, fromMillis, minutes, type RecordedEvent } from '#kernel';
import { personaOf } from '../personas.js';
import { AccessLog, type Viewed } from './access-log.js';
import { accessEvents } from './events.js';
import { headOf } from './head-of.js';
import { WhoViewed } from './who-viewed.js';

const mrsSmith = deriveId('test-person', 'smith');
const mrJones = deriveId('test-person', 'jones');
const coordinator = personaOf('coordinator-torbay')!.actor;
const by = {
  actor: coordinator, purpose: 'directCare', page: 'journey', correlationId: 'request-1', source: 'web',
} as const;
const view: Viewed = {
  ...by,
  people: [mrsSmith],
  shown: 'identified',
  served: { readModel: 'journey', version: 1, ordinal: 12, position: '12' },
};

let store: EventStore;
let now: number;
const clock = { now: () => fromMillis(now) };
const logOn = (eventStore: EventStore, node = 'a') =>
  new AccessLog({ store: eventStore, node, commandHash: () => 'hash', synthetic: true, clock });
const everything = async (): Promise<readonly RecordedEvent[]> => (await store.readAll({ limit: 10_000 })).events;

beforeEach(() => {
  store = openMemoryEventStore();
  now = Date.parse('2026-11-23T08:00:00.000Z');
});

describe('A view of a record', () => {
  it('is written down with who, why, the page and the state of knowledge shown', async () => {
    await logOn(store).viewed(view);
    const [event] = await everything();
    expect(event).toMatchObject({
      stream: 'access-2026-11-23-a', type: 'RecordViewed', person: mrsSmith, pilot: 'torbay', actor: coordinator,
      purpose: 'directCare', correlationId: 'request-1', source: 'web', synthetic: true,
      data: { page: 'journey', people: [mrsSmith], shown: 'identified', served: { ordinal: 12, version: 1 } },
    });
  });

  it('is durable before it may be shown', async () => {
    let letThrough = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const slow: EventStore = { ...store, append: (...args) => gate.then(() => store.append(...args)) };
    let shown = false;
    const viewing = logOn(slow).viewed(view).then(() => (shown = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown).toBe(false);
    letThrough();
    await viewing;
    expect(await everything()).toHaveLength(1);
  });

  it('that cannot be written down may not be shown, and the next one can', async () => {
    let broken = true;
    const failing: EventStore = {
      ...store,
      append: (...args) => (broken ? Promise.reject(new Error('disk full')) : store.append(...args)),
    };
    const log = logOn(failing);
    await expect(log.viewed(view)).rejects.toThrow('disk full');
    broken = false;
    await log.viewed(view);
    expect(await everything()).toHaveLength(1);
  });

  it('is refused by the log where it is not what the catalogue says', async () => {
    await expect(logOn(store).viewed({ ...view, people: ['Mrs Smith'] })).rejects.toThrow(/RecordViewed: \/people\/0/);
    expect(await everything()).toEqual([]);
  });
});

describe('Many reads at once', () => {
  it('are all there, once, and share few flushes', async () => {
    let appends = 0;
    const counting: EventStore = { ...store, append: (...args) => (appends++, store.append(...args)) };
    const log = logOn(counting);
    await Promise.all(Array.from({ length: 1000 }, () => log.viewed(view)));
    const events = await everything();
    expect(new Set(events.map((event) => event.eventId)).size).toBe(1000);
    expect(appends).toBeLessThanOrEqual(6);
  });

  it('on both sides of midnight in London go to the stream of their day', async () => {
    now = Date.parse('2026-06-30T22:59:59.999Z');
    const log = logOn(store);
    const before = log.viewed(view);
    now += 1;
    await Promise.all([before, log.viewed(view)]);
    expect((await everything()).map((event) => event.stream)).toEqual(['access-2026-06-30-a', 'access-2026-07-01-a']);
  });

  it('go on where another process wrote under the same name', async () => {
    const [one, two] = [logOn(store), logOn(store)];
    for (let i = 0; i < 5; i++) await Promise.all([one.viewed(view), two.viewed(view)]);
    expect((await everything()).map((event) => event.revision)).toEqual([...Array(10).keys()]);
  });

  it('go on after a restart', async () => {
    for (let i = 0; i < 7; i++) await logOn(store).viewed(view);
    expect((await everything()).at(-1)?.revision).toBe(6);
  });

  it('are there once where the answer of the store was lost', async () => {
    let lost = 2;
    const forgetful: EventStore = {
      ...store,
      async append(...args) {
        const answer = await store.append(...args);
        if (lost-- > 0) throw new StoreUnavailableError('connection lost');
        return answer;
      },
    };
    const log = logOn(forgetful);
    await Promise.all([log.viewed(view), log.viewed(view)]);
    await log.viewed(view);
    expect(await everything()).toHaveLength(3);
  });

  it('too large for one append are spread over several', async () => {
    const people = Array.from({ length: 500 }, (_, i) => deriveId('test-person', i));
    const log = logOn(store);
    await Promise.all(Array.from({ length: 60 }, () => log.viewed({ ...view, people })));
    await log.close();
    expect(await everything()).toHaveLength(60);
  });
});

describe('The end of a stream', () => {
  it('is found at any length', async () => {
    const log = logOn(store);
    expect(await headOf(store, 'access-2026-11-23-a')).toBe('none');
    for (let revision = 0; revision < 70; revision++) {
      await log.viewed(view);
      expect(await headOf(store, 'access-2026-11-23-a')).toBe(revision);
    }
  });
});

describe('Other accesses', () => {
  it('a search keeps whom it found and not what was typed', async () => {
    await logOn(store).searched({ ...by, page: 'search', by: 'surnameAndBirthDate', people: [mrsSmith, mrJones] });
    const [event] = await everything();
    expect(event?.data).toEqual({ page: 'search', by: 'surnameAndBirthDate', people: [mrsSmith, mrJones] });
    expect(event).not.toHaveProperty('person');
  });

  it('a figure opened, a refusal, signing in and out are written down', async () => {
    const log = logOn(store);
    const session = deriveId('session');
    await log.signedIn({ ...by, session });
    await log.figureOpened({ ...by, page: 'dashboard', figure: 'handoff-h2', people: [mrJones], served: view.served });
    await log.refused({ ...by, code: 'not-yours', people: [mrsSmith] });
    await log.signedOut({ ...by, session });
    const types = (await everything()).map((event) => event.type);
    expect(types).toEqual(['SignedIn', 'FigureOpened', 'AccessRefused', 'SignedOut']);
  });

  it('every example of the catalogue is right', () => {
    const registry = new EventRegistry(accessEvents);
    for (const { type, example } of accessEvents) expect([type, registry.problems(type, example)]).toEqual([type, []]);
  });
});

describe('Who viewed a person', () => {
  let directory: string;
  const open = (file = 'who-viewed.db') => new WhoViewed(join(directory, file), store);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'throughcare-access-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is answered newest first, from all nodes, searches and refusals included', async () => {
    await logOn(store, 'a').viewed({ ...view, journey: mrJones });
    now += minutes(1);
    await logOn(store, 'b').searched({ ...by, by: 'nhsNumber', people: [mrsSmith, mrJones] });
    now += minutes(1);
    await logOn(store, 'b').refused({ ...by, actor: personaOf('evaluator')!.actor, code: 'role', people: [mrsSmith] });
    const who = open();
    const entries = await who.of(mrsSmith);
    expect(entries.map(({ at, what, role }) => [at.slice(11, 16), what, role])).toEqual([
      ['08:02', 'AccessRefused', 'evaluator'],
      ['08:01', 'RecordSearched', 'coordinator'],
      ['08:00', 'RecordViewed', 'coordinator'],
    ]);
    expect(entries[2]).toMatchObject({ staff: coordinator.staff, organisation: 'torbay-care-trust', journey: mrJones });
    expect(await who.of(mrJones)).toHaveLength(1);
    expect(await who.of(deriveId('nobody'))).toEqual([]);
    who.close();
  });

  it('takes in what came since, over a restart, and can be built again from nothing', async () => {
    const log = logOn(store);
    await log.viewed(view);
    let who = open();
    expect(await who.of(mrsSmith)).toHaveLength(1);
    who.close();
    await Promise.all(Array.from({ length: 5000 }, () => log.viewed(view)));
    who = open();
    const [first, second] = await Promise.all([who.of(mrsSmith, 9999), who.of(mrsSmith, 9999)]);
    expect(first).toHaveLength(5001);
    expect(second).toEqual(first);
    const again = open('again.db');
    expect(await again.of(mrsSmith, 9999)).toEqual(first);
    who.close();
    again.close();
  });
});
