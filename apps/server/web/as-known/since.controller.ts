import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { postedFrom } from '#web';
import { Open } from '../../security/principal.js';
import { PageErrors } from '../page-errors.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { AsKnownPages } from './as-known.pages.js';

@ApiExcludeController()
@Controller('journeys/:journeyId/since')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class SinceController {
  constructor(
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(AsKnownPages) private readonly asKnown: AsKnownPages,
  ) {}

  @Get()
  async since(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
    await this.asKnown.since(request, reply, subject, postedFrom(request.query)['knownAt'] ?? '');
  }
}
