import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { postedFrom } from '#web';
import { Open } from '../../security/principal.js';
import { AsKnownPages } from '../as-known/as-known.pages.js';
import { handoverOf } from '../handover/handover-of.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { cardPage } from './card.view.js';
import { sheetPage, sheetThen, theSheet } from './sheet.view.js';

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
    @Inject(AsKnownPages) private readonly asKnown: AsKnownPages,
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
    const asked = postedFrom(request.query)['knownAt'];
    if (asked !== undefined) return this.sheetThen(request, reply, subject, { handoffId, asked });
    const view = sheetPage(subject, handoff);
    const title = `Handover for ${view.person.name}, to print`;
    await this.pages.send(request, reply, { template: 'print/sheet.njk', title, view, shows: subject.shows });
  }

  /** For those who see the whole journey, like every earlier state. */
  private async sheetThen(
    request: PageRequest,
    reply: FastifyReply,
    today: Subject,
    { handoffId, asked }: { readonly handoffId: string; readonly asked: string },
  ): Promise<void> {
    if (today.part.kind !== 'whole') throw notFound();
    const then = await this.asKnown.earlier(request, reply, today, { asked, page: theSheet(today, handoffId) });
    if (!then) return;
    const view = sheetThen(then, today, handoverOf(then, handoffId));
    const title = `Handover for ${view.person.name}, as known then, to print`;
    await this.pages.send(request, reply, { template: 'print/sheet.njk', title, view, shows: then.shows });
  }

  /** There is one card, that of now: somebody keeps it and rings the number on it (ADR 0013). */
  @Get('card')
  async card(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.named(request, journeyId);
    const view = subject.part.kind === 'whole' ? cardPage(subject) : undefined;
    if (!view) throw notFound();
    if (postedFrom(request.query)['knownAt'] !== undefined) {
      await reply.redirect(`/journeys/${journeyId}/card`, 303);
      return;
    }
    const title = `Card for ${view.name}, to print`;
    await this.pages.send(request, reply, { template: 'print/card.njk', title, view, shows: subject.shows });
  }

  private async named(request: PageRequest, journeyId: string): Promise<Subject> {
    const subject = await this.subjects.load(request, journeyId);
    if (!subject.identity || 'erased' in subject.identity) throw notFound();
    return subject;
  }
}
