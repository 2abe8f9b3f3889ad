import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openRevokedSessions, openVisits, Sessions, type SignInSettings } from '#access';
import { loadKey } from '#people';
import { OpenApiController } from './api/openapi.js';
import { requestId } from './api/headers.js';
import { ProblemFilter } from './api/problem-filter.js';
import { AppModule } from './app.module.js';
import type { Engine } from './engine.js';
import { nestLogger, type Log } from './operations/log.js';
import type { Measures } from './operations/measures.js';
import { logRequests } from './operations/request-log.js';
import type { Reactions } from './reactions.js';
import { allRoles, type Roles } from './roles.js';
import { protectPages } from './security/page-headers.js';
import { signingIn } from './security/sign-in.js';
import { personaPage } from './web/web.module.js';

/** Commands are small; a longer body is refused before it is read to the end. */
const BODY_LIMIT = 256 * 1024;

export interface ServerOptions {
  readonly engine: Engine;
  /** All of them when absent. */
  readonly roles?: Roles | undefined;
  readonly signIn: SignInSettings;
  readonly log: Log;
  readonly measures: Measures;
  /** What is done by itself, for the page that says so; undefined where nothing is. */
  readonly reactions?: Reactions | undefined;
}

/** The secret of sign-ins, sessions, links and development tokens; the command line and the server share it. */
export const signInSecret = (engine: Pick<Engine, 'keysDir'>): Buffer => loadKey(engine.keysDir, 'sign-in');

/** The server, ready to listen. Closing it leaves the engine open. */
export async function createServer({
  engine,
  roles = allRoles,
  signIn,
  log,
  measures,
  reactions,
}: ServerOptions): Promise<NestFastifyApplication> {
  const secret = signInSecret(engine);
  const [revoked, visits] = await Promise.all([openRevokedSessions(engine.state), openVisits(engine.state)]);
  const sessions = new Sessions({ secret, revoked, clock: engine.realClock });
  const signing = signingIn({ settings: signIn, secret, clock: engine.realClock, page: personaPage(engine) });
  const problems = new ProblemFilter(log);
  const adapter = new FastifyAdapter({
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    // Nothing here is Express middleware.
    skipMiddie: true,
    // What the router itself refuses, such as an address that is no UTF-8.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({
      engine,
      roles,
      log,
      measures,
      tokens: signing.tokens,
      signIn: signing.signIn,
      sessions,
      visits,
      problems,
      reactions,
    }),
    adapter,
    { logger: nestLogger(log), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  measures.watch(engine, reactions);
  logRequests(fastify, log, measures);
  protectPages(fastify);
  if (roles.has('web')) signing.mount(fastify);
  fastify.addHook('onClose', async () => void (await Promise.all([revoked.close(), visits.close()])));
  await app.init();
  if (roles.has('api')) app.get(OpenApiController).describe(app);
  await fastify.ready();
  return app;
}
