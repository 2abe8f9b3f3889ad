import pg from 'pg';
import { connectionTo, type PostgresAddress } from '#database';

/** Milliseconds until whoever finds no connection free, or nobody there, is told so. */
const PATIENCE = 5_000;
/** No page asks anything that takes longer, milliseconds. */
const LONGEST_READ = 20_000;

function settingsOf(address: PostgresAddress): pg.ClientConfig {
  return {
    ...connectionTo(address),
    application_name: 'throughcare',
    connectionTimeoutMillis: PATIENCE,
  };
}

function pool(settings: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool(settings);
  // A connection lost while nobody uses it: the next one asked for is new.
  made.on('error', () => undefined);
  return made;
}

export const poolAt = (address: PostgresAddress): pg.Pool => pool({ ...settingsOf(address), max: 10 });

/** For requests: none of them waits for long, and statements prepared on a connection go with it. */
export const readersAt = (address: PostgresAddress): pg.Pool =>
  pool({
    ...settingsOf(address),
    application_name: 'throughcare readers',
    max: 10,
    maxLifetimeSeconds: 3_600,
    statement_timeout: LONGEST_READ,
    idle_in_transaction_session_timeout: 2 * LONGEST_READ,
    query_timeout: LONGEST_READ + PATIENCE,
  });

export const clientAt = (address: PostgresAddress): pg.Client =>
  new pg.Client({ ...settingsOf(address), application_name: 'throughcare projector' });

/** All of `work` or nothing. */
export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, 'BEGIN', 'COMMIT', work);

/** Sees one moment of the database. What `work` writes is seen by itself alone, and gone when it ends. */
export const inPassing = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ', 'ROLLBACK', work);

/** Sees one moment of the database, and writes nothing. */
export const inOneLook = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', 'COMMIT', work);

/** A connection that failed on the way is thrown away. */
async function within<T>(pool: pg.Pool, begin: string, end: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that ends between two statements says so by an event; the next statement fails by itself.
  const lost = (error: Error) => void (broken = error);
  client.on('error', lost);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: Error) => (broken ??= failed));
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
