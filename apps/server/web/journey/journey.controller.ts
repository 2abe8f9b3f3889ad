import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isReviewed } from '#access';
import { acceptedLatelyFrom, journeysOfPerson, scopeOf } from '#pathway';
import { postedFrom } from '#web';
import { Open } from '../../security/principal.js';
import type { Engine } from '../../engine.js';
import { ENGINE } from '../../tokens.js';
import { AsKnownPages } from '../as-known/as-known.pages.js';
import { momentControl } from '../as-known/control.js';
import { papersOf } from '../print/papers.js';
import { doneIn } from '../done.js';
import { emergencyFrame, emergencyNotice } from '../emergency/emergency.view.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { senderOf } from '../record/acting.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { unfinishedMoves } from '../wrong-person/unfinished.js';
import { journeyPage } from './journey.view.js';

@ApiExcludeController()
@Controller('journeys')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class JourneyController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(AsKnownPages) private readonly asKnown: AsKnownPages,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get(':journeyId')
  async journey(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId, () => true);
    const { part, shows, freshness, principal, emergency } = subject;
    if (part.kind === 'offers') {
      await reply.redirect(`/journeys/${journeyId}/handovers/${part.handoffs.at(-1)!.handoffId}`, 303);
      return;
    }
    const asked = postedFrom(request.query)['knownAt'];
    if (asked !== undefined && !emergency) return this.asKnown.show(request, reply, subject, asked);
    const { actor } = principal;
    // In an emergency no list is asked: it may lag, and holds no other journey that they may see.
    const others = emergency ? [] : await journeysOfPerson(this.engine.reader, subject.record.personId, scopeOf(actor));
    const opened = emergency ? [] : await this.engine.emergencies.ofJourney(journeyId);
    const waiting = opened.filter((access) => !isReviewed(access));
    const sender = emergency ? undefined : senderOf(subject);
    const lately = sender ? await acceptedLatelyFrom(this.engine.reader, sender.team) : [];
    const view = {
      ...journeyPage(subject, others, lately),
      emergencies: waiting.map((access) => emergencyNotice(this.engine, access, actor)),
      // What else there is to open is for those with a part.
      ...(!emergency && {
        control: momentControl(subject),
        papers: papersOf(subject),
        looks: `/journeys/${journeyId}/access`,
        moves: await unfinishedMoves(this.engine.reader, subject),
      }),
    };
    await this.pages.send(request, reply, {
      template: 'journey/journey.njk',
      title: view.person.name,
      view: { ...view, done: doneIn(request.query) },
      live: { journey: journeyId },
      shows,
      freshness,
      ...emergencyFrame(this.engine, emergency),
    });
  }
}
