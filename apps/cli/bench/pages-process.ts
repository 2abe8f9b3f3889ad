import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../../server/engine.js';
import { createLog } from '../../server/operations/log.js';
import { Measures } from '../../server/operations/measures.js';
import { createServer } from '../../server/server.js';
import { cookieOf, timed } from './page-times.js';
import { answering } from './processes.js';
import type { PagesAnswer, PagesQuestion, PageTimes } from './pages.js';

answering(async ({ dataDir }: PagesQuestion): Promise<PagesAnswer> => {
  const measures = new Measures();
  const engine = await openEngine({ dataDir, instrument: (store, log) => measures.timed(store, log) });
  const app = await createServer({ engine, signIn: { kind: 'development' }, log: createLog('error'), measures });
  const fastify = app.getHttpAdapter().getInstance();
  while (engine.projector?.freshness()?.status !== 'live') await sleep(50);

  const [coordinator, lead] = await Promise.all([cookieOf(engine, 'coordinator-torbay'), cookieOf(engine, 'pilot-lead-torbay')]);
  const held = await engine.reader.all<{ journey: string }>(
    "SELECT journey FROM journey_part WHERE organisation = 'torbay-care-trust' AND part = 'held'",
  );
  const journeys = held.map(({ journey }) => journey);
  const ask = async (url: string, cookie: string): Promise<void> => {
    const { statusCode } = await fastify.inject({ method: 'GET', url, headers: { cookie } });
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  };
  const answer: Record<string, PageTimes> = {
    empty: await timed(() => ask('/signed-out', coordinator)),
    worklist: await timed(() => ask('/worklist', coordinator)),
    worklistOfOrganisation: await timed(() => ask('/worklist?whose=organisation', coordinator)),
    journey: await timed(() => ask(`/journeys/${journeys[Math.floor(Math.random() * journeys.length)]!}`, coordinator)),
    dashboard: await timed(() => ask('/pilots/torbay', lead)),
  };
  await app.close();
  await engine.close();
  return answer;
});
