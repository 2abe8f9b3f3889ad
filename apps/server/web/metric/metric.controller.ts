import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { metricDefinition, type CasesRequest, type MetricDefinition } from '#metrics';
import { identityStrengths, missingFromHandover, reportStandings } from '#pathway';
import { postedFrom, type Posted } from '#web';
import type { Engine } from '../../engine.js';
import { servedFrom } from '../../served.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { periodOf } from '../dashboard/dashboard.view.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { casesPage, PER_PAGE } from './cases.view.js';
import { metricPage } from './metric.view.js';

/** What a metric counts, and the cases behind one of its figures. */
@ApiExcludeController()
@Controller('metrics/:id')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class MetricPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async definition(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.asks.may(request, 'pilots');
    const metric = this.find(id);
    await this.pages.send(request, reply, {
      template: 'metric/metric.njk',
      title: metric.title,
      view: metricPage(metric),
    });
  }

  @Get('cases')
  async cases(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const metric = this.find(id);
    const query = postedFrom(request.query);
    const pilot = query['pilot'] ?? '';
    const { actor } = await this.asks.may(request, 'figureJourneys', pilot || 'every pilot');
    const asked = this.asked(query, pilot);
    const { value: cases, ...answered } = await this.engine.reader.withFreshness(
      (rows) => metric.cases(rows, asked),
      metric.readModels,
    );
    const figure = [
      metric.id,
      asked.boundary,
      asked.from,
      asked.to,
      asked.outcome,
      asked.answeredAs,
      asked.report,
      asked.missing,
    ]
      .filter((part) => part !== undefined)
      .join(' ')
      .slice(0, 200);
    const shown = cases.slice(0, PER_PAGE);
    await this.engine.accessLog.figureOpened({
      ...accessBy(request),
      figure,
      people: [...new Set(shown.map(({ person }) => person))],
      served: servedFrom(metric.readModels[0], answered),
    });
    const view = casesPage(metric, asked, cases, {
      path: `/metrics/${id}/cases`,
      query,
      mayOpen: mayAsk(actor, 'journey').allowed,
    });
    await this.pages.send(request, reply, {
      template: 'metric/cases.njk',
      title: `Behind the figure: ${metric.title}`,
      view,
      freshness: answered.freshness,
    });
  }

  private find(id: string): MetricDefinition {
    const metric = metricDefinition(id);
    if (!metric) throw notFound();
    return metric;
  }

  /** A figure with a period opens into the same period; open offers of any age open without one. */
  private asked(query: Posted, pilot: string): CasesRequest {
    const asAt = this.engine.clock.now();
    const offset = Number(query['offset']);
    return {
      pilot,
      asAt,
      ...(query['from'] !== undefined && periodOf(query, asAt)),
      ...(/^[A-Za-z]+>[A-Za-z]+$/.test(query['boundary'] ?? '') && { boundary: query['boundary']! }),
      ...(/^[A-Za-z]+$/.test(query['outcome'] ?? '') && { outcome: query['outcome']! }),
      ...answersAsked(query),
      offset: Number.isInteger(offset) && offset > 0 && offset < 1_000_000 ? offset : 0,
      limit: PER_PAGE + 1,
    };
  }
}

/** Which answers, or which verdicts at first contact, where the figure is of them. */
function answersAsked(query: Posted): Pick<CasesRequest, 'answeredAs' | 'report' | 'missing'> {
  const answeredAs = identityStrengths.find((strength) => strength === query['answeredAs']);
  const report = reportStandings.find((standing) => standing === query['report']);
  const missing = missingFromHandover.find((one) => one === query['missing']);
  return { ...(answeredAs && { answeredAs }), ...(report && { report }), ...(missing && { missing }) };
}
