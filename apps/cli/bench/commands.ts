/** Commands through HTTP as a client sends them, beside an empty POST of Nest on Fastify with class-validator. */
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { deriveId, type Sector } from '#kernel';
import { loadKey } from '#people';
import { claimsOf } from '../../../libs/access/principal.js';
import { signingKey } from '../../../libs/access/signing-key.js';
import { DEVELOPMENT_ISSUER, TOKEN_AUDIENCE } from '../../../libs/access/tokens.js';
import { figure, median, type Bench } from './figure.js';
import type { Load, LoadAnswer } from './load-process.js';
import { inProcess, startServer } from './processes.js';
import { partsIn, teamOf } from './parts.js';
import { withCopy } from './programme-store.js';

const CONNECTIONS = 64;
const ROUNDS = 3;
const SECONDS = 5;

type Requests = Pick<Load, 'tokens' | 'requests'>;

/**
 * Random journeys of the whole store, each written to by a team of an organisation with a part in it. Every journey is
 * written to once before, in order: what is measured is a server that has been up for a while, and the first time,
 * when each journey is read from the disk and folded, is told beside it.
 */
export const benchCommands: Bench = ({ events }) =>
  withCopy(events, async (dataDir) => {
    const sent = await requestsFor(dataDir);
    const [, ...before] = await rounds('empty-server', '/', '/contact', sent);
    const [first, ...product] = await rounds('../../server/main', '/health/ready', '/api/commands/record-contact', sent, { THROUGHCARE_DATA: dataDir });
    const [, ...after] = await rounds('empty-server', '/', '/contact', sent);
    const perSecond = (answers: readonly LoadAnswer[]) => median(answers.map((answer) => answer.perSecond));
    const p99 = Math.max(...product.map((answer) => answer.p99));
    return figure(perSecond(product), perSecond([...before, ...after]), 'commands/s', {
      connections: CONNECTIONS,
      journeys: sent.requests.length,
      firstTimePerSecond: first!.perSecond,
      p50Ms: Number(median(product.map(({ p50 }) => p50)).toFixed(1)),
      p99Ms: Number(p99.toFixed(1)),
      rounds: product.map((answer) => answer.perSecond).join(' '),
      baselineRounds: [...before, ...after].map((answer) => answer.perSecond).join(' '),
    });
  });

/** The first one is each request once; the others are at random. */
async function rounds(module: string, ready: string, path: string, sent: Requests, env?: NodeJS.ProcessEnv): Promise<readonly LoadAnswer[]> {
  const server = await startServer(module, ready, env);
  try {
    const answers: LoadAnswer[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const load: Load = { ...sent, port: server.port, path, connections: CONNECTIONS, ...(round > 0 && { seconds: SECONDS }) };
      const answer = await inProcess<Load, LoadAnswer>('load-process', load);
      const others = Object.keys(answer.statuses).filter((status) => status !== '200');
      if (others.length > 0) throw new Error(`${path} answered ${JSON.stringify(answer.statuses)}`);
      answers.push(answer);
    }
    return answers;
  } finally {
    await server.stop();
  }
}

async function requestsFor(dataDir: string): Promise<Requests> {
  const secret = loadKey(join(dataDir, 'keys'), 'sign-in');
  const tokens: string[] = [];
  const tokenOf = new Map<string, number>();
  const requests: { token: number; body: string }[] = [];
  for (const { journey, organisation, pilot } of await partsIn(dataDir)) {
    const team = teamOf({ organisation, pilot });
    if (!team) continue;
    let token = tokenOf.get(team.id);
    if (token === undefined) {
      token = tokens.push(await mint(secret, { organisation, pilot, sector: team.sector, team: team.id })) - 1;
      tokenOf.set(team.id, token);
    }
    requests.push({ token, body: JSON.stringify({ journeyId: journey, team: team.id, mode: 'visit', note: 'Steadier on the stairs; walks to the shop again.' }) });
  }
  return { tokens, requests };
}

interface Staff {
  readonly organisation: string;
  readonly sector: Sector;
  readonly pilot: string;
  readonly team: string;
}

const HOUR = 3600;

function mint(secret: Buffer, { team, ...actor }: Staff): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const staff = `staff-${deriveId('bench-staff', team).slice(0, 8)}`;
  return new SignJWT(claimsOf({ actor: { staff, role: 'coordinator', ...actor }, name: 'Bench Made-Up', teams: [team] }))
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + HOUR)
    .sign(signingKey(secret).private);
}
