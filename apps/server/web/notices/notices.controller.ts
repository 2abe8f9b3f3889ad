import { Controller, Get, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refused } from '#commands';
import { deriveId } from '#kernel';
import { noticesFor } from '#pathway';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { servedFrom } from '../../served.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { doneIn } from '../done.js';
import { Commands } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { noticesPage } from './notices.view.js';

/** What a team, or a duty manager, is told without having asked. */
@ApiExcludeController()
@Controller('notices')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class NoticesController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor, teams } = await this.asks.may(request, 'notices');
    const now = this.engine.clock.now();
    const { value: found, ...answered } = await this.engine.reader.withFreshness(
      (rows) => noticesFor(rows, actor, teams, now),
      ['notices'],
    );
    const people = found.map(({ person }) => person);
    const view = noticesPage(found, {
      now,
      organisation: actor.organisation,
      forDutyManager: actor.role === 'dutyManager',
      identities: await this.engine.vault.identities(people),
    });
    await this.pages.send(request, reply, {
      template: 'notices/notices.njk',
      title: 'Notices',
      view: { ...view, done: doneIn(request.query) },
      freshness: answered.freshness,
      live: { tables: ['notice'] },
      shows: {
        people,
        identified: true,
        served: servedFrom('notices', answered),
      },
    });
  }

  /** Pressed twice, or by two at a time, it was read. */
  @Post('read')
  async read(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.asks.may(request, 'notices');
    const { journeyId, handoffId, notice } = postedFrom(request.body);
    const commandId = deriveId('notice read', handoffId ?? '', notice ?? '', actor.staff);
    try {
      const { position } = await this.commands.send(request, {
        use: 'read-handoff-notice',
        body: { journeyId, handoffId, notice },
        commandId,
      });
      if (position !== undefined) await this.engine.projector?.waitFor(position, SHOWN_WITHIN);
    } catch (error) {
      // Gone meanwhile: the list says so.
      if (!(error instanceof Refused && error.code === 'notice-gone')) throw error;
    }
    await reply.redirect('/notices?done=notice-read', 303);
  }
}

/** The list usually shows it by then; else at its next refresh, milliseconds. */
const SHOWN_WITHIN = 500;
