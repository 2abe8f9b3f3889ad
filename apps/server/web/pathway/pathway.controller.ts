import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { addDays, civilDate, type Actor } from '#kernel';
import { handoverMetrics } from '#metrics';
import { allDefinitions, definition, latestDefinition, nameOn, type PathwayDefinition } from '#pilots';
import { postedFrom, type Posted } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { pathwayPage, type Measured } from './pathway.view.js';

const acceptance = handoverMetrics.find(({ id }) => id === 'h2-acceptance')!;

/** The pathways, and the map of each in each of its versions. Nobody's record stands on these pages. */
@ApiExcludeController()
@Controller('pathways')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class PathwayController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'pilots');
    const today = civilDate(this.engine.clock.now());
    const ids = [...new Set(allDefinitions().map(({ id }) => id))];
    const pathways = ids
      .map((id) => inForce(id, today))
      .filter((one) => one !== undefined)
      .map(({ id, title, summary, version, pilots }) => ({
        href: `/pathways/${id}`,
        title,
        summary,
        version,
        pilots: pilots.map((pilot) => nameOn(pilot, today)),
      }));
    await this.pages.send(request, reply, {
      template: 'pathway/pathways.njk',
      title: 'The pathways',
      view: { pathways },
    });
  }

  @Get(':id')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { actor } = await this.asks.may(request, 'pilots');
    const query = postedFrom(request.query);
    const now = this.engine.clock.now();
    const { version } = query;
    const shown = version === undefined ? inForce(id, civilDate(now)) : definition(id, Number(version));
    if (!shown) throw notFound();
    const pilot = measuredPilot(shown, actor, query);
    const { value: measured, freshness } = await this.engine.reader.withFreshness(async (rows): Promise<Measured | undefined> => {
      if (pilot === undefined) return undefined;
      const to = addDays(civilDate(now), 1);
      const { total, byBoundary } = await acceptance.compute(rows, { pilot, from: addDays(to, -365), to, asAt: now });
      return { pilot, total, byBoundary: new Map(byBoundary.map((figure) => [figure.boundary ?? '', figure])) };
    }, acceptance.readModels);
    const mayOpen = (one: string) => mayAsk(actor, 'dashboard', one).allowed;
    await this.pages.send(request, reply, {
      template: 'pathway/pathway.njk',
      title: `${shown.title}, version ${shown.version}`,
      view: pathwayPage(shown, { now, measured, mayOpen }),
      ...(measured && { freshness }),
    });
  }
}

/** The version for new referrals today; the newest where none has begun yet. */
const inForce = (id: string, today: string): PathwayDefinition | undefined =>
  latestDefinition(id, today) ?? latestDefinition(id);

/** Whose figures are laid over the map: the pilot asked for, else the visitor's own, else the only one that runs it. */
function measuredPilot({ pilots }: PathwayDefinition, actor: Actor, { pilot }: Posted): string | undefined {
  const [only, ...more] = pilots;
  return [pilot, actor.pilot, more.length === 0 ? only : undefined].find(
    (one) => one !== undefined && pilots.includes(one) && mayAsk(actor, 'dashboard', one).allowed,
  );
}
