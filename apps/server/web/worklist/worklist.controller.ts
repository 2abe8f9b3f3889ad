import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { worklist, type JourneyRow, type WorklistItem } from '#pathway';
import type { Rows } from '#projections';
import { postedFrom } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { doneIn } from '../done.js';
import { emergencyNotice } from '../emergency/emergency.view.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { begunMoves } from '../wrong-person/unfinished.js';
import { lastHere } from './last-here.js';
import { askedOf, worklistPage, type WorklistAsked, type WorklistFound } from './worklist.view.js';

const PER_PAGE = 50;
/** The rest is on a page of its own. */
const EMERGENCIES_SHOWN = 3;

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
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor, teams } = await this.asks.may(request, 'worklist');
    const asked = askedOf(postedFrom(request.query));
    const now = this.engine.clock.now();
    const { value, freshness } = await this.engine.reader.withFreshness(
      (rows) => {
        const found = find(rows, asked, { teams, organisation: actor.organisation, staff: actor.staff, now });
        return { found, journeys: journeysOf(rows, found.items) };
      },
      ['worklist', 'journeys'],
    );
    const { found, journeys } = value;
    const opened = await this.engine.emergencies.waiting({ kind: 'organisation', organisation: actor.organisation });
    const told = opened.slice(0, EMERGENCIES_SHOWN);
    const people = [...found.items.map(({ person }) => person), ...told.map(({ person }) => person)];
    const identities = this.engine.vault.identities(people);
    const view = worklistPage(found, {
      asked,
      now,
      journeys,
      perPage: PER_PAGE,
      ours: teams,
      organisation: actor.organisation,
      lastHere: lastHere(request, reply, now),
      identities,
    });
    await this.pages.send(request, reply, {
      template: 'worklist/worklist.njk',
      title: 'Worklist',
      view: {
        ...view,
        moves: begunMoves(this.engine.reader, actor.organisation),
        emergencies: told.map((access) => ({
          ...emergencyNotice(this.engine, access, actor),
          person: personView({ personId: access.person }, identities.get(access.person), now).name,
        })),
        moreEmergencies: opened.length - told.length,
        done: doneIn(request.query),
      },
      freshness,
      live: { tables: ['worklist_item', 'journey'] },
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
