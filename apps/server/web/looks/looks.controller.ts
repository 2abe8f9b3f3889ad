import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { Looks } from './looks.js';

const PER_PAGE = 50;

/** Who looked at this record, for those with a part in the journey and for the auditor (FACTS 6: access audit). */
@ApiExcludeController()
@Controller('journeys/:journeyId/access')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class LooksController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Looks) private readonly looks: Looks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async look(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
    const all = await this.looks.at(subject.record.personId, journeyId);
    const last = Math.max(1, Math.ceil(all.length / PER_PAGE));
    const page = Math.min(last, Math.max(1, Math.trunc(Number(postedFrom(request.query)['page'])) || 1));
    const here = `/journeys/${journeyId}`;
    const to = (number: number) => (number < 1 || number > last ? null : `${here}/access?page=${number}`);
    await this.pages.send(request, reply, {
      template: 'looks/looks.njk',
      title: 'Who looked at this record',
      view: {
        person: personView(subject.record, subject.identity, subject.now),
        looks: all.slice((page - 1) * PER_PAGE, page * PER_PAGE),
        total: all.length,
        page,
        last,
        previous: to(page - 1),
        next: to(page + 1),
        isDemo: this.engine.mode === 'demo',
        back: here,
        backText: 'Back to the journey',
      },
      shows: subject.shows,
    });
  }
}
