import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from '@jest/globals';
import { anEvent } from '../contract/events.js';
import { openMemoryEventStore } from '../memory/memory-store.js';
import { StoreUnavailableError, type EventReader, type EventStore, type RunningSum } from '../port.js';
import { openSqliteEventStore } from '../sqlite/sqlite-store.js';
import { copyLog, type CopyProgress } from './copy-log.js';
import { writeHistory } from './history.js';

const directory = mkdtempSync(join(tmpdir(), 'throughcare-copy-into-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;
const newFile = () => join(directory, `${++files}.db`);
/** More than one transaction takes, and more than one page of the proof. */
const LENGTH = 4_500;

const source = openMemoryEventStore();
const written = writeHistory(source, LENGTH);

async function into<T>(file: string, work: (target: EventStore) => Promise<T>): Promise<T> {
  const target = await openSqliteEventStore({ file });
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

/** A source that goes away after so many pages. */
function endingAfter(pages: number): EventReader {
  let left = pages;
  return {
    ...source,
    readAll: async (...given) => {
      if (left-- <= 0) throw new StoreUnavailableError('the source is away');
      return source.readAll(...given);
    },
  };
}

/** As if somebody else had written there. */
function changeOneByte(file: string, ordinal: number): void {
  const db = new DatabaseSync(file, { timeout: 5000 });
  const { changes } = db
    .prepare('UPDATE events SET body = replace(body, ?, ?) WHERE ordinal = ?')
    .run(`"n":${ordinal - 1},`, `"n":${ordinal - 2},`, ordinal);
  db.close();
  expect(changes).toBe(1);
}

describe('a history copied into a file', () => {
  it('is read back from there: one byte that differs is seen, and the event is named when it is copied again', async () => {
    await written;
    const file = newFile();
    const change = ({ doing, events }: CopyProgress) => {
      if (doing === 'copying' && events === LENGTH) changeOneByte(file, LENGTH - 100);
    };
    const { checksums, events } = await into(file, (target) => copyLog(source, target, change));
    expect(events).toBe(LENGTH);
    expect(checksums.to).not.toBe(checksums.from);
    await expect(into(file, (target) => copyLog(source, target))).rejects.toMatchObject({ ordinal: LENGTH - 100 });
  });

  it('is read back whole, also what was there before', async () => {
    await written;
    const file = newFile();
    const whole = await into(file, (target) => copyLog(source, target));
    const change = ({ doing, events }: CopyProgress) => {
      // Compared already, and not yet read for the proof.
      if (doing === 'comparing' && events === LENGTH) changeOneByte(file, LENGTH - 100);
    };
    const again = await into(file, (target) => copyLog(source, target, change));
    expect(again).toMatchObject({ added: 0, checksums: { from: whole.checksums.from } });
    expect(again.checksums.to).not.toBe(again.checksums.from);
  });

  it('goes on where it ended when the source went away, and leaves no thread behind', async () => {
    await written;
    const file = newFile();
    let sum: RunningSum | undefined;
    await into(file, async (target) => {
      const watched = Object.create(target, { sumBeside: { value: () => (sum = target.sumBeside!()) } }) as EventStore;
      await expect(copyLog(endingAfter(3), watched)).rejects.toThrow('the source is away');
    });
    await expect(sum!.end(() => undefined)).rejects.toThrow('the log could not be read back');
    const copied = await into(file, (target) => copyLog(source, target));
    expect(copied.alreadyThere).toBeGreaterThan(0);
    expect(copied.added).toBeGreaterThan(0);
    expect(copied).toMatchObject({ events: LENGTH, checksums: { to: copied.checksums.from } });
  });

  it('tells how far it is, in each of its parts', async () => {
    await written;
    const told: CopyProgress[] = [];
    await into(newFile(), (target) => copyLog(source, target, (at) => told.push(at)));
    expect(told.filter(({ doing }) => doing === 'copying').at(-1)).toEqual({ doing: 'copying', events: LENGTH, total: LENGTH });
    expect(told.at(-1)).toEqual({ doing: 'proving', events: LENGTH, total: LENGTH });
  });

  it('ends at an event that another wrote there meanwhile, with nothing of its own behind it', async () => {
    await written;
    const file = newFile();
    await into(file, async (target) => {
      const meddling = {
        ...source,
        readAll: async (...given: Parameters<EventStore['readAll']>) => {
          if ((await target.head()).ordinal === 0) await target.append('journey-history-0', 'none', [anEvent()]);
          return source.readAll(...given);
        },
      };
      await expect(copyLog(meddling, target)).rejects.toThrow('journey-history-0 was expected at none and is at 0');
      expect(await target.head()).toMatchObject({ ordinal: 1 });
    });
  });
});
