import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { rebuild } from './rebuild.js';
import { GenerationFiles } from './sqlite/files.js';
import { SqliteGeneration } from './sqlite/generation.js';
import { appendSamples, inDirectory, openLive } from './testing/harness.js';
import { sampleId, sampleModels, sampleRegistry, type Sample } from './testing/sample.js';
import { NothingToVerifyError, verifyReadModels } from './verify.js';

const noted = (item: string, amount: number, day: number): Sample => ({
  type: 'Noted', data: { item, amount }, person: 'p1', stream: 'journey-1', day,
});

describe('verification of the read models', () => {
  let store: EventStore;
  let samples: readonly Sample[];
  beforeEach(async () => {
    store = openMemoryEventStore();
    samples = [
      noted('a', 1, 1), noted('b', 2, 2), noted('a', 4, 3), noted('c', 1, 2),
      { type: 'Closed', data: { item: 'b' }, person: 'p1', stream: 'journey-1', day: 5 },
      { ...noted('a', 3, 1), person: 'p2', stream: 'journey-2' },
    ];
    await appendSamples(store, samples);
  });

  const common = () => ({ reader: store, registry: sampleRegistry, readModels: sampleModels });
  const served = (directory: string): string => {
    const files = new GenerationFiles(directory);
    return files.path(files.current()!);
  };
  /** Alters the served file behind the engine's back. */
  const alter = (directory: string, sql: string): void => {
    const database = new DatabaseSync(served(directory));
    database.exec(sql);
    database.close();
  };
  const build = (directory: string) => rebuild({ ...common(), directory, serve: true });
  const verify = (directory: string) => verifyReadModels({ ...common(), directory });

  it('finds what was rebuilt equal, with the checksum that the rebuild gave', () =>
    inDirectory(async (directory) => {
      const { checksum, events } = await build(directory);
      expect(await verify(directory)).toEqual({
        equal: true, ordinal: 6, checksum, rebuiltChecksum: checksum, differences: [], differenceCount: 0,
      });
      expect(events).toBe(6);
    }));

  it('compares at the checkpoint, whatever was written since', () =>
    inDirectory(async (directory) => {
      await build(directory);
      await appendSamples(store, [noted('z', 1, 9)], 7);
      expect(await verify(directory)).toMatchObject({ equal: true, ordinal: 6 });
    }));

  it('names the row and the event since which it is wrong', () =>
    inDirectory(async (directory) => {
      await build(directory);
      alter(directory, "UPDATE total SET sum = 6 WHERE subject = 'p1'");
      const { equal, checksum, rebuiltChecksum, differences } = await verify(directory);
      expect(equal).toBe(false);
      expect(checksum).not.toBe(rebuiltChecksum);
      // A sum of 6 was right until the fourth event.
      expect(differences).toEqual([
        {
          table: 'total', key: { subject: 'p1' }, ordinal: 4, eventId: sampleId(4), eventType: 'Noted', stream: 'journey-1',
          live: { subject: 'p1', sum: 6, count: 2 }, rebuilt: { subject: 'p1', sum: 5, count: 2 },
        },
      ]);
    }));

  it('puts the earliest difference first', () =>
    inDirectory(async (directory) => {
      await build(directory);
      alter(
        directory,
        `DELETE FROM total WHERE subject = 'p2';
         UPDATE fact_past SET amount = 99 WHERE item = 'a';
         INSERT INTO trail VALUES ('nobody', 'x')`,
      );
      const { differences, differenceCount } = await verify(directory);
      expect(differenceCount).toBe(3);
      expect(differences.map(({ table, key, ordinal }) => ({ table, key, ordinal }))).toEqual([
        { table: 'fact', key: { subject: 'p1', item: 'a' }, ordinal: 1 },
        { table: 'total', key: { subject: 'p2' }, ordinal: 6 },
        { table: 'trail', key: { subject: 'nobody' }, ordinal: undefined },
      ]);
    }));

  it('sees past versions that are missing although what is so now is right', () =>
    inDirectory(async (directory) => {
      await build(directory);
      alter(directory, 'DELETE FROM fact_past WHERE item = \'b\'');
      const { equal, checksum, rebuiltChecksum, differences } = await verify(directory);
      expect({ equal, same: checksum === rebuiltChecksum }).toEqual({ equal: false, same: true });
      expect(differences).toMatchObject([{ table: 'fact', ordinal: 2, live: null, rebuilt: null }]);
    }));

  it('finds live rows equal to rebuilt ones while the projector goes on', () =>
    inDirectory(async (directory) => {
      await build(directory);
      const generation = new SqliteGeneration(served(directory));
      const live = await openLive(generation, store);
      await appendSamples(store, [noted('a', 2, 2), noted('c', 9, 9)], 7);
      await live.apply((await store.readAll({ after: '6', limit: 10 })).events);
      expect(await verify(directory)).toMatchObject({ equal: true, ordinal: 8 });
      await generation.close();
    }));

  it('says so when nothing was built yet', () =>
    inDirectory(async (directory) => {
      await expect(verify(directory)).rejects.toThrow(NothingToVerifyError);
    }));

  it('rebuilds aside without touching what is served', () =>
    inDirectory(async (directory) => {
      const { checksum, history } = await build(directory);
      const before = served(directory);
      const aside = await rebuild({ ...common(), directory, serve: false });
      expect(aside).toMatchObject({ events: 6, checksum, history });
      expect(served(directory)).toBe(before);
      expect(readdirSync(directory).filter((file) => file.startsWith('aside'))).toEqual([]);
    }));
});
