import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Visits } from '#access';
import { changesSince, worklist, type JourneyRow, type WorklistItem } from '#pathway';
import type { Rows } from '#projections';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE, VISITS } from '../../tokens.js';
import { Asks } from '../asks.js';
import { doneIn } from '../done.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { MOST_CHANGES } from './changes.controller.js';
import { lastHere, noteVisit } from './last-here.js';
import { teamsOf } from './whose-teams.js';
import { askedOf, worklistPage, type WorklistAsked, type WorklistFound } from './worklist.view.js';

const PER_PAGE = 50;

@ApiExcludeController()
@Controller('worklist')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class WorklistPageController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(VISITS) private readonly visits: Visits,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const principal = await this.asks.may(request, 'worklist');
    const { actor, teams } = principal;
    const asked = askedOf(postedFrom(request.query));
    const now = this.engine.clock.now();
    const since = asked.since ?? lastHere(request, this.visits);
    const { value, freshness } = await this.engine.reader.withFreshness(
      (rows) => {
        const found = find(rows, asked, { teams, organisation: actor.organisation, staff: actor.staff, now });
        const changes =
          since === undefined
            ? undefined
            : changesSince(rows, {
                teams: teamsOf(principal, now),
                organisation: actor.organisation,
                since,
                now,
                most: MOST_CHANGES,
              });
        return { found, changes, journeys: journeysOf(rows, found.items) };
      },
      ['worklist', 'journeys', 'handoffs'],
    );
    const { found, journeys, changes } = value;
    const people = found.items.map(({ person }) => person);
    const view = worklistPage(found, {
      asked,
      now,
      journeys,
      perPage: PER_PAGE,
      ours: teams,
      organisation: actor.organisation,
      since,
      changes,
      identities: this.engine.vault.identities(people),
    });
    await this.pages.send(request, reply, {
      template: 'worklist/worklist.njk',
      title: 'Worklist',
      view: { ...view, done: doneIn(request.query) },
      freshness,
      live: { tables: ['worklist_item', 'journey', 'handoff'] },
      shows: {
        people,
        identified: true,
        served: {
          readModel: 'worklist',
          version: 1,
          ordinal: freshness.ordinal,
          ...(freshness.position !== undefined && { position: freshness.position }),
        },
      },
    });
    noteVisit(request, this.visits, now);
  }
}

interface Who {
  readonly teams: readonly string[];
  readonly organisation: string;
  readonly staff: string;
  readonly now: string;
}

const find = (
  rows: Rows,
  { whose, group, page }: WorklistAsked,
  { teams, organisation, staff, now }: Who,
): WorklistFound =>
  worklist(rows, {
    teams: whose === 'organisation' ? [] : teams,
    organisation,
    now,
    ...(whose === 'mine' && { keyWorker: staff }),
    ...(group && { group }),
    offset: (page - 1) * PER_PAGE,
    limit: PER_PAGE,
  });

const journeysOf = (rows: Rows, items: readonly WorklistItem[]): ReadonlyMap<string, JourneyRow> =>
  new Map(
    rows
      .all<JourneyRow>('SELECT * FROM journey WHERE journey IN (SELECT value FROM json_each(?))', [
        JSON.stringify(items.map(({ journey }) => journey)),
      ])
      .map((row) => [row.journey, row]),
  );
