import { describe, expect, it } from '@jest/globals';
import type { Position } from '../port.js';
import type { Line } from './line.js';
import { LogReader } from './reader.js';
import type { LogPage } from './requests.js';
import type { Session } from './session.js';

/** A log of so many events, every `system`th of the server's own, and how many events it was asked for in all. */
function logOf(length: number, system = Infinity) {
  const given = { events: 0 };
  const eventAt = (i: number) => ({
    streamId: 'journey-1', id: '', type: i % system === 0 ? '$metadata' : 'Noted', revision: BigInt(i), isJson: true, data: {},
    metadata: { eventId: `event-${i}`, schemaVersion: 1 }, position: { commit: BigInt(i), prepare: BigInt(i) },
  });
  const logPage = async ({ from: position, maxCount }: LogPage) => {
    const from = Number(position?.commit ?? 1);
    const events = Array.from({ length: Math.max(0, Math.min(maxCount, length + 1 - from)) }, (_, i) => eventAt(from + i));
    given.events += events.length;
    return events;
  };
  const session = { logPage } as unknown as Session;
  const line = {
    deadline: () => 0,
    call: (_what: string, _deadline: number, action: (on: Session, alive: () => void) => unknown) => action(session, () => undefined),
  } as unknown as Line;
  return { reader: new LogReader(line), given };
}

async function readByPages(reader: LogReader, limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: { readonly position: Position; readonly ordinal: number } | undefined;
  for (;;) {
    const page = await reader.readAll({ limit, ...(after && { after: after.position, afterOrdinal: after.ordinal }) });
    ids.push(...page.events.map(({ eventId }) => eventId));
    if (page.atHead) return ids;
    after = page.next;
  }
}

describe('a log read page by page', () => {
  it.each([10, 999, 1_000, 1_001, 2_500])('is fetched once and not again for the last event of a page, by %i', async (limit) => {
    const { reader, given } = logOf(5_000);
    const ids = await readByPages(reader, limit);
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, i) => `event-${i + 1}`));
    // With each call the event at its beginning, and one more that tells whether the head has been reached.
    const calls = Math.ceil(5_000 / Math.min(limit, 1_000)) * 2;
    expect(given.events).toBeLessThanOrEqual(5_000 + 2 * calls);
  });

  it('is whole where most of it is the server\'s own', async () => {
    const { reader } = logOf(100, 2);
    expect(await readByPages(reader, 10)).toEqual(Array.from({ length: 50 }, (_, i) => `event-${2 * i + 1}`));
  });
});
