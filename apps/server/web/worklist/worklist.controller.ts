import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Visits } from '#access';
import {
  boundariesOnList,
  changesSince,
  isKeyWorkerIn,
  journeysByIds,
  keyWorkersOf,
  worklist,
  type WorklistRequest,
} from '#pathway';
import { postedFrom } from '#web';
import { opener } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { servedFrom } from '../../served.js';
import { Open } from '../../security/principal.js';
import { ENGINE, VISITS } from '../../tokens.js';
import { Asks } from '../asks.js';
import { doneIn } from '../done.js';
import { emergencyNotice } from '../emergency/emergency.view.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { begunMoves } from '../wrong-person/unfinished.js';
import { MOST_CHANGES } from './changes.controller.js';
import { lastHere, noteVisit } from './last-here.js';
import { teamsOf } from './whose-teams.js';
import { askedOf, filterOf, type WorklistAsked } from './asked.js';
import { unreadOnList } from './unread.js';
import { worklistPage } from './worklist.view.js';

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
    @Inject(VISITS) private readonly visits: Visits,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const principal = await this.asks.may(request, 'worklist');
    const { actor, teams } = principal;
    const asked = askedOf(postedFrom(request.query));
    const now = this.engine.clock.now();
    const since = asked.since ?? (await lastHere(request, this.visits));
    const mine = teamsOf(principal, now);
    if (asked.colleague !== undefined) await this.mayCover(request, asked.colleague);
    const list = listOf(asked, { teams, organisation: actor.organisation, staff: actor.staff, now });
    const { value, ...answered } = await this.engine.reader.withFreshness(
      async (rows) => {
        const found = await worklist(rows, list);
        const changes =
          since === undefined
            ? undefined
            : await changesSince(rows, {
                teams: mine,
                organisation: actor.organisation,
                since,
                now,
                most: MOST_CHANGES,
              });
        return {
          found,
          changes,
          journeys: await journeysByIds(
            rows,
            found.items.map(({ journey }) => journey),
          ),
          colleagues: (await keyWorkersOf(rows, mine)).filter((staff) => staff !== actor.staff),
          crossed: await boundariesOnList(rows, list),
        };
      },
      ['worklist', 'journeys', 'handoffs', 'orders'],
    );
    const { found, ...rest } = value;
    const opened = await this.engine.emergencies.waiting({ kind: 'organisation', organisation: actor.organisation });
    const told = opened.slice(0, EMERGENCIES_SHOWN);
    const unread = await unreadOnList(this.engine, principal, new Set(found.items.map(({ journey }) => journey)));
    const people = [
      ...found.items.map(({ person }) => person),
      ...told.map(({ person }) => person),
      ...unread.named,
    ];
    const identities = await this.engine.vault.identities(people);
    const view = worklistPage(found, {
      asked,
      now,
      ...rest,
      perPage: PER_PAGE,
      ours: teams,
      organisation: actor.organisation,
      since,
      identities,
      read: await opener(this.engine, people),
    });
    await this.pages.send(request, reply, {
      template: 'worklist/worklist.njk',
      title: 'Worklist',
      view: {
        ...view,
        moves: await begunMoves(this.engine.reader, actor.organisation),
        emergencies: told.map((access) => ({
          ...emergencyNotice(this.engine, access, actor),
          person: personView({ personId: access.person }, identities.get(access.person), now).name,
        })),
        unread,
        moreEmergencies: opened.length - told.length,
        // An empty list shows nobody, and nothing is written down.
        showsSomebody: people.length > 0,
        done: doneIn(request.query),
      },
      freshness: answered.freshness,
      live: { tables: ['worklist_item', 'journey', 'handoff', 'followed_order', 'emergency_access'] },
      about: unread.about,
      shows: {
        people,
        ...(asked.colleague !== undefined && { page: `/worklist covering for ${asked.colleague}` }),
        identified: true,
        served: servedFrom('worklist', answered),
      },
    });
    await noteVisit(request, this.visits, now);
  }

  /** Colleagues of one's own organisation alone; a refusal is written down before it is told (DESIGN 7). */
  private async mayCover(request: PageRequest, colleague: string): Promise<void> {
    const { organisation } = request.visitor.session.principal.actor;
    if (await isKeyWorkerIn(this.engine.reader, colleague, organisation)) return;
    await this.engine.accessLog.refused({ ...accessBy(request), code: 'not-yours' });
    throw notFound();
  }
}

interface Who {
  readonly teams: readonly string[];
  readonly organisation: string;
  readonly staff: string;
  readonly now: string;
}

const listOf = (asked: WorklistAsked, { teams, organisation, staff, now }: Who): WorklistRequest => {
  const { whose, colleague, group, page } = asked;
  return {
    teams: whose === 'organisation' ? [] : teams,
    organisation,
    now,
    ...((colleague !== undefined || whose === 'mine') && { keyWorker: colleague ?? staff }),
    ...filterOf(asked, now),
    ...(group && { group }),
    offset: (page - 1) * PER_PAGE,
    limit: PER_PAGE,
  };
};
