/** Where generations lie in a PostgreSQL database: in schemas whose names begin with `space`, and a row says which is served. */
import type { PostgresAddress } from '#database';
import { ReadModelsUnavailableError } from '../read-store.js';
import type { Queries } from './row-statements.js';
import { inSchema } from './schema.js';

export interface PostgresPlace extends PostgresAddress {
  /**
   * So that one database can hold several programmes: a lower-case letter, then at most 23 more, digits or underscores;
   * `read_models` when absent.
   */
  readonly space?: string | undefined;
}

/** How a log began, which tells it from all others; undefined while it is empty. */
export type LogId = () => Promise<string | undefined>;

/** With the longest suffix it stays within the 63 bytes of a name. */
const spaceName = /^[a-z][a-z0-9_]{0,23}$/;

/** @throws Error where it cannot be one */
export function spaceOf({ space = 'read_models' }: Pick<PostgresPlace, 'space'>): string {
  if (!spaceName.test(space)) throw new Error(`"${space}" cannot begin the name of a schema`);
  return space;
}

export const schemaOf = (space: string, name: string): string => `${space}:${name}`;

/**
 * The name of what is served, from now on the first place in which this transaction looks for tables; undefined before
 * the first build.
 *
 * @param log that of whoever asks: a database that another programme uses never answers for this one
 * @throws ReadModelsUnavailableError where the rows are another log's
 */
export async function servedIn(client: Queries, space: string, log: string | undefined): Promise<string | undefined> {
  const row = await pointerIn(client, space);
  if (row && row.log !== null && row.log !== log) throw new ReadModelsUnavailableError(otherLog(space));
  return row?.name;
}

interface Pointer {
  readonly name: string;
  readonly log: string | null;
}

async function pointerIn(client: Queries, space: string): Promise<Pointer | undefined> {
  try {
    const { rows } = await client.query<Pointer>(
      `SELECT name, log, set_config('search_path', quote_ident($1 || name), true) FROM ${inSchema(space, 'served')}`,
      [schemaOf(space, '')],
    );
    return rows[0];
  } catch (error) {
    // No projector was ever here.
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** No such schema, or no such table. */
export const isMissing = (error: unknown): boolean => ['3F000', '42P01'].includes((error as { code?: string }).code ?? '');

export const otherLog = (space: string): string =>
  `the database holds the read models of another log, in schemas that begin with "${space}": name another database, or drop them`;
