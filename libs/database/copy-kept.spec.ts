import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Generated } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inEachPlace } from '../../test/support/places.js';
import { copyKept } from './copy-kept.js';
import type { Kept, Place } from './place.js';
import { sqlitePlace } from './sqlite/sqlite-place.js';

interface Tables {
  readonly sealed: { readonly person: string; readonly part: number; readonly name: Uint8Array | null };
  readonly told: { readonly seq: Generated<number>; readonly what: string };
}

const kept: Kept<Tables> = {
  name: 'names',
  migrations: [
    ({ text, whole, bytes, counted, keyed, plain }) => [
      `create table sealed (person ${text} not null, part ${whole} not null, name ${bytes}, primary key (person, part)) ${keyed}`,
      `create table told (seq ${counted}, what ${text} not null) ${plain}`,
    ],
  ],
  copied: [{ table: 'sealed', by: ['person', 'part'] }, { table: 'told', by: ['seq'], numbered: 'seq' }],
};

/** More than one statement takes, and more than one row of a person. */
const sealed = Array.from({ length: 1201 }, (_, i) => ({
  person: `person ${String(i % 400).padStart(3, '0')}`, part: Math.floor(i / 400), name: i % 7 ? Uint8Array.of(0, i % 256, 255) : null,
}));
const told = ['the second', 'the first', 'ä'];

inEachPlace((here) => {
  let directory: string;
  let from: Place;
  let to: Place;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'throughcare-copied-'));
    [from, to] = [sqlitePlace(directory), await here().place()];
    const source = await from.open(kept);
    for (let at = 0; at < sealed.length; at += 300) await source.queries.insertInto('sealed').values(sealed.slice(at, at + 300)).execute();
    for (const [i, what] of told.entries()) await source.queries.insertInto('told').values({ seq: 10 + i, what }).execute();
    await source.close();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  describe('What was kept in files, copied', () => {
    it('is there whole, and goes on being numbered', async () => {
      expect(await copyKept(kept, from, to)).toEqual({ name: 'names', rows: 1204, added: true });
      const { queries, close } = await to.open(kept);
      const there = await queries.selectFrom('sealed').selectAll().orderBy('part').orderBy('person').execute();
      expect(there.map(({ name, ...row }) => ({ ...row, name: name && Uint8Array.from(name) }))).toEqual(sealed);
      await queries.insertInto('told').values({ what: 'the next' }).execute();
      const said = await queries.selectFrom('told').select('what').orderBy('seq').execute();
      expect(said.map(({ what }) => what)).toEqual([...told, 'the next']);
      await close();
    });

    it('is not copied again where it is there already', async () => {
      await copyKept(kept, from, to);
      expect(await copyKept(kept, from, to)).toEqual({ name: 'names', rows: 1204, added: false });
    });

    it('is not mixed with what others keep there', async () => {
      const target = await to.open(kept);
      await target.queries.insertInto('told').values({ what: 'of another programme' }).execute();
      await expect(copyKept(kept, from, to)).rejects.toThrow('the target holds another names already');
      expect(await target.queries.selectFrom('sealed').select('person').execute()).toEqual([]);
      await target.close();
    });

    it('is there whole or not at all, where the copy is cut short', async () => {
      const cut: Place = {
        ...to,
        async open(what) {
          const opened = await to.open(what);
          return { ...opened, alone: (work) => opened.alone(async (queries) => {
            await work(queries);
            throw new Error('the power went');
          }) };
        },
      };
      await expect(copyKept(kept, from, cut)).rejects.toThrow('the power went');
      expect(await copyKept(kept, from, to)).toMatchObject({ added: true });
    });

    it('is looked at again: one row that differs is noticed', async () => {
      await copyKept(kept, from, to);
      const target = await to.open(kept);
      await target.queries.updateTable('sealed').set({ name: Uint8Array.of(9) }).where('person', '=', 'person 399').where('part', '=', 1).execute();
      await target.close();
      await expect(copyKept(kept, from, to)).rejects.toThrow('has been written to since it was copied');
    });
  });
});
