import pg from 'pg';

const BIGINT = 20;
/** Ordinals and counts come as numbers, as they do from SQLite: definitions hold none beyond the safe integers. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export const poolAt = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, types, keepAlive: true, application_name: 'throughcare', max: 10 });
  // A connection lost while nobody uses it: the next one asked for is new.
  pool.on('error', () => undefined);
  return pool;
};

export const clientAt = (url: string): pg.Client =>
  new pg.Client({ connectionString: url, types, keepAlive: true, application_name: 'throughcare projector' });

/** All of `work` or nothing. */
export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, 'BEGIN', 'COMMIT', work);

/** Sees one moment of the database. What `work` writes is seen by itself alone, and gone when it ends. */
export const inPassing = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  within(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ', 'ROLLBACK', work);

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
