import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { sqliteColumns } from '../columns.js';
import { openDatabase, type Formats } from '../kept-database.js';
import type { Kept, Place } from '../place.js';
import { sqliteDialect } from './node-sqlite.js';

/** Milliseconds that may be waited for whoever opens the file at the same moment; later waiting holds nobody up. */
const OPENING = 5000;

/** A file for each that keeps something, `<name>.db`, with its format as SQLite's `user_version`. */
export const sqlitePlace = (directory: string): Place => ({
  isShared: false,
  async open<Tables>(kept: Kept<Tables>) {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `${kept.name}.db`);
    const connection = new DatabaseSync(file, { timeout: OPENING });
    // secure_delete: what is erased is overwritten, not only unlinked.
    connection.exec(`pragma journal_mode = wal; pragma synchronous = ${kept.flushed === false ? 'normal' : 'full'};
      pragma secure_delete = on; pragma busy_timeout = 0;`);
    return openDatabase(kept, sqliteDialect(connection), formatsOf(file));
  },
  clockAhead: async () => 0,
  async close() {},
});

const formatsOf = (file: string): Formats => ({
  where: file,
  columns: sqliteColumns,
  async read(queries) {
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(queries);
    return rows[0]!.user_version;
  },
  async write(queries, format) {
    await sql.raw(`pragma user_version = ${format}`).execute(queries);
  },
  // `begin immediate` is one.
  async takeTurn() {},
  async forgetOverwritten(queries) {
    // Unless a reader still needs them.
    await sql`pragma wal_checkpoint(truncate)`.execute(queries);
  },
});
