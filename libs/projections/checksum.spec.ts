import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { checksumOf } from './checksum.js';
import type { Fold, Table } from './definition.js';
import { modelSet } from './model-set.js';
import { rowsOf } from './sqlite/read-rows.js';

const fold: Fold<null> = { name: 'nothing', initial: () => null, evolve: (state) => state };
const table: Table = { name: 'stay', columns: { stay: 'text', days: 'integer', late: 'integer' }, key: ['stay'], learned: ['late'], history: 'latest' };
const set = modelSet([{ name: 'stays', version: 1, subject: 'person', affectedBy: [], fold, tables: [table], rows: () => ({}) }]);

const holding = (...rows: readonly (string | number)[][]) => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE stay (stay TEXT, days INTEGER, late INTEGER)');
  const insert = database.prepare('INSERT INTO stay VALUES (?, ?, ?)');
  for (const row of rows) insert.run(...row);
  return checksumOf(rowsOf(database), set);
};

describe('The checksum of what is so', () => {
  it('does not depend on when it was learned; the history does', async () => {
    const [soon, late] = [await holding(['a', 3, 0]), await holding(['a', 3, 99])];
    expect(soon.checksum).toBe(late.checksum);
    expect(soon.history).not.toBe(late.history);
  });

  it('differs where a fact differs, and does not depend on the order of rows in the file', async () => {
    expect((await holding(['a', 3, 0])).checksum).not.toBe((await holding(['a', 4, 0])).checksum);
    expect(await holding(['a', 3, 0], ['b', 1, 0])).toEqual(await holding(['b', 1, 0], ['a', 3, 0]));
  });
});
