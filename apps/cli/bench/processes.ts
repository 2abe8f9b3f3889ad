/** Other processes of a bench: what is measured never shares a process with what measures it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const here = extname(import.meta.url);

const start = (module: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): ChildProcess =>
  fork(new URL(`${module}${here}`, import.meta.url), args, {
    env: { ...process.env, ...env },
    serialization: 'advanced',
    // Standard output is for the answer of `--json`.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** Runs a command of the command line to its end. @throws Error it failed */
export async function throughcare(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = (await once(start('../main', env, args), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`throughcare ${args[0]} ended with ${code}`);
}

/** Runs a module of this folder that answers one message with one message. */
export async function inProcess<Question extends object, Answer>(module: string, question: Question): Promise<Answer> {
  const child = start(module, {});
  const ended = once(child, 'exit');
  child.send(question);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${module} ended with ${String(code)} before it answered`))),
  ])) as [Answer];
  child.disconnect();
  await ended;
  return answer;
}

/** The other side of `inProcess`. */
export function answering<Question, Answer>(work: (question: Question) => Promise<Answer>): void {
  process.once('message', (question: Question) => {
    void work(question).then((answer) => process.send!(answer));
  });
}

export interface Server {
  readonly port: number;
  /** Milliseconds from the start of the process to the first good answer. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

const POLL = 2;

/** Resolves when a GET of `path` is answered with 200. @throws Error it ended before */
export async function startServer(module: string, path: string, env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const port = await freePort();
  const started = performance.now();
  const child = start(module, { PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env });
  const ended = once(child, 'exit');
  const isUp = () => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status === 200, () => false);
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`${module} ended with ${child.exitCode} before it was ready`);
    await sleep(POLL);
  }
  const readyAfter = performance.now() - started;
  return {
    port,
    readyAfter,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
