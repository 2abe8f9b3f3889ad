import { Controller, Get, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import type { Freshness } from '#projections';
import { postedDay, postedFrom, type FieldProblem, type Posted } from '#web';
import { Open } from '../../security/principal.js';
import { Asks } from '../asks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { namedIn, type Match } from '../referral/matches.js';
import { PersonSearch } from '../referral/person-search.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { readTyped, type TypedQuery } from './typed.js';

/** "A daughter rings: find her mother, say who is responsible and whom to ring" (SCENARIOS, 08:20), from any page. */
@ApiExcludeController()
@Controller('find')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class FindController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(PersonSearch) private readonly people: PersonSearch,
  ) {}

  @Get()
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'personSearch');
    await this.show(request, reply, { typed: '', problems: [] });
  }

  /** In the body, never in an address: addresses are written into logs. */
  @Post()
  async find(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'personSearch');
    const typed = postedFrom(request.body)['find'] ?? '';
    const { query, problem } = readTyped(typed);
    if (!query) return this.show(request, reply, { typed, problems: [{ text: problem, field: 'find' }] });
    const found = await this.people.find(request, [query]);
    await this.show(request, reply, { typed, problems: [], query, ...found });
  }

  private show(
    request: PageRequest,
    reply: FastifyReply,
    {
      typed,
      problems,
      matches,
      query,
      freshness,
    }: {
      typed: string;
      problems: readonly FieldProblem[];
      matches?: readonly Match[];
      query?: TypedQuery;
      freshness?: Freshness;
    },
  ): Promise<void> {
    const mayRefer = mayAsk(request.visitor.session.principal.actor, 'referral').allowed;
    const { people, about } = namedIn(matches ?? []);
    return this.pages.send(request, reply, {
      template: 'find/find.njk',
      title: !matches ? 'Find somebody' : matches.length > 0 ? 'Who we found' : 'Nobody found',
      view: { typed, matches: matches ?? null, referral: query && mayRefer ? searchOf(query) : null },
      problems,
      ...(problems.length > 0 && { status: 422 }),
      ...(freshness && { freshness }),
      about,
      shows: { people, identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } },
    });
  }
}

/** The same search, as the form that takes referrals asks it. */
const searchOf = (query: TypedQuery): Posted =>
  'nhsNumber' in query
    ? { by: 'number', nhsNumber: query.nhsNumber }
    : { by: 'name', surname: query.surname, ...postedDay('birthDate', query.birthDate) };
