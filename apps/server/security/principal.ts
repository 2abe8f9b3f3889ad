import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { TokenRefusedError, type Principal, type Sessions, type TokenVerifier } from '#access';
import { Problem } from '#commands';

/** The request once somebody is known to have sent it. */
export type SignedInRequest = FastifyRequest & { principal: Principal };

const OPEN = 'open to everybody';

/** For what needs no sign-in. */
export const Open = () => SetMetadata(OPEN, true);

export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => context.switchToHttp().getRequest<SignedInRequest>().principal,
);

/**
 * Who sends the request: a bearer token, or for reading alone the session of a browser. What changes something by
 * session is a form with a token of its own, and comes through the pages.
 */
export class SignedIn implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly tokens: TokenVerifier,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    request.principal = await this.identify(request);
    return true;
  }

  private async identify(request: FastifyRequest): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization) return this.byToken(authorization);
    if (request.method !== 'GET') throw new Problem('sign-in-needed', 'Send a bearer token.');
    const { session } = await this.sessions.read(request.headers.cookie, request.protocol === 'https');
    if (!session) throw new Problem('sign-in-needed', 'Send a bearer token, or sign in.');
    return session.principal;
  }

  private async byToken(authorization: string): Promise<Principal> {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new Problem('token-invalid', 'The Authorization header is not `Bearer` and a token.');
    try {
      return await this.tokens.verify(token);
    } catch (error) {
      if (!(error instanceof TokenRefusedError)) throw error;
      if (error.code === 'expired') throw new Problem('token-expired', 'Its time is over.');
      throw new Problem('token-invalid', `It was refused: ${error.code}.`);
    }
  }
}
