import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem, Refused } from '#commands';
import { deriveId } from '#kernel';
import { handoffOf, type Handoff } from '#pathway';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { doneIn } from '../done.js';
import { emergencyFrame } from '../emergency/emergency.view.js';
import { Commands } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
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
    let handoff = mine(subject, handoffId);
    if (handoff.status === 'offered' && this.opens(request, subject, handoff)) {
      await this.acknowledge(request, journeyId, handoffId);
      subject = await this.subjects.load(request, journeyId);
      handoff = mine(subject, handoffId);
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
  private opens({ headers }: PageRequest, { principal }: Subject, { to }: Handoff): boolean {
    const purpose = headers['sec-purpose'] ?? headers['purpose'];
    return principal.teams.includes(to.team) && purpose === undefined && headers['x-live-refresh'] === undefined;
  }

  /** Opening is seeing (DESIGN 6). Whoever comes second finds it seen; where it cannot be written, it stays unseen. */
  private async acknowledge(request: PageRequest, journeyId: string, handoffId: string): Promise<void> {
    const { staff } = request.visitor.session.principal.actor;
    try {
      await this.commands.send(request, {
        use: 'acknowledge-handoff',
        body: { journeyId, handoffId },
        commandId: deriveId('seen', handoffId, staff),
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

/** The handover, where this visitor may see it. */
function mine({ journey, part }: Subject, handoffId: string): Handoff {
  const found = handoffOf(journey, handoffId);
  if (!found || (part.kind === 'offers' && !part.handoffs.includes(found))) throw notFound();
  return found;
}
