import type { DatabaseSync } from 'node:sqlite';
import type { ReadRows } from '../checksum.js';
import type { Value } from '../definition.js';

/** Every row of a table at once, as the statement steps through them. */
export function rowsOf(database: DatabaseSync): ReadRows {
  // They are met in the order of their keys, all over the file.
  database.exec('PRAGMA cache_size = -64000');
  return function* (sql) {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    yield statement.iterate() as unknown as Iterable<readonly Value[]>;
  };
}
