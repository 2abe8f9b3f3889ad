import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { incompleteSubjects, ReadModelsNotReadyError } from '#projections';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import type { Reactions } from '../../reactions.js';
import { ENGINE, REACTIONS } from '../../tokens.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { statusPage } from './status.view.js';

/** Everybody may ask whether they can rely on what they see; what is behind it is for those who keep it running. */
@ApiExcludeController()
@Controller('status')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class StatusPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(REACTIONS) private readonly reactions: Reactions | undefined,
  ) {}

  @Get()
  async status(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.read();
    const showDetails = mayAsk(request.visitor.session.principal.actor, 'status').allowed;
    const view = statusPage({
      projector: this.engine.projector?.status(),
      freshness: found?.freshness,
      incomplete: found?.value ?? [],
      deadlines: this.reactions?.deadlines(),
      outbox: this.reactions?.outbox(),
      showDetails,
    });
    await this.pages.send(request, reply, {
      template: 'status/status.njk',
      title: 'Is everything up to date?',
      view,
      live: {},
    });
  }

  private async read() {
    try {
      return await this.engine.reader.withFreshness((rows) => incompleteSubjects(rows));
    } catch (error) {
      if (error instanceof ReadModelsNotReadyError) return undefined;
      throw error;
    }
  }
}
