import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { responsibleAt } from '#pathway';
import { Open } from '../../security/principal.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { responsibleView } from '../record/responsible.view.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';

/** What happens next, once a referral has been recorded. */
@ApiExcludeController()
@Controller('referrals')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class ReferralDoneController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Get(':journeyId')
  async done(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
    const { record, journey, identity, principal, now } = subject;
    const view = {
      person: personView(record, identity, now),
      responsible: responsibleView(responsibleAt(record, journeyId, now), principal.teams, now),
      taken: journey.referral?.status === 'accepted',
      hasKeyWorker: journey.keyWorkers.length > 0,
      journey: `/journeys/${journeyId}`,
    };
    await this.pages.send(request, reply, {
      template: 'referral/done.njk',
      title: 'The referral has been recorded',
      view,
      shows: subject.shows,
    });
  }
}
