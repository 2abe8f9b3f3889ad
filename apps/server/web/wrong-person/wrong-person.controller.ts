import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { carried, formView, postedFrom, readForm, type FieldProblem, type Posted } from '#web';
import { isId } from '../../api/headers.js';
import { Open } from '../../security/principal.js';
import { formProblems } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { newFormId, Pages, type Shows } from '../pages.js';
import { personView } from '../record/person.view.js';
import { Subjects, type Subject } from '../record/subject.js';
import type { Match } from '../referral/matches.js';
import { PersonSearch, queryIn } from '../referral/person-search.js';
import { searchFields, searchNow } from '../referral/referral.forms.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { choiceFields, goingWith, linesOf, placesIn, targetIn, type Going } from './going.js';
import { Moves } from './moves.js';
import { twoPeople } from './two-people.js';

interface About {
  readonly request: PageRequest;
  readonly reply: FastifyReply;
  readonly subject: Subject;
  readonly entryId: string;
  readonly going: Going;
  readonly posted: Posted;
}

/** "This belongs to somebody else": find them, choose where it belongs, read both people side by side, move it. */
@ApiExcludeController()
@Controller('journeys/:journeyId/entries/:entryId/somebody-else')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class WrongPersonController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(Moves) private readonly moves: Moves,
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
    await this.find(about, []);
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
    if (step === 'do') return this.move(about);
    if (about.going.entries.length === 0) throw notFound();
    return step === 'who' ? this.check(about) : step === 'search' ? this.choose(about) : this.find(about, []);
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
    return { request, reply, subject, entryId, going: goingWith(subject, entryId), posted };
  }

  private find(about: About, problems: readonly FieldProblem[]): Promise<void> {
    const fields = searchFields(about.subject.now);
    return this.page(about, {
      template: 'wrong-person/find.njk',
      view: { fields: formView(fields, about.posted, problems) },
      problems,
    });
  }

  private async choose(about: About): Promise<void> {
    const { request, subject, posted } = about;
    const fields = searchFields(subject.now);
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0) return this.find(about, problems);
    const matches = await this.people.find(request, [queryIn(answers)]);
    return this.places(about, matches, []);
  }

  private places(about: About, matches: readonly Match[], problems: readonly FieldProblem[]): Promise<void> {
    const { subject, posted, going } = about;
    const options = placesIn(matches, going, subject);
    return this.page(about, {
      template: 'wrong-person/choose.njk',
      view: {
        matches,
        fields: options.length > 0 ? formView(choiceFields(options), posted, problems) : [],
        hidden: { _form: newFormId(), ...carried(searchFields(subject.now), posted) },
      },
      problems,
      found: matches,
    });
  }

  /** Both people side by side, before anything moves. */
  private async check(about: About, refusal: readonly FieldProblem[] = []): Promise<void> {
    const { request, subject, posted, going } = about;
    const searched = readForm(searchFields(subject.now), posted);
    if (searched.problems.length > 0) return this.find(about, searched.problems);
    const matches = await this.people.find(request, [queryIn(searched.answers)]);
    const options = placesIn(matches, going, subject);
    const fields = choiceFields(options);
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0 || !isId(posted['_form'])) return this.places(about, matches, problems);
    const target = targetIn(answers['to']!);
    const match = matches.find(({ personId }) => personId === target.personId)!;
    const to = this.people.shown(match);
    const place = match.kind === 'ours' && match.journeys.find(({ journeyId }) => journeyId === target.journeyId);
    return this.page(about, {
      template: 'wrong-person/check.njk',
      view: {
        compared: twoPeople(personView(subject.record, subject.identity, subject.now), to),
        to,
        place: place ? `${place.title}: ${place.status}; ${place.responsible}` : 'A journey that begins with this referral',
        detail: answers['detail'] ?? null,
        hidden: {
          _form: posted['_form']!,
          ...carried([...searchFields(subject.now), ...fields], posted),
        },
      },
      problems: refusal,
      found: [match],
    });
  }

  private async move(about: About): Promise<void> {
    const { request, reply, subject, entryId, posted } = about;
    const formId = posted['_form'];
    const target = targetIn(posted['to'] ?? '');
    if (!isId(formId) || !this.mayGoTo(about, target)) throw notFound();
    const here = `/journeys/${subject.journey.journeyId}`;
    try {
      const move = await this.moves.move(request, {
        fromJourney: subject.journey.journeyId,
        entry: entryId,
        toPerson: target.personId,
        toJourney: target.journeyId,
        detail: posted['detail']?.trim() ? posted['detail'] : undefined,
        formId,
      });
      await reply.redirect(move === undefined ? here : `${here}/moves/${move}`, 303);
    } catch (error) {
      const told = formProblems(error, []);
      if (!told || about.going.entries.length === 0) throw error;
      await this.check(about, told);
    }
  }

  /** Asked before the first step: what leaves one record has to have somewhere to arrive. */
  private mayGoTo({ request, going, subject }: About, { personId, journeyId }: Target): boolean {
    const match = this.people.known(request, personId);
    if (!match) return false;
    if (going.entries.length === 0) return true;
    return placesIn([match], going, subject).some(({ value }) => {
      const place = targetIn(value);
      return place.personId === personId && place.journeyId === journeyId;
    });
  }

  private page(
    { request, reply, subject, going }: About,
    { template, view, problems, found = [] }: Step,
  ): Promise<void> {
    const shown = found.filter(({ kind }) => kind !== 'elsewhere').map(({ personId }) => personId);
    const shows: Shows = { ...subject.shows, people: [...subject.shows.people, ...shown] };
    return this.pages.send(request, reply, {
      template,
      title: 'Belongs to somebody else',
      view: {
        ...view,
        person: personView(subject.record, subject.identity, subject.now),
        going: linesOf(subject, going.entries),
        whole: going.whole,
        action: request.url,
        back: `/journeys/${subject.journey.journeyId}`,
        backText: 'Back to the journey',
      },
      problems,
      ...(problems.length > 0 && { status: 422 }),
      shows,
    });
  }
}

type Target = ReturnType<typeof targetIn>;

interface Step {
  readonly template: string;
  readonly view: object;
  readonly problems: readonly FieldProblem[];
  readonly found?: readonly Match[];
}
