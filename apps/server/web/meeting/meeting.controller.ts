import { Controller, Get, Inject, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#commands';
import type { Actor } from '#kernel';
import { journeyRow, scopeOf, worklist } from '#pathway';
import { isId } from '../../api/headers.js';
import { RecordUnreadableError } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { teamsOfOrganisation } from '../worklist/whose-teams.js';
import { meetingPage, MOST_PEOPLE, type Unread } from './meeting.view.js';

/** Where the address names nobody (SCENARIOS: twelve people on one page). */
const FIRST_ON_THE_LIST = 12;

@ApiExcludeController()
@Controller('teams/:team/meeting')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class MeetingController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async meeting(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('team') team: string): Promise<void> {
    const { actor } = await this.asks.may(request, 'worklist');
    const { organisation } = actor;
    const now = this.engine.clock.now();
    if (!teamsOfOrganisation(organisation, now).includes(team)) {
      await this.engine.accessLog.refused({ ...accessBy(request), code: 'not-yours' });
      throw notFound();
    }
    const chosen = chosenIn(request.query);
    const first = chosen.length > 0 ? undefined : await this.firstOnTheList(team, organisation);
    const journeys = first?.value ?? chosen;
    const found = await Promise.all(journeys.map((journey) => this.load(request, journey)));
    const subjects = found.filter((one) => typeof one === 'object');
    const unreadable = journeys.filter((_, i) => found[i] === 'unreadable');
    const unread = (await Promise.all(unreadable.map((journey) => this.lastKnown(journey, actor)))).flat();
    const view = meetingPage(subjects, {
      team,
      organisation,
      now,
      chosen: chosen.length > 0,
      unread,
      refused: found.length - subjects.length - unread.length,
    });
    const newest = subjects.toSorted((a, b) => b.freshness.ordinal - a.freshness.ordinal)[0];
    const people = [...subjects.map(({ record }) => record.personId), ...unread.map(({ row }) => row.person)];
    await this.pages.send(request, reply, {
      template: 'meeting/meeting.njk',
      title: view.heading,
      view,
      // Of each the page says how things are now; who is on it comes out of a list.
      ...(first && { freshness: first.freshness }),
      ...(people.length > 0 && {
        shows: {
          people,
          identified: unread.length > 0 || subjects.some(({ shows }) => shows.identified),
          served: newest?.shows.served ?? { readModel: 'journeys', version: 1, ordinal: first?.freshness.ordinal ?? 0 },
        },
      }),
    });
  }

  /** Undefined where it is not theirs to see: that is written down on the way. One record does not take the others along. */
  private async load(request: PageRequest, journey: string): Promise<Subject | 'unreadable' | undefined> {
    try {
      return await this.subjects.load(request, journey);
    } catch (error) {
      if (error instanceof RecordUnreadableError) return 'unreadable';
      if (error instanceof Problem && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** As the lists have them still, where the visitor has a part in it. */
  private async lastKnown(journey: string, actor: Actor): Promise<readonly Unread[]> {
    const row = await journeyRow(this.engine.reader, journey, scopeOf(actor));
    return row ? [{ row, identity: this.engine.vault.identity(row.person) }] : [];
  }

  private firstOnTheList(team: string, organisation: string) {
    const now = this.engine.clock.now();
    return this.engine.reader.withFreshness(async (rows): Promise<readonly string[]> => {
      const { items } = await worklist(rows, { teams: [team], organisation, now, limit: MOST_PEOPLE });
      return [...new Set(items.map(({ journey }) => journey))].slice(0, FIRST_ON_THE_LIST);
    }, ['worklist']);
  }
}

/** Ids of journeys, as one list or as a form of several boxes sends them. */
function chosenIn(query: unknown): readonly string[] {
  const { people } = query as { people?: string | readonly string[] };
  const ids = [people ?? []].flat().flatMap((one) => one.split(','));
  return [...new Set(ids.filter(isId))].slice(0, MOST_PEOPLE);
}
