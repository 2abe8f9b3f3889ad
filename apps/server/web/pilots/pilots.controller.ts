import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { civilDate } from '#kernel';
import { nameOn, pilots } from '#pilots';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { Pages } from '../pages.js';
import { PageErrors } from '../page-errors.js';
import { ForVisitors, type PageRequest } from '../visitor.js';

@ApiExcludeController()
@Controller('pilots')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class PilotsPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.asks.may(request, 'pilots');
    const today = civilDate(this.engine.clock.now());
    const view = {
      pilots: pilots.map(({ id, names }) => ({
        name: nameOn(id, today),
        earlier: names.map(({ name }) => name).filter((name) => name !== nameOn(id, today)),
        href: mayAsk(actor, 'dashboard', id).allowed ? `/pilots/${id}` : null,
      })),
    };
    await this.pages.send(request, reply, { template: 'pilots/pilots.njk', title: 'The pilots', view });
  }
}
