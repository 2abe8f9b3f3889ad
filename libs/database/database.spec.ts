import { expect, it } from '@jest/globals';
import type { Kept } from './place.js';
import { inEachPlace } from '../../test/support/places.js';

interface Tables {
  readonly tally: { readonly name: string; readonly n: number };
}

const tally: Kept<Tables> = {
  name: 'tally',
  migrations: [({ text, whole, keyed }) => [`create table tally (name ${text} primary key, n ${whole} not null) ${keyed}`]],
};
const later: Kept<Tables> = {
  name: 'tally',
  migrations: [...tally.migrations, () => ["insert into tally (name, n) values ('of the later release', 1)"]],
};

inEachPlace((here) => {
  it('what one process keeps, another reads, also after a restart', async () => {
    const { place } = here();
    const one = await (await place()).open(tally);
    const other = await (await place()).open(tally);
    await one.queries.insertInto('tally').values({ name: 'beds', n: 4 }).execute();
    expect(await other.queries.selectFrom('tally').selectAll().execute()).toEqual([{ name: 'beds', n: 4 }]);
    await Promise.all([one.close(), other.close()]);
    const again = await (await place()).open(tally);
    expect(await again.queries.selectFrom('tally').selectAll().execute()).toEqual([{ name: 'beds', n: 4 }]);
    await again.close();
  });

  it('a newer release changes the shape once, whichever of its processes starts first', async () => {
    const { place } = here();
    const old = await (await place()).open(tally);
    await old.close();
    const opened = await Promise.all(Array.from({ length: 4 }, async () => (await place()).open(later)));
    expect(await opened[0]!.queries.selectFrom('tally').select('name').execute()).toEqual([{ name: 'of the later release' }]);
    await Promise.all(opened.map((one) => one.close()));
  });

  it('an older release refuses what a newer one changed, and says which to start', async () => {
    const { place } = here();
    const newer = await (await place()).open(later);
    await newer.close();
    await expect((await place()).open(tally)).rejects.toThrow(/tally.* has format 2, this release knows 1; use the newer release/);
  });

  it('who reads, decides and writes alone is never overtaken, by whatever process', async () => {
    const { place } = here();
    const databases = await Promise.all(Array.from({ length: 3 }, async () => (await place()).open(tally)));
    await databases[0]!.queries.insertInto('tally').values({ name: 'calls', n: 0 }).execute();
    const call = ({ alone }: (typeof databases)[number]) =>
      alone(async (queries) => {
        const { n } = await queries.selectFrom('tally').select('n').executeTakeFirstOrThrow();
        await queries.updateTable('tally').set({ n: n + 1 }).execute();
      });
    await Promise.all(databases.flatMap((database) => Array.from({ length: 20 }, () => call(database))));
    expect(await databases[1]!.queries.selectFrom('tally').select('n').execute()).toEqual([{ n: 60 }]);
    await Promise.all(databases.map((one) => one.close()));
  });

  it('what fails half-way leaves nothing behind, and the next one works', async () => {
    const { place } = here();
    const { queries, alone, close } = await (await place()).open(tally);
    const failing = alone(async (inTurn) => {
      await inTurn.insertInto('tally').values({ name: 'half', n: 1 }).execute();
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    await alone((inTurn) => inTurn.insertInto('tally').values({ name: 'whole', n: 2 }).execute());
    expect(await queries.selectFrom('tally').selectAll().execute()).toEqual([{ name: 'whole', n: 2 }]);
    await close();
  });
});
