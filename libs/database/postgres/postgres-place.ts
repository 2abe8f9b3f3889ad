import { PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { postgresColumns } from '../columns.js';
import { openDatabase, type Formats } from '../kept-database.js';
import type { Kept, Place } from '../place.js';
import { connectionTo, type PostgresAddress } from './address.js';
import { unlessAway } from './away.js';

/** Apart from the schemas of read models. */
const SCHEMA = 'throughcare_state';
const CONNECTIONS = 10;
/** Milliseconds until a request that finds no connection is told so. */
const PATIENCE = 10_000;

/**
 * One schema in PostgreSQL for all processes of an organisation; a row of `format` for each that keeps something there.
 * What several open share connections.
 */
export async function postgresPlace(address: PostgresAddress): Promise<Place> {
  const pool = new pg.Pool({
    ...connectionTo(address),
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE,
    application_name: 'throughcare state',
    options: `-c search_path=${SCHEMA}`,
  });
  // A connection that was lost: whoever uses it is told by the statement, and the next one asked for is new.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await prepare(pool);
  } catch (error) {
    await pool.end();
    throw unlessAway(error);
  }
  return {
    isShared: true,
    open: <Tables>(kept: Kept<Tables>) => openDatabase(kept, new PostgresDialect({ pool: sharing(pool) }), formatsOf(kept.name)),
    close: () => pool.end(),
  };
}

/** The dialect ends a pool with the database that uses it, and this one has several. */
const sharing = (pool: pg.Pool): PostgresPool => ({
  options: {},
  async end() {},
  async connect() {
    const client = await told(pool.connect());
    const query = (asked: string, parameters: readonly unknown[]) => told(client.query(asked, [...parameters]));
    return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
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

const formatsOf = (name: string): Formats => ({
  where: `${name} in ${SCHEMA}`,
  columns: postgresColumns,
  async read(queries) {
    const { rows } = await sql<{ format: number }>`select format from format where name = ${name}`.execute(queries);
    return rows[0]?.format ?? 0;
  },
  async write(queries, format) {
    await sql`insert into format values (${name}, ${format}) on conflict (name) do update set format = excluded.format`.execute(queries);
  },
  /** Until the transaction ends, and with it where its process dies. */
  async takeTurn(queries) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${SCHEMA}.${name}`}, 0))`.execute(queries);
  },
  async forgetOverwritten() {},
});
