import { ForbiddenException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session, Sessions } from '#access';
import { Problem } from '#commands';
import { postedFrom } from '#web';

/** Somebody signed in, in a browser. */
export interface Visitor {
  readonly session: Session;
  /** For a hidden field of every form. */
  readonly csrf: string;
}

export type PageRequest = FastifyRequest & { visitor: Visitor };

/** Nobody is signed in here: the browser is sent to sign in and comes back. */
export class SignInFirst extends Error {
  constructor(readonly returnTo: string) {
    super('nobody is signed in');
  }
}

/** A page changes something only by a form of this very session (a token in the form, beside the cookie). */
export class ForVisitors implements CanActivate {
  constructor(private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<PageRequest>();
    const read = await this.sessions.read(request.headers.cookie, request.protocol === 'https');
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!read.session) throw new SignInFirst(isReading ? request.url : '/');
    if (read.setCookie) void http.getResponse<FastifyReply>().header('set-cookie', read.setCookie);
    if (!isReading && !this.sessions.checkCsrf(read.session, postedFrom(request.body)['_csrf'])) throw new FormOutOfDate();
    request.visitor = { session: read.session, csrf: this.sessions.csrfToken(read.session) };
    return true;
  }
}

/** The form was shown to another session, or was not ours. */
export class FormOutOfDate extends ForbiddenException {}

export const notFound = (): Problem => new Problem('not-found', 'There is no such record, or your organisation has no part in it.');
