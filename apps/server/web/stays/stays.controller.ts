import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { hospitalNow, scopeOf, staysInHospital, type InHospitalFilter } from '#pathway';
import { postedFrom, type Posted } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { staysPage } from './stays.view.js';

const PER_PAGE = 50;

/** Who is behind the dashboard's figure of people in hospital, without names. */
@ApiExcludeController()
@Controller('pilots/:pilot/stays')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class StaysPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('pilot') pilot: string): Promise<void> {
    const { actor } = await this.asks.may(request, 'figureJourneys', pilot);
    const filter = filterOf(postedFrom(request.query));
    const now = this.engine.clock.now();
    const { value, freshness } = await this.engine.reader.withFreshness(
      async (read) => ({
        figures: await hospitalNow(read, pilot, now),
        lines: await staysInHospital(read, pilot, scopeOf(actor), { ...filter, limit: PER_PAGE + 1 }),
      }),
      ['stays', 'journeys'],
    );
    await this.engine.accessLog.figureOpened({
      ...accessBy(request),
      figure: `${pilot} in hospital ${filter.ready ? 'ready' : 'all'}`,
      people: [...new Set(value.lines.slice(0, PER_PAGE).map(({ person }) => person))],
      served: { readModel: 'stays', version: 1, ordinal: freshness.ordinal },
    });
    const view = staysPage(pilot, value, filter, { perPage: PER_PAGE, now });
    await this.pages.send(request, reply, { template: 'stays/stays.njk', title: view.heading, view, freshness });
  }
}

function filterOf({ ready, offset }: Posted): InHospitalFilter {
  const start = Number(offset);
  return {
    ...(ready === 'yes' && { ready: true }),
    offset: Number.isInteger(start) && start > 0 && start < 1_000_000 ? start : 0,
  };
}
