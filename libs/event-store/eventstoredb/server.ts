/** Test support: a real EventStoreDB, wherever this machine has one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createEventStoreDb } from './store.js';
import { startContainer } from './testing/container.js';

export interface TestServer {
  readonly connectionString: string;
  /** `23.10.6, started from the PATH`: what it says of itself and where it came from. */
  readonly description: string;
  stop(): Promise<void>;
}

/** A server of our own, to be mistreated. */
export interface StartedServer extends TestServer {
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Resolves once the process has gone. */
  gone(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

/** The reason goes into the title of a test, so that no report hides it. */
export type Found<T> = T | { readonly leftOut: string };

const READY_WITHIN = 60_000;

/** At EVENTSTOREDB_URL, which should be empty, else one of our own. */
export async function findServer(): Promise<Found<TestServer>> {
  const given = process.env.EVENTSTOREDB_URL;
  if (given) {
    const description = await describe(given, 'at EVENTSTOREDB_URL');
    return { connectionString: given, description, async stop() {} };
  }
  const own = await findOwnServer();
  return 'leftOut' in own ? { leftOut: `EVENTSTOREDB_URL is not set; ${own.leftOut}` } : own;
}

/** For tests that write what no other test should read: `eventstored` from the PATH, else a container. */
export async function findOwnServer(): Promise<Found<TestServer>> {
  const started = await startServer();
  if (!('leftOut' in started)) return started;
  const contained = await startContainer();
  if ('leftOut' in contained) return { leftOut: `${started.leftOut}; ${contained.leftOut}` };
  return { ...contained, description: await describe(contained.connectionString, 'in a container') };
}

/** `eventstored` from the PATH on loopback, a free port and an empty directory. */
export async function startServer(): Promise<Found<StartedServer>> {
  if (!(await isOnPath('eventstored'))) return { leftOut: 'no program eventstored is on the PATH' };
  const directory = await mkdtemp(join(tmpdir(), 'throughcare-eventstoredb-'));
  const [port, replicationPort] = [await freePort(), await freePort()];
  const connectionString = `esdb://127.0.0.1:${port}?tls=false`;
  let child: ChildProcess | undefined;
  let exited: Promise<unknown> = Promise.resolve();

  const signal = (name: NodeJS.Signals) => {
    // The whole group: a packaged `eventstored` may be a script around the program.
    if (child?.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const killOnExit = () => signal('SIGKILL');
  process.once('exit', killOnExit);

  const start = async () => {
    const log = await open(join(directory, 'output.log'), 'a');
    const options = [
      '--insecure', '--node-ip', '127.0.0.1', '--node-port', String(port),
      '--replication-port', String(replicationPort), '--db', join(directory, 'db'), '--log', join(directory, 'log'),
      '--disable-log-file', '--stream-existence-filter-size', '1000000',
    ];
    const env = { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true' };
    const started = spawn('eventstored', options, { detached: true, stdio: ['ignore', log.fd, log.fd], env });
    child = started;
    exited = new Promise((resolve) => started.once('exit', resolve));
    await log.close();
    await describe(connectionString, '');
  };
  const stop = async () => {
    process.off('exit', killOnExit);
    signal('SIGKILL');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };

  try {
    await start();
    const description = await describe(connectionString, 'started from the PATH');
    return { connectionString, description, signal, stop, restart: start, gone: async () => void (await exited) };
  } catch (error) {
    await stop();
    return { leftOut: `eventstored did not start: ${String(error)}` };
  }
}

/** Waits until the server answers, and asks what it is. */
async function describe(connectionString: string, where: string): Promise<string> {
  const store = createEventStoreDb({ connectionString, attemptTimeout: 2_000, patience: READY_WITHIN });
  try {
    const version = await store.serverVersion();
    await store.head();
    return `${version}, ${where}`;
  } finally {
    await store.close();
  }
}

export async function isOnPath(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = await access(join(folder, program), constants.X_OK).then(() => true, () => false);
    if (folder && found) return true;
  }
  return false;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

