import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mintDevelopmentToken, type PersonaId } from '#access';
import { hours } from '#kernel';
import { openEngine } from '../../server/engine.js';
import { createLog } from '../../server/operations/log.js';
import { Measures } from '../../server/operations/measures.js';
import { createServer, signInSecret } from '../../server/server.js';
import { OUR_TEAM, openJourneys } from './open-journeys.js';
import { cookieOf, timed, timesOf } from './page-times.js';
import { answering } from './processes.js';
import type { WorklistAnswer, WorklistQuestion } from './worklist.js';

const CHANGES = 60;
const LONGEST = 30_000;

answering(async ({ dataDir, journeys }: WorklistQuestion): Promise<WorklistAnswer> => {
  const filled = await openEngine({ dataDir, project: false });
  const ours = await openJourneys(filled, journeys);
  await filled.close();

  const measures = new Measures();
  const engine = await openEngine({ dataDir, instrument: (store, log) => measures.timed(store, log) });
  const app = await createServer({ engine, signIn: { kind: 'development' }, log: createLog('error'), measures });
  const fastify = app.getHttpAdapter().getInstance();
  while (engine.projector?.freshness()?.status !== 'live' || engine.projector.freshness()!.eventsBehind > 0) await sleep(50);

  const cookie = await cookieOf(engine, 'coordinator-torbay');
  const seed = signInSecret(engine);
  const tokenOf = (persona: PersonaId) => mintDevelopmentToken({ persona, seed, ttl: hours(1), clock: engine.realClock });
  const [ourToken, token] = [await tokenOf('coordinator-torbay'), await tokenOf('coordinator-brixham')];
  const api = async (url: string): Promise<void> => {
    const { statusCode, body } = await fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${ourToken}` } });
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${body}`);
  };
  const page = async (url: string): Promise<string> => {
    const { statusCode, body } = await fastify.inject({ method: 'GET', url, headers: { cookie } });
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    return body;
  };
  const pages = {
    empty: await timed(() => page('/signed-out')),
    worklist: await timed(() => page('/worklist')),
    narrowed: await timed(() => page('/worklist?urgency=urgent&page=2')),
    organisation: await timed(() => page('/worklist?whose=organisation')),
    changes: await timed(() => page('/worklist/changes?since=2011-02-28T15:00')),
    tonight: await timed(() => page('/worklist/tonight')),
    meeting: await timed(() => page(`/teams/${OUR_TEAM}/meeting`)),
    api: await timed(() => api('/api/worklist')),
  };

  const waiting = await engine.reader.all<{ journey: string; handoff: string }>(
    "SELECT journey, handoff FROM handoff WHERE from_team = ? AND status = 'offered' LIMIT ?",
    [OUR_TEAM, CHANGES],
  );
  /** Until the handover's own row on the sender's list says that it was declined. */
  const rowOf = async (handoff: string, told: number): Promise<void> => {
    const sql = 'SELECT state FROM worklist_item WHERE item = ? AND team = ?';
    while ((await engine.reader.get<{ state: string }>(sql, [handoff, OUR_TEAM]))?.state !== 'declined') {
      if (performance.now() - told > LONGEST) throw new Error(`${handoff} is not declined on the list after ${LONGEST} ms`);
      await sleep(1);
    }
  };
  const times: number[] = [];
  for (const { journey, handoff } of waiting) {
    const answer = await fastify.inject({
      method: 'POST',
      url: '/api/commands/decline-handoff',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
      payload: { journeyId: journey, handoffId: handoff, reason: 'noCapacity' },
    });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    const told = performance.now();
    await rowOf(handoff, told);
    await page('/worklist');
    times.push(performance.now() - told);
  }
  await app.close();
  await engine.close();
  return { journeys, ours, pages, changeElsewhere: timesOf(times) };
});
