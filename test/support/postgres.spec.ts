import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { describeUnless } from './left-out.js';
import { findPostgres } from './postgres.js';

const found = await findPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'PostgreSQL', () => {
  const server = found as Exclude<typeof found, { leftOut: string }>;
  afterAll(() => server.stop());

  const asked = async (url: string, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('gives each test a database of its own', async () => {
    const [one, other] = [await server.database(), await server.database()];
    await asked(one.url, 'CREATE TABLE kept (a int)');
    const tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
    expect(await asked(one.url, tables)).toEqual([{ table_name: 'kept' }]);
    expect(await asked(other.url, tables)).toEqual([]);
    await one.drop();
    await expect(asked(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
    await other.drop();
  });
});
