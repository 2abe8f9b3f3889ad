import { Controller, Get, Inject, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInError, type SignIn, type Sessions } from '#access';
import { purposeOf } from '../../api/access.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE, SESSIONS, SIGN_IN } from '../../tokens.js';
import { homeOf } from '../navigation.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';

const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

@ApiExcludeController()
@Controller()
@Open()
@UseFilters(PageErrors)
export class SignInController {
  constructor(
    @Inject(SIGN_IN) private readonly signIn: SignIn,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  @UseGuards(ForVisitors)
  async home(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(homeOf(request.visitor.session.principal.actor), 303);
  }

  @Get('sign-in')
  async begin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('returnTo') returnTo: unknown,
  ): Promise<void> {
    try {
      const { location, setCookie } = await this.signIn.begin(
        originOf(request),
        typeof returnTo === 'string' ? returnTo : undefined,
      );
      await reply.header('set-cookie', setCookie).redirect(location, 303);
    } catch (error) {
      await this.refuse(reply, error);
    }
  }

  @Get('sign-in/callback')
  async complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const url = new URL(request.url, originOf(request));
      const { principal, returnTo, setCookie } = await this.signIn.complete(url, request.headers.cookie);
      const started = await this.sessions.start(principal, request.protocol === 'https');
      const { actor } = principal;
      await this.engine.accessLog.signedIn({
        actor,
        purpose: purposeOf[actor.role],
        page: '/sign-in',
        correlationId: request.id,
        source: 'web',
        session: started.session.id,
      });
      await reply.header('set-cookie', [setCookie, started.setCookie]).redirect(returnTo, 303);
    } catch (error) {
      await this.refuse(reply, error);
    }
  }

  @Post('sign-out')
  @UseGuards(ForVisitors)
  async end(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { session } = request.visitor;
    const setCookie = await this.sessions.end(session, request.protocol === 'https');
    await this.engine.accessLog.signedOut({ ...accessBy(request), session: session.id });
    await reply.header('set-cookie', setCookie).redirect('/signed-out', 303);
  }

  @Get('signed-out')
  signedOut(@Res() reply: FastifyReply): Promise<void> {
    return this.pages.sendOpen(reply, { template: 'sign-in/signed-out.njk', title: 'You have signed out', view: {} });
  }

  /** What the provider said is not repeated: it may hold what somebody typed. */
  private refuse(reply: FastifyReply, error: unknown): Promise<void> {
    if (!(error instanceof SignInError)) throw error;
    return this.pages.sendOpen(reply, {
      template: 'sign-in/problem.njk',
      title: 'Sign-in did not work',
      status: 400,
      view: { why: error.code },
    });
  }
}
