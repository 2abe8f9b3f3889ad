import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#kernel';
import { anEvent, idsOf, messages } from '../contract/events.js';
import { eventJson } from '../event-json.js';
import type { Expected } from '../port.js';
import { createOrCheck } from './format.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import type { AppendRequest } from './protocol.js';

let directory: string;
let file: string;
let writer: LogWriter;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-writer-'));
  file = join(directory, 'log.db');
  createOrCheck(file);
  writer = new LogWriter(file);
});

afterEach(() => {
  writer.close();
  rmSync(directory, { recursive: true });
});

const request = (stream: string, expected: Expected, events: readonly NewEvent[]): AppendRequest => ({
  stream,
  expected,
  events: events.map((event) => ({ ...eventJson(stream, event), subject: 0 })),
});

describe('the writer of the log', () => {
  it('judges each append of a group on its own, and after those before it', () => {
    const m = messages();
    expect(
      writer.commit([
        request(m.stream, 'none', m(1, 2)),
        request(m.stream, 'none', m(3)),
        request(m.stream, 'none', m(1, 2)),
        request(m.stream, 1, m(3)),
        request(m.stream, 'any', [{ ...m(1)[0]!, data: 'other' }]),
      ]),
    ).toEqual([
      { appended: { revision: 1, position: '2', repeated: false } },
      { wrongRevision: 1 },
      { appended: { revision: 1, position: '2', repeated: true } },
      { appended: { revision: 2, position: '3', repeated: false } },
      { idConflict: m(1)[0]!.eventId },
    ]);
  });

  it('writes all that are sent together or none, and says which was refused', () => {
    const [m, other] = [messages(), messages()];
    const [first, second] = [request(m.stream, 'none', m(1, 2)), request(other.stream, 'none', other(1))];
    expect(writer.commitTogether([first, request(m.stream, 5, m(3)), second])).toEqual({ wrongRevision: 1, at: 1 });
    expect(writer.commitTogether([first, second])).toEqual({
      appended: { revision: 0, position: '3', repeated: false }, at: 1,
    });
    expect(writer.commitTogether([first, second])).toMatchObject({ appended: { repeated: true } });
  });

  it('writes nothing of a group where the disk is full, and goes on when there is room again', async () => {
    const m = messages();
    writer.commit([request(m.stream, 'none', m(1))]);
    const pages = Number(writer.db.prepare('PRAGMA page_count').get()?.['page_count']);
    writer.db.exec(`PRAGMA max_page_count = ${pages}`);
    const large = anEvent({ data: 'x'.repeat(100_000) });
    const group = [request(m.stream, 0, m(2)), request(m.stream, 1, [large]), request(`${m.stream}-b`, 'none', m(4))];
    const full = { failed: 'Error: database or disk is full' };
    expect(writer.commit(group)).toEqual([full, full, full]);

    const reader = new LogReader(file);
    expect(idsOf(await reader.readStream(m.stream))).toEqual(idsOf(m(1)));
    writer.db.exec('PRAGMA max_page_count = 1000000');
    expect(writer.commit(group)).toMatchObject([
      { appended: { revision: 1, position: '2' } },
      { appended: { revision: 2 } },
      { appended: { revision: 0, position: '4' } },
    ]);
    expect(idsOf(await reader.readStream(m.stream))).toEqual(idsOf([...m(1, 2), large]));
    await reader.close();
  });

  it('shows whole appends, first ones first, of a file whose last writes were torn off', async () => {
    const streams = Array.from({ length: 30 }, () => messages());
    for (const m of streams) writer.commit([request(m.stream, 'none', m(1, 2, 3))]);
    const size = statSync(`${file}-wal`).size;
    const torn = join(directory, 'torn.db');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size }), async (length) => {
        copyFileSync(file, torn);
        copyFileSync(`${file}-wal`, `${torn}-wal`);
        truncateSync(`${torn}-wal`, length);
        const after = new LogWriter(torn);
        const reader = new LogReader(torn);
        const { ordinal = 0 } = await reader.head();
        expect(ordinal % 3).toBe(0);
        const page = await reader.readAll({ limit: 1000 });
        expect(idsOf(page.events)).toEqual(idsOf(streams.flatMap((m) => m(1, 2, 3)).slice(0, ordinal)));
        const retried = streams.map((m) => request(m.stream, 'none', m(1, 2, 3)));
        expect(after.commit(retried)).toMatchObject(
          streams.map((_, i) => ({ appended: { repeated: i * 3 < ordinal } })),
        );
        await reader.close();
        after.close();
        for (const suffix of ['', '-wal', '-shm']) rmSync(`${torn}${suffix}`, { force: true });
      }),
      { numRuns: 25 },
    );
  });
});
