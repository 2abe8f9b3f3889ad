/** What an operator is told, with the PostgreSQL of this machine and without any EventStoreDB. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { postgresPlace } from '#database';
import { describeUnless } from '../../../test/support/left-out.js';
import { findGuardedPostgres, findPostgres, type Guarded, type TestPostgres } from '../../../test/support/postgres.js';
import { openEngine } from '../../server/engine.js';
import { agreeOn } from '../../server/shared-programme.js';
import { examine } from './examine.js';

/** Nothing listens there. */
const NOBODY = '127.0.0.1:1';

describe('What throughcare doctor says', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'throughcare-doctor-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** By what was looked at. */
  async function doctor(env: NodeJS.ProcessEnv, release = false): Promise<Readonly<Record<string, string>>> {
    const findings = await examine({ env: { THROUGHCARE_DATA: join(folder, 'data'), ...env }, release });
    return Object.fromEntries(findings.map(({ check, ok, says }) => [check, `${ok ? 'well' : 'WRONG'}: ${says}`]));
  }

  it('of a directory that is not there yet, and makes none', async () => {
    expect((await doctor({}))['store']).toMatch(/^well: nothing at .+ yet; npm start makes a demo there$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of an empty directory, and leaves it empty', async () => {
    mkdirSync(join(folder, 'data'));
    expect((await doctor({}))['store']).toMatch(/^well: nothing at .+ yet; npm start makes a demo there$/);
    expect(readdirSync(join(folder, 'data'))).toEqual([]);
  });

  it('of numbers that were to be freed where nothing is: that none was', async () => {
    expect((await doctor({}, true))['registrations']).toBe('WRONG: no number was freed: nothing is there yet');
    expect((await doctor({ THROUGHCARE_MODE: 'mistyped' }, true))['registrations']).toBe('WRONG: no number was freed: put right first what is wrong here');
  });

  it('of a directory that is there, and writes no event to its log', async () => {
    const dataDir = join(folder, 'data');
    await (await openEngine({ dataDir, project: false, projectsHere: false })).close();
    expect(await doctor({})).toMatchObject({ store: 'well: demo, sqlite, 0 events', 'sign-in': expect.stringContaining('development personas') });
    const again = await openEngine({ dataDir, project: false, projectsHere: false });
    expect(await again.store.head()).toEqual({ ordinal: 0 });
    await again.close();
  });

  it('of nodes of EventStoreDB that are all away: each by itself, and nothing that would need them', async () => {
    const said = await doctor({ THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: `esdb://${NOBODY},127.0.0.1:2?tls=false` });
    expect(said).toMatchObject({
      [`EventStoreDB ${NOBODY}`]: 'WRONG: nothing listens there: start the node, or mend EVENTSTOREDB_URL',
      'EventStoreDB 127.0.0.1:2': expect.stringMatching(/^WRONG: nothing listens there/),
      EventStoreDB: 'WRONG: no node can be asked: nothing can be recorded',
    });
    expect(said['store']).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a PostgreSQL that is away, also while EventStoreDB is', async () => {
    const said = await doctor({
      THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: `esdb://${NOBODY}?tls=false`, THROUGHCARE_POSTGRES_URL: `postgres://ann@${NOBODY}/state`,
    });
    expect(said[`EventStoreDB ${NOBODY}`]).toMatch(/^WRONG/);
    expect(said[`PostgreSQL ${NOBODY}`]).toMatch(/^WRONG: nothing listens there: start it, or mend THROUGHCARE_POSTGRES_URL/);
  });
});

const found = await findPostgres();
const nowhere = { THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: `esdb://${NOBODY}?tls=false` };

/** By what was looked at, without EventStoreDB, of which all that is said is that it is away. */
async function ofPostgres(url: string, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const findings = await examine({ env: { ...nowhere, THROUGHCARE_POSTGRES_URL: url, ...env }, release: false });
  const from = findings.findIndex(({ check }) => check.startsWith('PostgreSQL'));
  return findings.slice(from).map(({ check, ok, says }) => `${ok ? 'well' : 'WRONG'} ${check}: ${says}`);
}

describeUnless('leftOut' in found ? found.leftOut : undefined, 'What throughcare doctor says of a PostgreSQL that it reaches', () => {
  const server = found as TestPostgres;
  let url: string;
  let drop: () => Promise<void>;
  let client: pg.Client;
  beforeEach(async () => {
    ({ url, drop } = await server.database());
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await drop();
  });
  afterAll(() => server.stop());

  it('where it is empty: what the first start will make; and it stays empty', async () => {
    const schemas = "select nspname from pg_namespace where nspname !~ '^pg_|^information_schema$' order by 1";
    const before = (await client.query(schemas)).rows;
    expect(await ofPostgres(url)).toEqual([
      expect.stringMatching(/^well PostgreSQL 127\.0\.0\.1:\d+: version \S+, database test_\w+, as throughcare, without TLS$/),
      expect.stringMatching(/^well PostgreSQL clock: /),
      'well PostgreSQL tables: none yet; the first start makes them',
      'well programme: none yet; the first start makes a demo one, for ever',
    ]);
    expect((await client.query(schemas)).rows).toEqual(before);
  });

  it('where a programme is there: whether it is the one that the settings ask for', async () => {
    const place = await postgresPlace({ url });
    await agreeOn(place, { mode: 'demo', clockBehind: 0 }, undefined);
    await place.close();
    expect(await ofPostgres(url)).toEqual(expect.arrayContaining(['well PostgreSQL tables: as this release keeps them', 'well programme: demo']));
    expect(await ofPostgres(url, { THROUGHCARE_MODE: 'live' })).toContain(
      'WRONG programme: it is a demo one and stays one, and THROUGHCARE_MODE says live: no process will start. Set it to demo',
    );
  });

  it('where another release was there: what follows of it', async () => {
    const place = await postgresPlace({ url });
    await agreeOn(place, { mode: 'demo', clockBehind: 0 }, undefined);
    await place.close();
    const formatOf = (name: string, format: number) =>
      client.query('insert into throughcare_state.format values ($1, $2) on conflict (name) do update set format = excluded.format', [name, format]);
    await formatOf('vault', 0);
    expect(await ofPostgres(url)).toContainEqual(expect.stringMatching(/^well PostgreSQL tables: of an older release: vault\. The next start raises them/));
    await formatOf('vault', 99);
    expect(await ofPostgres(url)).toContain(
      'WRONG PostgreSQL tables: a newer release wrote vault here, and this one will not start: start the newer one',
    );
  });

  it('where numbers were to be freed and nobody can tell which: that none was, and why', async () => {
    const freed = async () => {
      const findings = await examine({ env: { THROUGHCARE_DATA: tmpdir(), THROUGHCARE_POSTGRES_URL: url }, release: true });
      return findings.filter(({ check }) => check === 'registrations');
    };
    expect(await freed()).toEqual([{ check: 'registrations', ok: false, says: 'no number was freed: no programme is there yet' }]);
    const place = await postgresPlace({ url });
    await agreeOn(place, { mode: 'demo', clockBehind: 0 }, undefined);
    await place.close();
    await client.query("insert into throughcare_state.format values ('vault', 0)");
    expect(await freed()).toEqual([
      { check: 'registrations', ok: false, says: expect.stringMatching(/^no number was freed: the tables are those of another release/) },
    ]);
  });

  it('where it takes no writes, because it was set so or because it is a standby', async () => {
    const name = new URL(url).pathname.slice(1);
    await client.query(`alter database ${name} set default_transaction_read_only = on`);
    expect(await ofPostgres(url)).toContainEqual(expect.stringMatching(/^WRONG PostgreSQL 127\.0\.0\.1:\d+: takes no writes: default_transaction_read_only is on there/));
    await client.query(`create schema away; create function away.pg_is_in_recovery() returns boolean language sql as 'select true';
      alter database ${name} set search_path = away, pg_catalog`);
    expect(await ofPostgres(url)).toContainEqual(expect.stringMatching(/^WRONG PostgreSQL 127\.0\.0\.1:\d+: takes no writes: it is a standby/));
  });

  it('where its clock is not ours', async () => {
    await client.query(`create schema away; create function away.clock_timestamp() returns timestamptz language sql as
      $$ select pg_catalog.clock_timestamp() - interval '5 seconds' $$; alter database ${new URL(url).pathname.slice(1)} set search_path = away, pg_catalog`);
    const [, clock] = await ofPostgres(url);
    expect(clock).toMatch(/^WRONG PostgreSQL clock: this machine is \d{4} ms ahead of it, and no process is ready that far off/);
  });

  it('where there is no such database', async () => {
    const none = new URL(url);
    none.pathname = '/none';
    expect(await ofPostgres(none.href)).toEqual([expect.stringMatching(/^WRONG PostgreSQL 127\.0\.0\.1:\d+: there is no such database: make it, or mend THROUGHCARE_POSTGRES_URL/)]);
  });
});

const guarded = await findGuardedPostgres();

describeUnless('leftOut' in guarded ? guarded.leftOut : undefined, 'What throughcare doctor says of a PostgreSQL that asks who comes', () => {
  afterAll(() => (guarded as Guarded).stop());
  const address = (change: (url: URL) => void): string => {
    const url = new URL((guarded as Guarded).url);
    change(url);
    return url.href;
  };

  it('well, with TLS', async () => {
    expect((await ofPostgres(address(() => {})))[0]).toMatch(/^well .+, TLS$/);
  });

  it('that the password is wrong, without saying it', async () => {
    const said = await ofPostgres(address((url) => (url.password = 'mistyped')));
    expect(said).toEqual([expect.stringMatching(/^WRONG .+: the password is not taken: look at THROUGHCARE_POSTGRES_PASSWORD_FILE/)]);
    expect(said.join()).not.toContain('mistyped');
  });

  it('that its certificate is not trusted, and that it does not let in who comes without TLS', async () => {
    expect(await ofPostgres(address((url) => url.searchParams.delete('sslrootcert')))).toEqual([expect.stringMatching(/^WRONG .+: its certificate is not trusted/)]);
    expect(await ofPostgres(address((url) => (url.search = '')))).toEqual([expect.stringMatching(/^WRONG .+: this user is not let in, or not without TLS/)]);
  });
});
