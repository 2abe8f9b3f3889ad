import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anEvent, idsOf } from '../contract/events.js';
import { eventJson } from '../event-json.js';
import { hash32 } from '../subject.js';
import { createOrCheck } from './format.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';

/** Two names with one hash (`hash32`), among others. */
const streams = ['journey-a', 'journey-65zx', 'journey-dpcd', 'person-d'] as const;

type Step =
  | { readonly does: 'commit'; readonly appends: readonly { stream: number; size: number }[] }
  | { readonly does: 'restart' | 'kill' | 'full disk' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('commit' as const),
      appends: fc.array(
        fc.record({ stream: fc.nat({ max: streams.length - 1 }), size: fc.integer({ min: 1, max: 4 }) }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('restart' as const, 'kill' as const, 'full disk' as const) }),
  },
);

describe('rows that find a stream, written late', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'throughcare-late-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('meet two names with one hash in these tests', () => {
    expect(hash32(streams[1])).toBe(hash32(streams[2]));
  });

  const request = (stream: string, size: number) => {
    const events = Array.from({ length: size }, () => anEvent());
    return {
      ids: idsOf(events),
      append: {
        stream,
        expected: 'any' as const,
        events: events.map((event) => ({ ...eventJson(stream, event), subject: 0 })),
      },
    };
  };

  it('never show: a reader sees every stream whole after every commit, restart, kill and full disk', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), fc.integer({ min: 1, max: 12 }), async (plan, batch) => {
        const file = join(directory, `${run++}.db`);
        createOrCheck(file);
        let writer = new LogWriter(file, batch);
        const killed: LogWriter[] = [];
        const reader = new LogReader(file);
        const model = new Map<string, string[]>(streams.map((stream) => [stream, []]));

        for (const step of plan) {
          if (step.does === 'commit') {
            const requests = step.appends.map(({ stream, size }) => request(streams[stream]!, size));
            const outcomes = writer.commit(requests.map(({ append }) => append));
            for (const [i, { ids, append }] of requests.entries()) {
              const stored = model.get(append.stream)!;
              stored.push(...ids);
              expect(outcomes[i]).toMatchObject({ appended: { revision: stored.length - 1, repeated: false } });
            }
          } else if (step.does === 'full disk') {
            writer.db.exec('PRAGMA max_page_count = 1');
            const [outcome] = writer.commit([request('journey-a', 40).append]);
            expect(outcome).toEqual({ failed: 'Error: database or disk is full' });
            writer.db.exec('PRAGMA max_page_count = 1000000');
          } else {
            // What a killed writer had in memory is gone; its connection only waits to be closed.
            if (step.does === 'kill') killed.push(writer);
            else writer.close();
            writer = new LogWriter(file, batch);
          }
          for (const [stream, ids] of model) {
            expect(idsOf(await reader.readStream(stream))).toEqual(ids);
            expect(idsOf(await reader.readStream(stream, { from: 2, limit: 3 }))).toEqual(ids.slice(2, 5));
          }
        }
        const fresh = new LogReader(file);
        for (const [stream, ids] of model) expect(idsOf(await fresh.readStream(stream))).toEqual(ids);
        await fresh.close();
        await reader.close();
        writer.close();
        for (const { db } of killed) db.close();
        const db = new DatabaseSync(file, { readOnly: true });
        const total = [...model.values()].flat().length;
        expect(db.prepare('SELECT count(*) AS n FROM by_stream').get()).toEqual({ n: total });
        db.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are all there after a close, and are read from the log again after a kill', async () => {
    const file = join(directory, 'log.db');
    createOrCheck(file);
    const writer = new LogWriter(file);
    const { append } = request('journey-a', 10);
    writer.commit([append]);
    const again = new LogWriter(file);
    expect(again.commit([append])).toEqual([{ appended: { revision: 9, position: '10', repeated: true } }]);
    const rows = () => {
      const db = new DatabaseSync(file, { readOnly: true });
      const { n } = db.prepare('SELECT count(*) AS n FROM by_stream').get() as { n: number };
      db.close();
      return n;
    };
    expect(rows()).toBe(0);
    writer.db.close();
    again.close();
    expect(rows()).toBe(10);
  });
});
