import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '../../security/principal.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { storyPage } from './story.view.js';

@ApiExcludeController()
@Controller('journeys/:journeyId/story')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class StoryController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Get()
  async story(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
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
}
