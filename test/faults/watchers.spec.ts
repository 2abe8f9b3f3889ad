/** Those who watch over the fault tests are shown what they are there to notice. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import { anEvent, readOn } from '../../libs/event-store/contract/harness.js';
import { openMemoryEventStore } from '../../libs/event-store/memory/memory-store.js';
import { Onlooker } from './onlooker.js';
import { nothingWrong, wrongIn, type Told, type Wrong } from './whole-log.js';

/** Two journeys, each a referral of two events and two contacts, taken down in turns. */
async function history(): Promise<{ readonly events: readonly RecordedEvent[]; readonly told: Told }> {
  const store = openMemoryEventStore();
  const streams = ['journey-a', 'journey-b'];
  const taken = (commandId: string) => ['ReferralMade', 'ReferralAccepted'].map((type) => anEvent({ type, commandId }));
  for (const stream of streams) await store.append(stream, 'none', taken(stream));
  for (const revision of [1, 2]) for (const stream of streams) await store.append(stream, revision, [anEvent({ type: 'ContactMade' })]);
  const events = await readOn(store, { limit: 100 });
  await store.close();
  const ids = events.map(({ eventId }) => eventId);
  return { events, told: { acknowledged: new Set(ids), inOrder: [ids] } };
}

/** As a reader of that log would count it. */
const counted = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => events.map((event, i) => ({ ...event, ordinal: i + 1 }));

const doctored: readonly [name: string, events: (events: readonly RecordedEvent[]) => readonly RecordedEvent[], found: keyof Wrong][] = [
  ['the last one lost', (events) => events.slice(0, -1), 'lost'],
  ['one lost in the middle of a journey', (events) => counted(events.toSpliced(4, 1)), 'gaps'],
  ['one there twice', (events) => counted([...events, events.at(-1)!]), 'twice'],
  ['one there twice under the next revision', (events) => counted([...events, { ...events.at(-1)!, revision: 4 }]), 'twice'],
  ['two of one journey in each other’s place', (events) => counted(events.toSpliced(0, 2, events[1]!, events[0]!)), 'gaps'],
  ['two of different journeys in each other’s place', (events) => counted(events.toSpliced(4, 2, events[5]!, events[4]!)), 'outOfOrder'],
  ['an ordinal left out', (events) => events.map((event, i) => ({ ...event, ordinal: i < 3 ? i + 1 : i + 2 })), 'gaps'],
  ['a referral taken down by half', (events) => events.filter(({ revision, stream }) => stream !== 'journey-b' || revision === 0), 'halfWritten'],
];

describe('Who looks the whole log through', () => {
  it('finds nothing wrong with one that is as it was acknowledged', async () => {
    const { events, told } = await history();
    expect(events).toHaveLength(8);
    expect(wrongIn(events, told)).toEqual(nothingWrong);
  });

  it.each(doctored)('notices %s', async (_name, doctor, found) => {
    const { events, told } = await history();
    expect(wrongIn(doctor(events), told)[found]).not.toEqual([]);
  });
});

describe('Who looks at the worklist again and again', () => {
  const warning = 'This page shows how things stood on 1 March 2011.';
  /** Of a worklist that says this, while so many entries are known to be in the log. */
  async function look(page: string, entries: number, longEnough: (onlooker: Onlooker) => Promise<void>) {
    const server = createServer((_, answer) => answer.end(page)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const onlooker = new Onlooker(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, '', () => entries);
    await longEnough(onlooker);
    await onlooker.stop();
    server.close();
    return onlooker.oldAsNew;
  }
  const until = (kind: 'current' | 'warned') => (onlooker: Onlooker) => onlooker.sees(kind);

  it('is content with a page that has all, and with an old one that says so', async () => {
    expect(await look('Up to date. Entry number 12.', 12, until('current'))).toEqual([]);
    expect(await look(`${warning} Entry number 9.`, 12, until('warned'))).toEqual([]);
  });

  it('notices a page that calls itself up to date and is not', async () => {
    expect(await look('Up to date. Entry number 11.', 12, until('current'))).toContain('up to date at 11 of 12');
  });

  it('notices a page that stays behind for longer than moments and does not warn', async () => {
    const afterMoments = async (onlooker: Onlooker) => {
      for (const end = Date.now() + 6_000; Date.now() < end; ) await onlooker.sees('current');
    };
    expect(await look('Catching up: 1 entry still to come. Entry number 11.', 12, afterMoments)).toContain('no warning at 11 of 12');
  });

  it('notices that a page no longer says where it stands', async () => {
    expect(await look('Up to date.', 12, until('current'))).toContain('up to date at NaN of 12');
  });
});
