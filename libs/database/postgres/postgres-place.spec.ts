import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import { DatabaseUnavailableError, type Kept } from '../place.js';
import { withPassword } from './address.js';
import { postgresPlace } from './postgres-place.js';

const directory = mkdtempSync(join(tmpdir(), 'throughcare-password-'));
afterAll(() => rmSync(directory, { recursive: true }));
const url = 'postgres://throughcare@db.example:5432/state';

it('the password of a file reaches the driver as it is, without the end of the line', () => {
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, 'a:b@c/%25 ü\n');
  const client = new pg.Client({ connectionString: withPassword({ url, passwordFile }) });
  expect(client).toMatchObject({ user: 'throughcare', password: 'a:b@c/%25 ü', host: 'db.example', database: 'state' });
  expect(withPassword({ url })).toBe(url);
});

it('a database that does not answer is told at once, not when the first request comes', async () => {
  await expect(postgresPlace({ url: 'postgres://throughcare@127.0.0.1:1/state' })).rejects.toThrow(/^PostgreSQL does not answer: .*ECONNREFUSED/);
});

const found = await findPostgres();
describeUnless('leftOut' in found ? found.leftOut : undefined, 'PostgreSQL that goes away and comes back', () => {
  const server = found as TestPostgres;
  afterAll(() => server.stop());
  const tally: Kept<{ readonly tally: { readonly n: number } }> = {
    name: 'tally',
    migrations: [({ whole }) => [`create table tally (n ${whole} not null)`]],
  };

  it('takes down what was half done and no process; what is asked next is answered', async () => {
    const { url, drop } = await server.database();
    const place = await postgresPlace({ url });
    const { queries, alone } = await place.open(tally);
    const operator = new pg.Client({ connectionString: url });
    await operator.connect();
    const cutAll = () => operator.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'throughcare state'");

    const half = alone(async (inTurn) => {
      await inTurn.insertInto('tally').values({ n: 1 }).execute();
      await cutAll();
      await inTurn.insertInto('tally').values({ n: 2 }).execute();
    });
    await expect(half).rejects.toThrow(DatabaseUnavailableError);
    expect(await queries.selectFrom('tally').selectAll().execute()).toEqual([]);

    await cutAll();
    await sleep(50);
    await alone((inTurn) => inTurn.insertInto('tally').values({ n: 3 }).execute());
    expect(await queries.selectFrom('tally').selectAll().execute()).toEqual([{ n: 3 }]);
    await operator.end();
    await place.close();
    await drop();
  });
});
