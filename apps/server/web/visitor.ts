import { ForbiddenException, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session, Sessions } from '#access';
import { Problem } from '#commands';
import { postedFrom } from '#web';
import { SESSIONS } from '../tokens.js';

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

/** Who looks at a page. It changes something only by a form of this very session: a token in it, beside the cookie. */
@Injectable()
export class ForVisitors implements CanActivate {
  constructor(@Inject(SESSIONS) private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<PageRequest>();
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!(await this.recognise(request, http.getResponse<FastifyReply>())))
      throw new SignInFirst(isReading ? request.url : '/');
    const token = isReading ? undefined : postedFrom(request.body)['_csrf'];
    if (!isReading && !this.sessions.checkCsrf(request.visitor.session, token)) throw new FormOutOfDate();
    return true;
  }

  protected async recognise(request: PageRequest, reply: FastifyReply): Promise<boolean> {
    const { session, setCookie } = {
      setCookie: undefined,
      ...(await this.sessions.read(request.headers.cookie, request.protocol === 'https')),
    };
    if (setCookie !== undefined) void reply.header('set-cookie', setCookie);
    if (session) request.visitor = { session, csrf: this.sessions.csrfToken(session) };
    return session !== undefined;
  }
}

/** Lets everybody in, and says who it is where that is known. */
@Injectable()
export class ForAnybody extends ForVisitors {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    await this.recognise(http.getRequest<PageRequest>(), http.getResponse<FastifyReply>());
    return true;
  }
}

/** The form was shown to another session, or was not ours. */
export class FormOutOfDate extends ForbiddenException {}

export const notFound = (): Problem =>
  new Problem('not-found', 'There is no such record, or your organisation has no part in it.');
