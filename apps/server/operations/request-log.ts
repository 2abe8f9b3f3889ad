import type { FastifyInstance } from 'fastify';
import type { SignedInRequest } from '../security/principal.js';
import type { Log } from './log.js';
import type { Measures } from './measures.js';

/**
 * One line a request: the route as it is written in the code and never the address that was asked for, which may hold
 * what somebody typed into a search.
 */
export function logRequests(fastify: FastifyInstance, log: Log, measures: Measures): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    const status = reply.statusCode;
    const seconds = reply.elapsedTime / 1000;
    measures.requests.observe({ method, route, status }, seconds);
    if (log.isLevelEnabled('info')) {
      const { actor } = (request as SignedInRequest).principal ?? {};
      const who = actor && { staff: actor.staff, role: actor.role, organisation: actor.organisation };
      log.info({ request: id, method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10, ...who }, 'request');
    }
    done();
  });
}
