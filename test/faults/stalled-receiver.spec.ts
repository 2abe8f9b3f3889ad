/** A receiver of webhooks that takes the connection and never says anything, over real connections. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEngine, type Engine } from '../../apps/server/engine.js';
import { createLog } from '../../apps/server/operations/log.js';
import { startReactions, type Reactions } from '../../apps/server/reactions.js';
import { Box } from '../../libs/reactions/outbox/box.js';
import { person } from '../support/history.js';
import { until } from './readiness.js';

const PEOPLE = 400;
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const types = ['HandoffOffered'];

describe('A receiver of webhooks that never answers', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-mute-'));
  const servers: Server[] = [];
  const told: string[] = [];
  let waiting = 0;
  let mostWaiting = 0;
  let engine: Engine;
  let reactions: Reactions;

  async function receiver(id: string, hear: (key: string, answer: () => void) => void) {
    const server = createServer((request, response) => {
      request.resume().on('end', () => hear(String(request.headers['webhook-id']), () => response.writeHead(204).end()));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return { id, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret, types };
  }

  beforeAll(async () => {
    const mute = await receiver('mute', () => {});
    servers[0]!.on('connection', (socket) => {
      mostWaiting = Math.max(mostWaiting, ++waiting);
      socket.on('close', () => waiting--);
    });
    const other = await receiver('other', (key, answer) => {
      told.push(key);
      answer();
    });
    engine = await openEngine({ dataDir, mode: 'live' });
    reactions = startReactions(engine, createLog('silent'), [mute, other])!;
  });
  afterAll(async () => {
    await reactions.stop();
    await engine.close();
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is asked once at a time, the others are told everything, the lists go on, and what waits for it is kept', async () => {
    const box = new Box(engine.state);
    for (const id of ['mute', 'other']) await until(async () => (await box.checkpoint(id)) !== undefined);
    await box.close();
    const offered: string[] = [];
    let position = '';
    for (let i = 0; i < PEOPLE; i++) {
      const one = person(`Mrs ${i}`);
      for (const { stream, event } of [...one.referred('2011-02-28 10:00'), one.offered('a', '2011-03-01 10:00')]) {
        ({ position } = await engine.store.append(stream, 'any', [event]));
        if (event.type === 'HandoffOffered') offered.push(event.eventId);
      }
    }
    await until(async () => told.length >= offered.length);
    expect(told).toEqual(offered);
    expect(await engine.projector!.waitFor(position, 60_000)).toBe(true);
    expect(await reactions.outbox()).toMatchObject({ counts: { delivered: PEOPLE, pending: PEOPLE, dead: 0 } });
    expect(mostWaiting).toBe(1);
  });
});
