/** Test support: three nodes of a real EventStoreDB on loopback, with TLS, to be mistreated. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, isOnPath } from '../../libs/event-store/eventstoredb/server.js';
import { makeCertificates } from './certificates.js';

const PASSWORD = 'a:pass@word/of %tests';
const READY_WITHIN = 120_000;
const NODES = 3;

type Signal = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT';

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointPort: number;
}

/** Why there can be none here; undefined where there can. */
export async function noClusterBecause(): Promise<string | undefined> {
  for (const program of ['eventstored', 'openssl']) {
    if (!(await isOnPath(program))) return `no program ${program} is on the PATH`;
  }
  return undefined;
}

export class Cluster {
  readonly user = 'admin';
  readonly passwordFile: string;
  readonly caFile: string;
  private readonly children = new Map<number, ChildProcess>();

  private constructor(
    private readonly folder: string,
    private readonly ports: readonly { readonly http: number; readonly replication: number }[],
  ) {
    this.passwordFile = join(folder, 'password');
    this.caFile = join(folder, 'ca', 'ca.crt');
  }

  get connectionString(): string {
    return `esdb://${this.ports.map(({ http }) => `127.0.0.1:${http}`).join(',')}`;
  }

  static async start(): Promise<Cluster> {
    const cluster = await Cluster.begin();
    try {
      await cluster.whole();
      return cluster;
    } catch (error) {
      const said = cluster.ports.map(({ http }) => readFileSync(join(cluster.folder, `${http}.log`), 'utf8').slice(-1_500)).join('\n');
      await cluster.stop();
      throw new Error(`three nodes of eventstored did not find each other: ${said}`, { cause: error });
    }
  }

  /** Started, and for some seconds nobody is taken in. */
  static async begin(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-cluster-'));
    const ports = [];
    for (let i = 0; i < NODES; i++) ports.push({ http: await freePort(), replication: await freePort() });
    const cluster = new Cluster(folder, ports);
    process.once('exit', () => cluster.kill());
    makeCertificates(folder);
    writeFileSync(cluster.passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
    for (const { http } of ports) cluster.startNode(http);
    return cluster;
  }

  /** The port of the node that leads, once the three agree. */
  async whole(): Promise<number> {
    for (const until = Date.now() + READY_WITHIN; Date.now() < until; await pause(200)) {
      const views = await Promise.all(this.ports.map(({ http }) => this.members(http).catch(() => [])));
      const leaders = views.map((members) => this.leaderIn(members));
      if (leaders[0] !== undefined && leaders.every((leader) => leader === leaders[0])) return leaders[0];
    }
    throw new Error('the cluster is not whole in time');
  }

  /** Milliseconds until the others agree that one of them leads; undefined where they have not within `most`. */
  async another(gone: number, most: number): Promise<number | undefined> {
    const start = Date.now();
    const others = this.ports.filter(({ http }) => http !== gone);
    for (; Date.now() - start < most; await pause(200)) {
      const views = await Promise.all(others.map(({ http }) => this.members(http).catch(() => [])));
      const leaders = views.map((members) => members.find(({ isAlive, state }) => isAlive && state === 'Leader')?.httpEndPointPort);
      if (leaders[0] !== undefined && leaders[0] !== gone && leaders.every((leader) => leader === leaders[0])) return Date.now() - start;
    }
    return undefined;
  }

  signal(port: number, name: Signal): void {
    const child = this.children.get(port);
    // The whole group: a packaged `eventstored` may be a script around the program.
    if (child?.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  }

  async gone(port: number): Promise<void> {
    const child = this.children.get(port);
    while (child && child.exitCode === null && child.signalCode === null) await pause(50);
  }

  /** As a supervisor would: also a node that was deposed and ended itself, with code 0, comes back. */
  startNode(http: number): void {
    const child = this.children.get(http);
    if (child && child.exitCode === null && child.signalCode === null) return;
    const own = this.ports.find((ports) => ports.http === http)!;
    const others = this.ports.filter((ports) => ports !== own).map((ports) => `127.0.0.1:${ports.http}`);
    const log = openSync(join(this.folder, `${http}.log`), 'a');
    const options = {
      'node-ip': '127.0.0.1', 'node-port': http, 'replication-ip': '127.0.0.1', 'replication-port': own.replication,
      'cluster-size': NODES, 'discover-via-dns': false, 'gossip-seed': others.join(','),
      'certificate-file': join(this.folder, 'node.crt'), 'certificate-private-key-file': join(this.folder, 'node.key'),
      'trusted-root-certificates-path': join(this.folder, 'ca'),
      db: join(this.folder, `db-${http}`), log: join(this.folder, 'log'), 'disable-log-file': true,
      'stream-existence-filter-size': 1_000_000,
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const env = {
      ...process.env, NODE_OPTIONS: '', EVENTSTORE_TELEMETRY_OPTOUT: 'true',
      EVENTSTORE_DEFAULT_ADMIN_PASSWORD: PASSWORD, EVENTSTORE_DEFAULT_OPS_PASSWORD: PASSWORD,
    };
    this.children.set(http, spawn('eventstored', args, { detached: true, stdio: ['ignore', log, log], env }));
    closeSync(log);
  }

  startAll(): void {
    for (const { http } of this.ports) this.startNode(http);
  }

  async stop(): Promise<void> {
    this.kill();
    for (const { http } of this.ports) await this.gone(http);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private kill(): void {
    for (const { http } of this.ports) this.signal(http, 'SIGKILL');
  }

  private leaderIn(members: readonly Member[]): number | undefined {
    const alive = members.filter(({ isAlive, state }) => isAlive && ['Leader', 'Follower'].includes(state));
    return alive.length === NODES ? alive.find(({ state }) => state === 'Leader')?.httpEndPointPort : undefined;
  }

  private async members(port: number): Promise<readonly Member[]> {
    const text = await new Promise<string>((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port, path: '/gossip', ca: readFileSync(this.caFile), timeout: 2_000, headers: { accept: 'application/json' } },
        (answer) => {
          let body = '';
          answer.on('data', (part) => (body += String(part)));
          answer.on('end', () => resolve(body));
        },
      );
      asking.on('timeout', () => asking.destroy(new Error('no answer')));
      asking.on('error', reject).end();
    });
    return (JSON.parse(text) as { members: readonly Member[] }).members;
  }
}
