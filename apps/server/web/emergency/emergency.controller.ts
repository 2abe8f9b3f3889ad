import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  emergencyRuleAt,
  mayReviewEmergencyAccess,
  maySeeEmergencyAccess,
  type AccessScope,
  type EmergencyAccess,
  type EmergencyReason,
  type ReviewOutcome,
} from '#access';
import { civilDate, type Actor } from '#kernel';
import { formView, postedFrom, readForm, type FieldProblem, type Posted } from '#web';
import { isId } from '../../api/headers.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { doneIn } from '../done.js';
import { PageErrors } from '../page-errors.js';
import { newFormId, Pages, type Shows } from '../pages.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { Emergencies } from './emergencies.js';
import { openFields, reviewFields } from './emergency.forms.js';
import { emergencyView, reviewsByOthers, reviewsSince, type EmergencyView } from './emergency.view.js';

/** Reviewed ones are shown for comparison; the access log has them all. */
const REVIEWED_SHOWN = 50;

@ApiExcludeController()
@Controller('emergency-access')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class EmergencyController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(Emergencies) private readonly emergencies: Emergencies,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  /** What waits to be reviewed, the oldest first. */
  @Get()
  async queue(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.asks.may(request, 'emergencyAccess');
    const scope = scopeOf(actor);
    const { emergencies } = this.engine;
    const waiting = scope ? await emergencies.waiting(scope) : [];
    const reviewed = scope ? await emergencies.reviewed(scope, REVIEWED_SHOWN) : [];
    const views = await Promise.all([...waiting, ...reviewed].map((access) => emergencyView(this.engine, access, actor)));
    const view = {
      waiting: views.filter(({ waits }) => waits),
      reviewed: views.filter(({ waits }) => !waits),
      rule: this.rule(),
      done: doneIn(request.query),
    };
    await this.pages.send(request, reply, {
      template: 'emergency/queue.njk',
      title: 'Emergency access',
      view,
      shows: shownBy([...waiting, ...reviewed], views),
    });
  }

  /** Says nothing of whose record it is: who asks knows, or finds out by saying why. */
  @Get('new')
  async ask(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Query('journey') journey: string | undefined,
  ): Promise<void> {
    await this.asks.may(request, 'openInEmergency');
    if (!isId(journey)) throw notFound();
    await this.reason(request, reply, { journey, _form: newFormId() }, []);
  }

  @Post('new')
  async open(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'openInEmergency');
    const posted = postedFrom(request.body);
    const { journey, _form: formId } = posted;
    if (!isId(journey) || !isId(formId)) throw notFound();
    const { answers, problems } = readForm(openFields, posted);
    if (problems.length > 0) return this.reason(request, reply, posted, problems);
    const code = answers['reason'] as EmergencyReason;
    await this.emergencies.open(request, journey, { formId, code, words: answers['words'] });
    await reply.redirect(`/journeys/${journey}`, 303);
  }

  @Get(':access')
  async one(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('access') id: string): Promise<void> {
    await this.show(request, reply, { access: await this.find(request, id), posted: {}, problems: [] });
  }

  @Post(':access/end')
  async end(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('access') id: string): Promise<void> {
    const access = await this.find(request, id);
    if (access.staff !== request.visitor.session.principal.actor.staff) throw notFound();
    await this.emergencies.end(request, access);
    await reply.redirect(`/emergency-access/${id}?done=emergency-ended`, 303);
  }

  @Post(':access/review')
  async review(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('access') id: string): Promise<void> {
    const access = await this.find(request, id);
    const { actor } = request.visitor.session.principal;
    if (!mayReviewEmergencyAccess(actor, access).allowed) throw notFound();
    const posted = postedFrom(request.body);
    const { answers, problems } = readForm(reviewFields, posted);
    const news = reviewsSince(this.engine, access, { actor, mark: posted['_seen'] });
    if (news.length > 0) return this.show(request, reply, { access, posted, problems: [...news, ...problems], status: 409 });
    if (problems.length > 0) return this.show(request, reply, { access, posted, problems, status: 422 });
    const code = answers['outcome'] as ReviewOutcome;
    await this.emergencies.review(request, access, { code, words: answers['words'] });
    await reply.redirect('/emergency-access?done=emergency-reviewed', 303);
  }

  private reason(
    request: PageRequest,
    reply: FastifyReply,
    posted: Posted,
    problems: readonly FieldProblem[],
  ): Promise<void> {
    const { journey = '', _form = '' } = posted;
    return this.pages.send(request, reply, {
      template: 'emergency/new.njk',
      title: 'Open a record in an emergency',
      view: { fields: formView(openFields, posted, problems), hidden: { journey, _form }, rule: this.rule() },
      problems,
      ...(problems.length > 0 && { status: 422 }),
    });
  }

  private async show(
    request: PageRequest,
    reply: FastifyReply,
    { access, posted, problems, status }: Shown,
  ): Promise<void> {
    const { actor } = request.visitor.session.principal;
    const view = await emergencyView(this.engine, access, actor);
    return this.pages.send(request, reply, {
      template: 'emergency/access.njk',
      title: 'Emergency access',
      view: {
        ...view,
        fields: formView(reviewFields, posted, problems),
        hidden: { _seen: String(reviewsByOthers(access, actor).length) },
        done: doneIn(request.query),
      },
      problems,
      ...(status !== undefined && { status }),
      shows: { ...shownBy([access], [view]), journey: access.journey },
    });
  }

  private rule() {
    const { hours, reviewWithinDays, label } = emergencyRuleAt(civilDate(this.engine.realClock.now()));
    return { hours, reviewWithinDays, label };
  }

  /** Refused alike whether it is there or not. @throws Problem role-not-allowed, not-found */
  private async find(request: PageRequest, id: string): Promise<EmergencyAccess> {
    const { actor } = await this.asks.may(request, 'emergencyAccess');
    const access = isId(id) ? await this.engine.emergencies.one(id) : undefined;
    if (!access || !maySeeEmergencyAccess(actor, access).allowed) throw notFound();
    return access;
  }
}

interface Shown {
  readonly access: EmergencyAccess;
  readonly posted: Posted;
  readonly problems: readonly FieldProblem[];
  readonly status?: number;
}

const shownBy = (accesses: readonly EmergencyAccess[], views: readonly EmergencyView[]): Shows => ({
  people: accesses.map(({ person }) => person),
  identified: views.some(({ identified }) => identified),
  served: { readModel: 'emergency-access', version: 1, ordinal: 0 },
});

/** Undefined for a pilot lead of no pilot, who oversees nothing. */
function scopeOf(actor: Actor): AccessScope | undefined {
  switch (actor.role) {
    case 'auditor':
      return { kind: 'all' };
    case 'pilotLead':
      return actor.pilot === undefined ? undefined : { kind: 'pilot', pilot: actor.pilot };
    default:
      return { kind: 'organisation', organisation: actor.organisation };
  }
}
