import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../operations/log.js';
import { documentOf, problemOf } from './problem-document.js';

/** Seconds after which to try again, by status. */
const retryAfter: Readonly<Record<number, string>> = { 429: '10', 503: '2' };

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { problem, unexpected } = problemOf(error);
    if (unexpected) this.log.error({ request: request.id, code: problem.code, err: problem.cause ?? error }, 'failed');
    if (reply.sent) return;
    const document = documentOf(problem, request.id);
    const later = retryAfter[document.status];
    if (later) void reply.header('retry-after', later);
    if (document.status === 401) void reply.header('www-authenticate', 'Bearer realm="throughcare"');
    void reply.status(document.status).header('content-type', 'application/problem+json').send(document);
  }
}
