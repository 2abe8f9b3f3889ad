import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { postedFrom } from '#web';
import { Open } from '../../security/principal.js';
import { AsKnownPages } from '../as-known/as-known.pages.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { storyPage, storyThen, theStory } from './story.view.js';

@ApiExcludeController()
@Controller('journeys/:journeyId/story')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class StoryController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(AsKnownPages) private readonly asKnown: AsKnownPages,
  ) {}

  @Get()
  async story(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
    const asked = postedFrom(request.query)['knownAt'];
    if (asked !== undefined) return this.earlier(request, reply, subject, asked);
    const view = storyPage(subject);
    await this.pages.send(request, reply, {
      template: 'story/story.njk',
      title: `${view.person.name}: what happened`,
      view,
      live: { journey: journeyId },
      shows: subject.shows,
      freshness: subject.freshness,
    });
  }

  private async earlier(request: PageRequest, reply: FastifyReply, today: Subject, asked: string): Promise<void> {
    const then = await this.asKnown.earlier(request, reply, today, { asked, page: theStory });
    if (!then) return;
    const view = storyThen(then, today);
    const title = `${view.person.name}: what happened, as known then`;
    await this.pages.send(request, reply, { template: 'story/story.njk', title, view, shows: then.shows });
  }
}
