import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem, Refused } from '#commands';
import { deriveId } from '#kernel';
import { problemOf, type Handoff, type Team } from '#pathway';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { doneIn } from '../done.js';
import { emergencyFrame } from '../emergency/emergency.view.js';
import { Commands } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { handoverOf } from './handover-of.js';
import { handoverPage } from './handover.view.js';

@ApiExcludeController()
@Controller('journeys/:journeyId/handovers')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class HandoverController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get(':handoffId')
  async handover(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
  ): Promise<void> {
    let subject = await this.subjects.load(
      request,
      journeyId,
      (own) =>
        own.kind === 'none' || (own.kind === 'offers' && !own.handoffs.some((one) => one.handoffId === handoffId)),
    );
    let handoff = handoverOf(subject, handoffId);
    if (await this.noteSeeing(request, subject, handoff)) {
      subject = await this.subjects.load(request, journeyId);
      handoff = handoverOf(subject, handoffId);
    }
    const view = handoverPage(subject, handoff);
    await this.pages.send(request, reply, {
      template: 'handover/handover.njk',
      title: `Handover for ${view.person.name}`,
      view: { ...view, done: doneIn(request.query) },
      live: { journey: journeyId },
      shows: subject.shows,
      // Who may see the offers alone learns from no number how much else there is.
      ...(subject.part.kind === 'whole' && { freshness: subject.freshness }),
      ...emergencyFrame(this.engine, subject.emergency),
    });
  }

  /** A browser that fetches ahead, or a page that brings itself up to date, is nobody who has seen it. */
  private opens({ headers }: PageRequest, { principal }: Subject, team: Team): boolean {
    const purpose = headers['sec-purpose'] ?? headers['purpose'];
    const { teams, actor } = principal;
    return (
      actor.role === 'coordinator' &&
      teams.includes(team.team) &&
      purpose === undefined &&
      headers['x-live-refresh'] === undefined
    );
  }

  /** Opening is seeing (DESIGN 6): the receiver sees the offer, the sender that it was declined or is overdue. */
  private async noteSeeing(request: PageRequest, subject: Subject, handoff: Handoff): Promise<boolean> {
    const { handoffId, status, from, to, problemsSeen } = handoff;
    if (status === 'offered' && this.opens(request, subject, to)) {
      await this.note(request, subject, 'acknowledge-handoff', ['seen', handoffId]);
      return true;
    }
    const problem = problemOf(handoff, subject.now);
    const known = problem === undefined || problemsSeen.some(({ cause }) => cause === problem);
    if (known || !this.opens(request, subject, from)) return false;
    await this.note(request, subject, 'see-handoff-problem', ['problem seen', handoffId, problem]);
    return true;
  }

  /** Whoever comes second finds it noted; where it cannot be written, it stays unseen. */
  private async note(
    request: PageRequest,
    subject: Subject,
    use: string,
    what: readonly [string, string, ...string[]],
  ) {
    const { staff } = request.visitor.session.principal.actor;
    try {
      await this.commands.send(request, {
        use,
        body: { journeyId: subject.journey.journeyId, handoffId: what[1] },
        commandId: deriveId(...what, staff),
      });
    } catch (error) {
      if (!(
        error instanceof Refused ||
        (error instanceof Problem && (error.code === 'busy' || error.code === 'store-unavailable'))
      ))
        throw error;
    }
  }
}
