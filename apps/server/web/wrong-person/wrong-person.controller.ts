import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { deriveId } from '#kernel';
import { postedFrom, type Posted } from '#web';
import { isId } from '../../api/headers.js';
import { Open } from '../../security/principal.js';
import { Commands, formProblems } from '../forms/send.js';
import { sinceOpened } from '../form/since-opened.js';
import { PageErrors } from '../page-errors.js';
import { Subjects } from '../record/subject.js';
import { PersonSearch } from '../referral/person-search.js';
import { searchNow } from '../referral/referral.forms.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { goingWith, isNew, targetIn } from './going.js';
import { moveOutId, Moves } from './moves.js';
import { newPersonBody, readNewPerson } from './new-person.js';
import { WrongPersonPages, type About } from './wrong-person.pages.js';

/** "This belongs to somebody else": find them, choose where it belongs, read both people side by side, move it. */
@ApiExcludeController()
@Controller('journeys/:journeyId/entries/:entryId/somebody-else')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class WrongPersonController {
  constructor(
    @Inject(WrongPersonPages) private readonly pages: WrongPersonPages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(Moves) private readonly moves: Moves,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get()
  async start(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('entryId') entryId: string,
  ): Promise<void> {
    const about = await this.about(request, reply, { journeyId, entryId }, searchNow);
    if (about.going.entries.length === 0) throw notFound();
    await this.pages.find(about, []);
  }

  /** What was typed is in the body, never in an address. */
  @Post()
  async next(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('entryId') entryId: string,
  ): Promise<void> {
    const about = await this.about(request, reply, { journeyId, entryId }, postedFrom(request.body));
    const step = about.posted['_step'];
    // Sent a second time, nothing is left to show, and the same move is answered.
    if (about.going.entries.length > 0 || wasMoved(about)) {
      if (step === 'do') return this.move(about);
    } else if (about.subject.entries.some(({ eventId }) => eventId === entryId)) return this.pages.gone(about);
    if (about.going.entries.length === 0) throw notFound();
    return step === 'who'
      ? this.pages.check(about)
      : step === 'search'
        ? this.pages.choose(about)
        : this.pages.find(about, []);
  }

  private async about(
    request: PageRequest,
    reply: FastifyReply,
    { journeyId, entryId }: { journeyId: string; entryId: string },
    posted: Posted,
  ): Promise<About> {
    const subject = await this.subjects.load(request, journeyId);
    const { principal, part } = subject;
    if (principal.actor.role !== 'coordinator' || part.kind !== 'whole') throw notFound();
    const news = sinceOpened(subject, posted, moveOutId(posted['_form'] ?? ''));
    return { request, reply, subject, entryId, going: goingWith(subject, entryId), posted, news };
  }

  private async move(about: About): Promise<void> {
    const { request, reply, subject, entryId, posted, going } = about;
    const target = targetIn(posted['to'] ?? '');
    const there = wasMoved(about) ? [] : await this.pages.newsThere(about, target);
    const news = [...about.news, ...there];
    const unsaid = this.pages.unsaid(about);
    if (unsaid.length > 0 || news.length > 0) return this.pages.check({ ...about, news }, unsaid);
    const formId = posted['_form'];
    if (!isId(formId) || !(await this.pages.mayGoTo(about, target))) throw notFound();
    const here = `/journeys/${subject.journey.journeyId}`;
    try {
      const toPerson = isNew(target) ? await this.register(about, formId) : target.personId;
      if (toPerson === undefined) return await this.pages.check(about);
      const detail = posted['detail']?.trim();
      const move = await this.moves.move(request, {
        fromJourney: subject.journey.journeyId,
        fromPerson: going.own ? subject.record.personId : undefined,
        entry: entryId,
        alive: posted['alive'] === 'yes',
        toPerson,
        toJourney: target.journeyId,
        detail: detail ? detail : undefined,
        formId,
      });
      await reply.redirect(move === undefined ? here : `${here}/moves/${move}`, 303);
    } catch (error) {
      const told = formProblems(error, []);
      if (!told || about.going.entries.length === 0) throw error;
      await this.pages.check(about, told);
    }
  }

  /** Undefined where something has to be asked first. */
  private async register({ request, subject, posted }: About, formId: string): Promise<string | undefined> {
    const read = await readNewPerson(this.people, request, { posted, formId, now: subject.now });
    if (read.ask.length > 0 || read.same !== undefined) return undefined;
    const { personId } = await this.commands.send(request, {
      use: 'register-person',
      body: newPersonBody(read),
      commandId: deriveId('register', formId),
    });
    return personId;
  }
}

/** By this very form. */
const wasMoved = ({ subject, posted }: About): boolean =>
  subject.entries.some(({ commandId }) => commandId === moveOutId(posted['_form'] ?? ''));
