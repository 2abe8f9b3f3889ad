import { Controller, Get, Inject, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { pilots } from '#pilots';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { directoryPage } from './directory.view.js';

/** "Whom do I ring?", from the foot of every page. It reads the directory alone: no store and no list has to answer. */
@ApiExcludeController()
@Controller('teams')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class DirectoryController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Query('pilot') asked: string | undefined,
  ): Promise<void> {
    const { actor } = await this.asks.may(request, 'pilots');
    const pilot = pilots.find(({ id }) => id === (asked ?? actor.pilot))?.id;
    const view = directoryPage(pilot, this.engine.clock.now());
    await this.pages.send(request, reply, { template: 'teams/directory.njk', title: view.heading, view });
  }
}
