/** A process that starts before its servers take it in, or never will be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { startServer, type StartedServer } from '../../libs/event-store/eventstoredb/server.js';
import { Cluster, noClusterBecause } from '../support/eventstoredb-cluster.js';
import { describeUnless } from '../support/left-out.js';
import { findGuardedPostgres, findOwnPostgres, type Guarded, type StartedPostgres } from '../support/postgres.js';
import { Product } from '../support/product.js';
import { until } from './readiness.js';

/** Live, so that no demo is written: of a provider only the address is asked for at a start. */
const live = {
  THROUGHCARE_MODE: 'live', OIDC_ISSUER: 'https://sign-in.example', OIDC_CLIENT_ID: 'throughcare-web', OIDC_CLIENT_SECRET: 'not asked for',
};
const LONGEST = 300_000;
const STACK = /^\s+at /m;

let folder: string;
let product: Product | undefined;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'throughcare-late-'))));
afterEach(async () => {
  await product?.kill();
  product = undefined;
  rmSync(folder, { recursive: true, force: true });
});
const aProduct = async (env: NodeJS.ProcessEnv) => (product = await Product.on(join(folder, 'data'), { ...live, ...env }));
const saysThatItWaits = (server: string) => until(async () => product!.words.includes(`waiting for ${server}`));

const postgres = await findOwnPostgres();

describeUnless('leftOut' in postgres ? postgres.leftOut : undefined, 'A process that starts before PostgreSQL', () => {
  const server = postgres as StartedPostgres;
  afterAll(() => server.stop());

  it('says what it waits for, and is ready when that has come', async () => {
    const { url } = await server.database();
    await server.crash();
    const { host } = new URL(url);
    const starting = (await aProduct({ THROUGHCARE_POSTGRES_URL: url })).start();
    await saysThatItWaits(`PostgreSQL ${host}: nothing listens there`);
    await server.restart();
    await starting;
  }, LONGEST);

  it('ends with code 0 when it is asked to while it waits', async () => {
    const { url } = await server.database();
    await server.crash();
    try {
      const ended = (await aProduct({ THROUGHCARE_POSTGRES_URL: url })).startInVain();
      await saysThatItWaits('PostgreSQL');
      expect(await product!.stop()).toBe(0);
      expect((await ended).said).not.toContain('did not take us in');
    } finally {
      await server.restart();
    }
  }, LONGEST);
});

const guarded = await findGuardedPostgres();

describeUnless('leftOut' in guarded ? guarded.leftOut : undefined, 'A process that PostgreSQL will never take in', () => {
  afterAll(() => (guarded as Guarded).stop());

  it('ends at once and says why, in words', async () => {
    const url = new URL((guarded as Guarded).url);
    url.password = 'mistyped';
    const { code, said } = await (await aProduct({ THROUGHCARE_POSTGRES_URL: url.href })).startInVain();
    expect(code).toBe(2);
    expect(said).toContain('the password is not taken: look at THROUGHCARE_POSTGRES_PASSWORD_FILE');
    expect(said).not.toMatch(STACK);
    expect(said).not.toContain('mistyped');
  }, LONGEST);
});

const eventStoreDb = await startServer();

describeUnless('leftOut' in eventStoreDb ? eventStoreDb.leftOut : undefined, 'A process that starts before EventStoreDB', () => {
  const server = eventStoreDb as StartedServer;
  afterAll(() => server.stop());

  it('says what it waits for, and is ready when that has come', async () => {
    server.signal('SIGKILL');
    await server.gone();
    const starting = (await aProduct({ THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString })).start();
    await saysThatItWaits('EventStoreDB: 127.0.0.1:');
    await server.restart();
    await starting;
  }, LONGEST);
});

describeUnless(await noClusterBecause(), 'A process that starts together with three new nodes', () => {
  let cluster: Cluster;
  afterAll(() => cluster?.stop(), 60_000);
  const settings = () => ({
    THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: cluster.connectionString, EVENTSTOREDB_CA_FILE: cluster.caFile, EVENTSTOREDB_USER: cluster.user,
  });

  it('waits until they have found one another and made their users', async () => {
    cluster = await Cluster.begin();
    await (await aProduct({ ...settings(), EVENTSTOREDB_PASSWORD_FILE: cluster.passwordFile })).start();
    expect(product!.words).toContain('waiting for EventStoreDB: ');
    expect(product!.words).not.toMatch(STACK);
  }, LONGEST);

  it('with a wrong password waits as long, since new nodes refuse everybody, and then ends and says why', async () => {
    await cluster.whole();
    const { code, said } = await (await aProduct({ ...settings(), EVENTSTOREDB_PASSWORD: 'mistyped' })).startInVain();
    expect(code).toBe(2);
    expect(said).toMatch(/EventStoreDB did not take us in within 60 seconds: .* look at EVENTSTOREDB_USER and EVENTSTOREDB_PASSWORD_FILE/);
    expect(said).not.toMatch(STACK);
    expect(said).not.toContain('mistyped');
  }, LONGEST);
});
