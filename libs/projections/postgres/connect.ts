import { hostname } from 'node:os';
import pg from 'pg';
import { connectionTo, isAway, type PostgresAddress } from '#database';

/** Milliseconds until whoever finds no connection free, or nobody there, is told so. */
const PATIENCE = 5_000;
/** No page asks anything that takes longer, milliseconds. */
const LONGEST_READ = 20_000;
/** A batch takes milliseconds; one that was given up is done again, compared with where the rows stand. */
const LONGEST_WRITE = 60_000;
/** Of a few small rows, milliseconds. */
export const GLANCE = 5_000;

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

/** For work that takes as long as it takes. */
export const poolAt = (address: PostgresAddress): pg.Pool => pool({ ...settingsOf(address), max: 10 });

/** For looking how things stand. */
export const glancesAt = (address: PostgresAddress): pg.Pool => pool({ ...settingsOf(address), max: 3, query_timeout: GLANCE });

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

/** One small question on a connection that stays open. @throws Error where it is not answered soon */
export const glance = async <T extends pg.QueryResultRow>(client: pg.Client, text = 'SELECT 1', values: unknown[] = []): Promise<readonly T[]> =>
  (await client.query<T>({ text, values, query_timeout: GLANCE } as pg.QueryConfig)).rows;

/**
 * Asks again and again whether the connection stands: nobody says so where the network between went silent.
 * @returns ends it
 */
export function watch(client: pg.Client, everyMs: number, onSilent: (error: Error) => void): () => void {
  let next = setTimeout(ask, everyMs);
  let isOver = false;
  function ask(): void {
    glance(client).then(
      () => !isOver && (next = setTimeout(ask, everyMs)),
      (error: Error) => !isOver && onSilent(error),
    );
  }
  return () => {
    isOver = true;
    clearTimeout(next);
  };
}

/** Named after the machine and the process, so that an operator can tell which of them works. */
export const clientAt = (address: PostgresAddress): pg.Client =>
  new pg.Client({ ...settingsOf(address), application_name: `throughcare on ${hostname().slice(0, 30)}, process ${process.pid}` });

/** `work` with a connection that nobody else uses. */
export async function onItsOwn<T>(address: PostgresAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientAt(address);
  // One that ends between two statements says so by an event; the next statement fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Nothing that is built outlives a crash, so nothing on that connection waits for the disk. */
export const withoutWaiting = async (client: pg.ClientBase): Promise<void> => {
  await client.query('SET synchronous_commit = off');
};

/** All of `work` or nothing. It holds rows that others wait for, so neither side waits for the other for long. */
export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${LONGEST_WRITE}`, 'COMMIT', async (client) => {
    // Ends the connection, and with it what is asked on it.
    const tooLong = setTimeout(() => void (client as unknown as pg.Client).end(), LONGEST_WRITE);
    return work(client).finally(() => clearTimeout(tooLong));
  });

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
    // Nobody waits in vain twice: the server rolls back what its connection leaves.
    if (isAway(error)) broken ??= error as Error;
    else await client.query('ROLLBACK').catch((failed: Error) => (broken ??= failed));
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
