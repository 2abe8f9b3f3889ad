/** A page or a program that asks for changes and does not read them, over real connections. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import { mintDevelopmentToken } from '#access';
import { hours, systemClock } from '#kernel';
import type { ProjectionMessage } from '#projections';
import { openEngine, type Engine } from '../../apps/server/engine.js';
import { createLog } from '../../apps/server/operations/log.js';
import { Measures } from '../../apps/server/operations/measures.js';
import { createServer, signInSecret } from '../../apps/server/server.js';

/** As in a large import: each message to a page is some 400,000 characters long. */
const journeys = Array.from({ length: 10_000 }, (_, i) => ({ journey: `5f0c3a1e-0000-4000-8000-${String(i).padStart(12, '0')}` }));

/** So much at most was on its way when a connection was dropped: what the system itself holds for it is some megabytes. */
const MOST_MESSAGES = 25;

describe('A page that listens for changes and does not read them', () => {
  let dataDir: string;
  let changes$: Subject<ProjectionMessage>;
  let engine: Engine;
  let app: NestFastifyApplication;
  let token: string;
  let asked: number;
  let flood: NodeJS.Timeout;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    asked = 0;
    changes$ = new Subject();
    dataDir = mkdtempSync(join(tmpdir(), 'throughcare-stalled-'));
    engine = await openEngine({ dataDir, project: false });
    const reader = { all: async () => (asked++, journeys), close: async () => {} };
    const projector = { changes$, freshness: () => undefined, status: () => ({ state: 'running', generations: [] }) };
    const flooded = { ...engine, reader, projector } as unknown as Engine;
    app = await createServer({ engine: flooded, signIn: { kind: 'development' }, log: createLog('silent'), measures: new Measures() });
    await app.listen(0, '127.0.0.1');
    token = await mintDevelopmentToken({ persona: 'coordinator-torbay', seed: signInSecret(engine), ttl: hours(1), clock: systemClock });
    const message = {
      kind: 'advanced', generation: 'one', served: true, position: '1', ordinal: 1, knownAt: undefined, eventsBehind: 0, incomplete: 0,
      tables: ['journey'], subjects: ['somebody'],
    } as const;
    flood = setInterval(() => changes$.next(message), 50);
  });
  afterEach(async () => {
    clearInterval(flood);
    for (const socket of sockets.splice(0)) socket.destroy();
    await app.close();
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Answered, and from then on not read. */
  async function stalled(): Promise<Socket> {
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    socket.write(`GET /api/changes HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1.1 200/);
    socket.pause();
    return socket;
  }
  const connections = () => new Promise<number>((resolve) => app.getHttpServer().getConnections((_: unknown, many: number) => resolve(many)));
  async function reading() {
    const listening = await fetch(`${await app.getUrl()}/api/changes`, { headers: { authorization: `Bearer ${token}` } });
    const reader = listening.body!.getReader();
    let heard = 0;
    const until = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard += Buffer.from(value).toString('latin1').split('event: changed').length - 1;
      }
    })();
    return { heard: () => heard, close: () => reader.cancel().then(() => until) };
  }

  it('is hung up on before much waits for it, others hear on, and it may come again', async () => {
    await stalled();
    const other = await reading();
    while ((await connections()) > 1) await pause(50);
    expect(asked / 2).toBeLessThan(MOST_MESSAGES);
    const before = other.heard();
    while (other.heard() < before + 3) await pause(50);
    const again = await reading();
    while (again.heard() < 1) await pause(50);
    await Promise.all([other.close(), again.close()]);
  });

  it('does not keep the server from ending', async () => {
    await stalled();
    // Enough that the system takes no more.
    while (asked < 12) await pause(50);
    const ended = app.close().then(() => 'ended');
    expect(await Promise.race([ended, pause(8_000, 'still open')])).toBe('ended');
    await ended;
  });
});
