import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Visits } from '#access';
import { changesSince } from '#pathway';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { servedFrom } from '../../served.js';
import { Open } from '../../security/principal.js';
import { ENGINE, VISITS } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { changesPage } from './changes.view.js';
import { lastHere, momentIn, noteVisit } from './last-here.js';
import { teamsOf } from './whose-teams.js';

/** Of each kind of change. */
export const MOST_CHANGES = 50;

@ApiExcludeController()
@Controller('worklist/changes')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class ChangesPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(VISITS) private readonly visits: Visits,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const principal = await this.asks.may(request, 'worklist');
    const now = this.engine.clock.now();
    const chosen = momentIn(postedFrom(request.query)['since']);
    const since = chosen ?? (await lastHere(request, this.visits));
    const { value: found, ...answered } = await this.engine.reader.withFreshness(
      (rows) =>
        changesSince(rows, {
          teams: teamsOf(principal, now),
          organisation: principal.actor.organisation,
          since: since ?? now,
          now,
          most: MOST_CHANGES,
        }),
      ['handoffs', 'journeys', 'orders'],
    );
    const people = [...new Set(found.kinds.flatMap(({ changes }) => changes.map(({ person }) => person)))];
    const view = changesPage(found, {
      since,
      chosen: chosen !== undefined,
      now,
      identities: await this.engine.vault.identities(people),
    });
    await this.pages.send(request, reply, {
      template: 'worklist/changes.njk',
      title: view.heading,
      view,
      freshness: answered.freshness,
      shows: {
        people,
        identified: true,
        served: servedFrom('handoffs', answered),
      },
    });
    await noteVisit(request, this.visits, now);
  }
}
