import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '../../security/principal.js';
import { handoverOf } from '../handover/handover-of.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { cardPage } from './card.view.js';
import { sheetPage } from './sheet.view.js';

/** Pages for paper. Paper names the person: who sees no names prints nothing. */
@ApiExcludeController()
@Controller('journeys/:journeyId')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class PrintController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Get('handovers/:handoffId/sheet')
  async sheet(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
  ): Promise<void> {
    const subject = await this.named(request, journeyId);
    const handoff = handoverOf(subject, handoffId);
    // Opening is seeing (DESIGN 6): whoever is asked reads it where that is written down.
    if (handoff.status === 'offered' && subject.principal.teams.includes(handoff.to.team)) {
      await reply.redirect(`/journeys/${journeyId}/handovers/${handoffId}`, 303);
      return;
    }
    const view = sheetPage(subject, handoff);
    const title = `Handover for ${view.person.name}, to print`;
    await this.pages.send(request, reply, { template: 'print/sheet.njk', title, view, shows: subject.shows });
  }

  @Get('card')
  async card(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.named(request, journeyId);
    const view = subject.part.kind === 'whole' ? cardPage(subject) : undefined;
    if (!view) throw notFound();
    const title = `Card for ${view.name}, to print`;
    await this.pages.send(request, reply, { template: 'print/card.njk', title, view, shows: subject.shows });
  }

  private async named(request: PageRequest, journeyId: string): Promise<Subject> {
    const subject = await this.subjects.load(request, journeyId);
    if (!subject.identity || 'erased' in subject.identity) throw notFound();
    return subject;
  }
}
