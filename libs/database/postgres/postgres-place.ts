import { PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { postgresColumns } from '../columns.js';
import { openDatabase, type Formats } from '../kept-database.js';
import { DatabaseUnavailableError, type Kept, type Place } from '../place.js';
import { connectionTo, type PostgresAddress } from './address.js';
import { unlessAway } from './away.js';
import { clockAhead } from './clock-ahead.js';

/** Apart from the schemas of read models. */
const SCHEMA = 'throughcare_state';
const CONNECTIONS = 10;
/** Milliseconds until a request that finds no connection is told so. */
const PATIENCE = 10_000;
/** Of one statement, milliseconds: most take one. Longer than a turn of others, whom it may have to wait for. */
const LONGEST = 10_000;

export interface PostgresPlaceOptions {
  /** For who only looks: nothing is made or raised, nothing can be written, and no turn is taken. False when absent. */
  readonly onlyReads?: boolean;
}

/**
 * One schema in PostgreSQL for all processes of an organisation; a row of `format` for each that keeps something there.
 * What several open share connections.
 */
export async function postgresPlace(address: PostgresAddress, { onlyReads = false }: PostgresPlaceOptions = {}): Promise<Place> {
  const pool = new pg.Pool({
    ...connectionTo(address, { search_path: SCHEMA, ...(onlyReads && { default_transaction_read_only: 'on' }) }),
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE,
    application_name: 'throughcare state',
    // A turn is held by whoever has it: one that went silent in the middle of it gives it back.
    idle_in_transaction_session_timeout: LONGEST,
  });
  // A connection that was lost: whoever uses it is told by the statement, and the next one asked for is new.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    if (!onlyReads) await prepare(pool);
  } catch (error) {
    await pool.end();
    throw unlessAway(error);
  }
  return {
    isShared: true,
    async open<Tables>(kept: Kept<Tables>) {
      // Raising a format takes as long as it takes.
      const limits: Limits = {};
      const database = await openDatabase(kept, new PostgresDialect({ pool: sharing(pool, limits) }), formatsOf(kept.name, onlyReads));
      limits.query_timeout = LONGEST;
      return database;
    },
    clockAhead: (now) => clockAhead((text) => told(pool.query<{ now: number }>({ text, query_timeout: LONGEST } as pg.QueryConfig)), now),
    close: () => pool.end(),
  };
}

interface Limits {
  query_timeout?: number;
}

/**
 * The dialect ends a pool with the database that uses it, and this one has several. A connection on which somebody waited
 * in vain is not asked again, not even to roll back, and ends with its use.
 */
const sharing = (pool: pg.Pool, limits: Limits): PostgresPool => ({
  options: {},
  async end() {},
  async connect() {
    const client = await told(pool.connect());
    let broken: Error | undefined;
    const query = async (text: string, parameters: readonly unknown[]) => {
      if (broken) throw broken;
      return told(client.query({ text, values: [...parameters], ...limits })).catch((error: Error) => {
        if (error instanceof DatabaseUnavailableError) broken = error;
        throw error;
      });
    };
    return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
  },
});

const told = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw unlessAway(error);
  });

/** Before there is a schema to look for a format in; one process at a time. */
async function prepare(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [SCHEMA]);
    await client.query(`create schema if not exists ${SCHEMA}`);
    await client.query(`create table if not exists ${SCHEMA}.format (name text primary key, format bigint not null)`);
    await client.query('commit');
  } finally {
    // A transaction that failed goes with its connection.
    client.release(true);
  }
}

const formatsOf = (name: string, onlyReads: boolean): Formats => ({
  where: `${name} in ${SCHEMA}`,
  columns: postgresColumns,
  stays: onlyReads,
  async read(queries) {
    const { rows } = await sql<{ format: number }>`select format from format where name = ${name}`.execute(queries);
    return rows[0]?.format ?? 0;
  },
  async write(queries, format) {
    await sql`insert into format values (${name}, ${format}) on conflict (name) do update set format = excluded.format`.execute(queries);
  },
  /** Until the transaction ends, and with it where its process dies. */
  async takeTurn(queries) {
    if (onlyReads) return;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${SCHEMA}.${name}`}, 0))`.execute(queries);
  },
  async forgetOverwritten() {},
});
