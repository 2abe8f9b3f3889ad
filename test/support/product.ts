import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The built product, run as an operator runs it: a process of its own, spoken to over HTTP. */
export class Product {
  private process: ChildProcess | undefined;
  private said = '';

  private constructor(
    readonly port: number,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  static async on(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Product> {
    const port = await freePort();
    return new Product(port, { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', ...env, THROUGHCARE_DATA: dataDir, PORT: String(port) });
  }

  /**
   * Resolves when it is ready to serve: a new demo writes two years first, which takes minutes where the machine is
   * busy or the store takes one append at a time. @throws Error with what it said, where it ends or takes too long
   */
  async start(withinMs = 240_000): Promise<void> {
    const child = this.run();
    const until = Date.now() + withinMs;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${this.said}`);
      if (Date.now() > until) throw new Error(`the server was not ready in time: ${this.said}`);
      const ready = await fetch(`${this.origin}/health/ready`).then((answer) => answer.ok, () => false);
      if (ready) return;
      await pause(50);
    }
  }

  /** Of one that is not to become ready: how it ended. */
  async startInVain(): Promise<{ readonly code: number | null; readonly said: string }> {
    const [code] = (await once(this.run(), 'close')) as [number | null];
    return { code, said: this.said };
  }

  /** What it has said since it was started. */
  get words(): string {
    return this.said;
  }

  private run(): ChildProcess {
    if (!existsSync('dist/apps/server/main.js')) throw new Error('build first: npm run build');
    const child = spawn(process.execPath, ['dist/apps/server/main.js'], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    this.said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.said += String(text)));
    return child;
  }

  /** SIGKILL: nothing is finished, nothing is flushed. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asked to end as an operator asks; its exit code, null where it had to be killed. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.process?.exitCode ?? null;
  }

  /** It stands still, and its connections stay open. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** Runs `throughcare …`; `last` is the last line of its standard output. */
export async function throughcare(
  dataDir: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number; readonly last: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', ...more, THROUGHCARE_DATA: dataDir };
  const child = spawn(process.execPath, ['dist/apps/cli/main.js', ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (text) => (out += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, last: out.trimEnd().split('\n').at(-1) ?? '' };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
