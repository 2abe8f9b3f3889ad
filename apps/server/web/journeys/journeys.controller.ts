import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { journeysOfPilot, journeyStatuses, scopeOf, type JourneyFilter } from '#pathway';
import { postedFrom, type Posted } from '#web';
import type { Engine } from '../../engine.js';
import { servedFrom } from '../../served.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { journeysPage } from './journeys.view.js';

const PER_PAGE = 50;

/** Journeys behind a figure of the dashboard, without names. */
@ApiExcludeController()
@Controller('pilots/:pilot/journeys')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class JourneysPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('pilot') pilot: string): Promise<void> {
    const { actor } = await this.asks.may(request, 'figureJourneys', pilot);
    const filter = filterOf(postedFrom(request.query));
    const { value: rows, ...answered } = await this.engine.reader.withFreshness(
      (read) => journeysOfPilot(read, pilot, scopeOf(actor), { ...filter, limit: PER_PAGE + 1 }),
      ['journeys'],
    );
    const view = journeysPage(pilot, rows, filter, { perPage: PER_PAGE, now: this.engine.clock.now() });
    const people = rows.slice(0, PER_PAGE).map(({ person }) => person);
    await this.engine.accessLog.figureOpened({
      ...accessBy(request),
      figure: `${pilot} journeys ${filter.alarmed ? 'nobody' : (filter.status ?? 'all')}`,
      people: [...new Set(people)],
      served: servedFrom('journeys', answered),
    });
    await this.pages.send(request, reply, { template: 'journeys/journeys.njk', title: view.heading, view, freshness: answered.freshness });
  }
}

function filterOf({ status, responsible, offset }: Posted): JourneyFilter {
  const found = journeyStatuses.find((one) => one === status);
  const start = Number(offset);
  return {
    ...(found && { status: found }),
    ...(responsible === 'nobody' && { alarmed: true }),
    offset: Number.isInteger(start) && start > 0 && start < 1_000_000 ? start : 0,
  };
}
