import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { civilDate } from '#kernel';
import { dashboard, dashboardReadModels } from '#metrics';
import { nameOn, pilots } from '#pilots';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { clocksCsv, dashboardPage, periodOf } from './dashboard.view.js';

@ApiExcludeController()
@Controller('pilots/:pilot')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class DashboardController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('pilot') pilot: string): Promise<void> {
    const { value, freshness } = await this.read(request, pilot);
    const { actor } = request.visitor.session.principal;
    const name = nameOn(pilot, civilDate(this.engine.clock.now()));
    const view = dashboardPage(value, name, mayAsk(actor, 'figureJourneys', pilot).allowed);
    await this.pages.send(request, reply, {
      template: 'dashboard/dashboard.njk',
      title: `Handover times, ${name}`,
      view,
      freshness,
      live: { tables: ['handoff_fact', 'handoff', 'journey', 'stay'] },
    });
  }

  @Get('handovers.csv')
  async file(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('pilot') pilot: string): Promise<void> {
    const { value } = await this.read(request, pilot);
    await this.pages.download(request, reply, {
      name: `handovers-${pilot}-${value.from}-${value.to}.csv`,
      text: clocksCsv(value),
    });
  }

  private async read(request: PageRequest, pilot: string) {
    if (!pilots.some(({ id }) => id === pilot)) throw notFound();
    await this.asks.may(request, 'dashboard', pilot);
    const asAt = this.engine.clock.now();
    const period = periodOf(postedFrom(request.query), asAt);
    return this.engine.reader.withFreshness((rows) => dashboard(rows, { pilot, ...period, asAt }), dashboardReadModels);
  }
}
