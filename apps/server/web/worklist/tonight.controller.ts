import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { addDays, civilDate, londonInstant } from '#kernel';
import { heldByClosedTeams, journeysByIds, openHandoffsOf, worklist } from '#pathway';
import { postedFrom } from '#web';
import { openText } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { askedOf } from './asked.js';
import { eveningOf } from './evening.js';
import { tonightPage } from './tonight.view.js';
import { teamsOf } from './whose-teams.js';

const PER_PAGE = 25;

@ApiExcludeController()
@Controller('worklist/tonight')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class TonightPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async tonight(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const principal = await this.asks.may(request, 'worklist');
    const { organisation, pilot } = principal.actor;
    const { page } = askedOf(postedFrom(request.query));
    const now = this.engine.clock.now();
    const evening = eveningOf(now);
    const tomorrow = londonInstant(addDays(civilDate(now), 1));
    // Whoever pages on has read these: they stand with their number alone.
    const list = { teams: principal.teams, organisation, now, limit: page > 1 ? 0 : PER_PAGE };
    const { value: found, freshness } = await this.engine.reader.withFreshness(
      async (rows) => {
        const held = await heldByClosedTeams(rows, {
          teams: teamsOf(principal, now).filter((team) => evening.closed.includes(team)),
          organisation,
          closed: evening.closed,
          at: evening.at,
          offset: (page - 1) * PER_PAGE,
          limit: PER_PAGE,
        });
        const nobody = await worklist(rows, { ...list, group: 'nobodyResponsible' });
        return {
          nobody,
          before: await journeysByIds(
            rows,
            nobody.items.map(({ journey }) => journey),
          ),
          leaving: await worklist(rows, {
            ...list,
            group: 'leavingSoon',
            dueBefore: tomorrow,
          }),
          orders: await worklist(rows, {
            ...list,
            orders: ['promised', 'late', 'notCome'],
            dueBefore: tomorrow,
          }),
          held,
          asked: await openHandoffsOf(
            rows,
            held.journeys.map(({ journey }) => journey),
          ),
        };
      },
      ['worklist', 'journeys', 'handoffs'],
    );
    const people = [...found.nobody.items, ...found.leaving.items, ...found.orders.items, ...found.held.journeys].map(
      ({ person }) => person,
    );
    const view = tonightPage(found, {
      now,
      evening,
      pilot,
      page,
      perPage: PER_PAGE,
      identities: this.engine.vault.identities(people),
      read: (person, sealed) => openText(this.engine, person, sealed),
    });
    const { ordinal, position } = freshness;
    await this.pages.send(request, reply, {
      template: 'worklist/tonight.njk',
      title: view.heading,
      view,
      freshness,
      shows: {
        people,
        identified: true,
        served: { readModel: 'journeys', version: 2, ordinal, ...(position !== undefined && { position }) },
      },
    });
  }
}
