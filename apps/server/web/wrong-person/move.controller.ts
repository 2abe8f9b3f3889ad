import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { journeyStream, personStream, type RecordedEvent } from '#kernel';
import type { PathwayEvent } from '#pathway';
import type { FieldProblem } from '#web';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { formProblems } from '../forms/send.js';
import { Looks } from '../looks/looks.js';
import { PageErrors } from '../page-errors.js';
import { Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { Subjects, type Subject } from '../record/subject.js';
import { PersonSearch } from '../referral/person-search.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { linesOf } from './going.js';
import { toTell, viewersOf } from './move.view.js';
import { Moves, type MoveIn } from './moves.js';
import { twoPeople } from './two-people.js';

type MovedOut = Extract<PathwayEvent, { type: 'EntriesMovedOut' }>['data'];

interface Move extends MoveIn {
  readonly event: RecordedEvent;
  /** As they were first written. */
  readonly entries: readonly RecordedEvent[];
  readonly arrived: number;
}

/** What was moved from here to another record: whether it has arrived, and who had seen it on the wrong one. */
@ApiExcludeController()
@Controller('journeys/:journeyId/moves/:move')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class MoveController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Moves) private readonly moves: Moves,
    @Inject(Looks) private readonly looks: Looks,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get()
  async look(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('move') id: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    await this.show(request, reply, { subject, move: await this.moveOf(subject, id), problems: [] });
  }

  /** The second step, where the first was made and the second was not. */
  @Post()
  async finish(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('move') id: string,
  ): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    const move = await this.moveOf(subject, id);
    try {
      await this.moves.finish(request, move);
      await reply.redirect(request.url, 303);
    } catch (error) {
      const problems = formProblems(error, []);
      if (!problems) throw error;
      await this.show(request, reply, { subject, move, problems });
    }
  }

  private async moveOf({ entries, journey, part, record }: Subject, id: string): Promise<Move> {
    const event = entries.find(({ eventId, type }) => eventId === id && type === 'EntriesMovedOut');
    if (!event || part.kind !== 'whole') throw notFound();
    const { toJourney, toPerson, fromJourney = journey.journeyId, entries: ids } = event.data as MovedOut;
    const own = event.stream === personStream(record.personId);
    const there = await this.engine.store.readStream(own ? personStream(toPerson) : journeyStream(toJourney));
    const arrived = new Set(
      there.filter(({ type }) => type === 'EntryMovedIn').map(({ data }) => (data as { entry: string }).entry),
    );
    return {
      event,
      move: id,
      fromJourney,
      fromPerson: own ? record.personId : undefined,
      toJourney,
      toPerson,
      entries: entries.filter(({ eventId }) => ids.includes(eventId)),
      arrived: ids.filter((one) => arrived.has(one)).length,
    };
  }

  private async show(
    request: PageRequest,
    reply: FastifyReply,
    { subject, move, problems }: { subject: Subject; move: Move; problems: readonly FieldProblem[] },
  ): Promise<void> {
    const { record, identity, principal, now, journey, read } = subject;
    const { actor } = move.event;
    const to = await this.toPerson(request, subject, move);
    const [first] = move.entries;
    const looks = first ? await this.looks.since(record.personId, first) : [];
    const finished = move.arrived === move.entries.length;
    await this.pages.send(request, reply, {
      template: 'wrong-person/move.njk',
      title: finished ? 'Moved to the right record' : 'On the way to the right record',
      view: {
        person: personView(record, identity, now),
        compared: twoPeople(personView(record, identity, now), to.view),
        to: to.view,
        toHref: finished ? to.href : null,
        going: linesOf(subject, move.entries),
        movedAt: move.event.occurredAt,
        detail: read((move.event.data as MovedOut).detail) ?? null,
        finished,
        mayFinish: principal.actor.role === 'coordinator',
        viewers: viewersOf(looks, actor.staff),
        tell: toTell(looks, {
          mover: actor.staff,
          ours: principal.actor.organisation,
          pilot: journey.pilot,
          now,
        }),
        demo: this.engine.mode === 'demo',
        action: request.url,
        back: `/journeys/${journey.journeyId}`,
        backText: 'Back to the journey it was on',
      },
      problems,
      ...(problems.length > 0 && { status: 409 }),
      shows: { ...subject.shows, people: [record.personId, ...(to.known ? [move.toPerson] : [])] },
    });
  }

  /** Of another organisation's person, and for roles without names, the reference alone. */
  private async toPerson(request: PageRequest, { part, now }: Subject, { toPerson, toJourney }: Move) {
    const match = part.kind === 'whole' && part.identified ? await this.people.known(request, toPerson) : undefined;
    if (!match) return { view: personView({ personId: toPerson }, undefined, now), known: false, href: null };
    if (match.kind === 'elsewhere') return { view: this.people.shown(match), known: false, href: null };
    return { view: match.person, known: true, href: `/journeys/${toJourney}` };
  }
}
