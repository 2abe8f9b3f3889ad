/** A whole server in a temporary directory, asked over HTTP, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mintDevelopmentToken, type PersonaId } from '#access';
import { hours, systemClock, type Clock } from '#kernel';
import { openEngine, type Engine, type EngineOptions } from '../engine.js';
import { createLog } from '../operations/log.js';
import { Measures } from '../operations/measures.js';
import { startReactions, type Reactions } from '../reactions.js';
import { allRoles, type Roles } from '../roles.js';
import { createServer, signInSecret } from '../server.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Running {
  readonly engine: Engine;
  readonly app: NestFastifyApplication;
  readonly base: string;
  readonly logged: string[];
  token(persona: PersonaId, ttl?: number): Promise<string>;
  /** Over the wire, as a stranger would. */
  ask(path: string, init?: RequestInit): Promise<Answer>;
  command(
    name: string,
    body: unknown,
    options?: { as?: PersonaId; key?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  query(path: string, as?: PersonaId): Promise<Answer>;
  /** Events in the log of care. */
  events(): Promise<number>;
  /** Stops and starts on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer({
  clock = systemClock,
  project = true,
  react = false,
  roles = allRoles,
  more = {},
}: {
  clock?: Clock;
  project?: boolean;
  react?: boolean;
  roles?: Roles;
  more?: Partial<EngineOptions>;
} = {}): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-server-'));
  const logged: string[] = [];
  const tokens = new Map<string, Promise<string>>();
  let engine: Engine;
  let app: NestFastifyApplication;
  let base: string;
  let reactions: Reactions | undefined;

  const open = async () => {
    const measures = new Measures();
    engine = await openEngine({ dataDir, clock, project, instrument: (store, log) => measures.timed(store, log), ...more });
    const log = createLog('debug', { write: (line) => logged.push(line) });
    if (react) reactions = startReactions(engine, log);
    app = await createServer({ engine, roles, signIn: { kind: 'development' }, log, measures, reactions });
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  };
  const shut = async () => {
    await app.close();
    await reactions?.stop();
    await engine.close();
  };
  await open();

  const token: Running['token'] = (persona, ttl = hours(1)) => {
    const key = `${persona} ${ttl}`;
    let minted = tokens.get(key);
    if (!minted) tokens.set(key, (minted = mintDevelopmentToken({ persona, seed: signInSecret(engine), ttl, clock })));
    return minted;
  };
  const ask: Running['ask'] = async (path, init) => {
    const response = await fetch(base + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>,
    };
  };
  return {
    get engine() {
      return engine;
    },
    get app() {
      return app;
    },
    get base() {
      return base;
    },
    logged,
    token,
    ask,
    async command(name, body, { as = 'coordinator-torbay', key = randomUUID(), headers = {} } = {}) {
      return ask(`/api/commands/${name}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token(as)}`,
          'idempotency-key': key,
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
    async query(path, as = 'coordinator-torbay') {
      const asking = async () => ask(path, { headers: { authorization: `Bearer ${await token(as)}` } });
      const { ordinal = 0 } = await engine.store.head();
      const isWritten = Number(/minPosition=(\d+)/.exec(path)?.[1] ?? Infinity) <= ordinal;
      let answer = await asking();
      // On a busy machine the lists take their time: whoever waits for what is written is told to ask again, and does.
      while (isWritten && answer.body['code'] === 'too-far-behind') answer = await asking();
      return answer;
    },
    async events() {
      return (await engine.store.head()).ordinal ?? 0;
    },
    async restart() {
      await shut();
      await open();
    },
    async stop() {
      await shut();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
