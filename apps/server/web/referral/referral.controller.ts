import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { deriveId } from '#kernel';
import { responsibleAt } from '#pathway';
import type { PersonMatch, PersonQuery } from '#people';
import { anchorOf, carried, checkAnswers, formView, postedFrom, readForm, type Answers, type Field, type FieldProblem, type Posted } from '#web';
import { isId } from '../../api/headers.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { Commands, formProblems } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { accessBy, newFormId, Pages } from '../pages.js';
import { personView } from '../record/person.view.js';
import { responsibleView } from '../record/responsible.view.js';
import { Subjects } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { matchesOf, type Match } from './matches.js';
import { personFields, prefilledPerson, referralBody, referralFields, referralNow, registerBody, searchFields, searchNow } from './referral.forms.js';

/** The single point of access: search, answer what was found, then the referral itself, checked before it is sent. */
@ApiExcludeController()
@Controller('referrals')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class ReferralController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get('new')
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'personSearch');
    await this.search(request, reply, searchNow, []);
  }

  /** What was typed is in the body, never in an address: addresses are written into logs. */
  @Post('new')
  async next(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'personSearch');
    const posted = postedFrom(request.body);
    switch (posted['_step']) {
      case 'search':
        return this.results(request, reply, posted);
      case 'who':
        return this.chosen(request, reply, posted);
      case 'change':
        return this.form(request, reply, posted, []);
      case 'check':
      case 'do':
        return this.finish(request, reply, posted);
      default:
        return this.search(request, reply, posted, []);
    }
  }

  /** What happens next. */
  @Get(':journeyId')
  async done(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('journeyId') journeyId: string): Promise<void> {
    const subject = await this.subjects.load(request, journeyId);
    if (subject.part.kind !== 'whole') throw notFound();
    const { record, journey, identity, principal, now } = subject;
    const view = {
      person: personView(record, identity, now),
      responsible: responsibleView(responsibleAt(record, journeyId, now), principal.teams, now),
      taken: journey.referral?.status === 'accepted',
      hasKeyWorker: journey.keyWorkers.length > 0,
      journey: `/journeys/${journeyId}`,
    };
    await this.pages.send(request, reply, { template: 'referral/done.njk', title: 'The referral has been taken down', view, shows: subject.shows });
  }

  private search(request: PageRequest, reply: FastifyReply, posted: Posted, problems: readonly FieldProblem[]): Promise<void> {
    const view = { fields: formView(searchFields(this.engine.clock.now()), posted, problems) };
    return this.pages.send(request, reply, {
      template: 'referral/search.njk', title: 'Find somebody or take a referral', view, problems, ...(problems.length > 0 && { status: 422 }),
    });
  }

  private async results(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const fields = searchFields(this.engine.clock.now());
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0) return this.search(request, reply, posted, problems);
    const byNumber = answers['by'] === 'number';
    const query: PersonQuery = byNumber ? { nhsNumber: answers['nhsNumber']! } : { surname: answers['surname']!, birthDate: answers['birthDate']! };
    const matches = await this.find(request, [query]);
    await this.matches(request, reply, { matches, hidden: carried(fields, posted), byNumber, problems: [] });
  }

  /** Everybody that these queries find. The search is written down, what was typed is not. */
  private async find(request: PageRequest, queries: readonly PersonQuery[]): Promise<readonly Match[]> {
    const { principal } = request.visitor.session;
    const found = new Map<string, PersonMatch>();
    for (const query of queries) {
      const people = this.engine.vault.find(query);
      await this.engine.accessLog.searched({
        ...accessBy(request), by: 'nhsNumber' in query ? 'nhsNumber' : 'surnameAndBirthDate', people: people.map(({ personId }) => personId),
      });
      for (const match of people) found.set(match.personId, match);
    }
    return matchesOf(this.engine.reader, [...found.values()], principal, this.engine.clock.now());
  }

  private matches(
    request: PageRequest, reply: FastifyReply,
    { matches, hidden, byNumber, problems }: { matches: readonly Match[]; hidden: Posted; byNumber: boolean; problems: readonly FieldProblem[] },
  ): Promise<void> {
    const people = matches.flatMap((match) => (match.kind === 'elsewhere' ? [] : [match.personId]));
    return this.pages.send(request, reply, {
      template: 'referral/matches.njk',
      title: matches.length > 0 ? 'Who we found' : 'Nobody found',
      // A number belongs to one person: nobody new can have it.
      view: { matches, hidden: { ...hidden, _seen: matches.map(({ personId }) => personId).join(' ') }, mayBeNew: matches.length === 0 || !byNumber },
      problems,
      ...(problems.length > 0 && { status: 422 }),
      shows: { people, identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } },
    });
  }

  private async chosen(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const who = posted['who'] ?? '';
    if (who === 'new' || isId(who)) {
      return this.form(request, reply, { ...posted, ...referralNow, ...(who === 'new' && prefilledPerson(posted)), _form: newFormId() }, []);
    }
    const { answers } = readForm(searchFields(this.engine.clock.now()), posted);
    const byNumber = answers['by'] === 'number';
    const query: PersonQuery = byNumber ? { nhsNumber: answers['nhsNumber'] ?? '' } : { surname: answers['surname'] ?? '', birthDate: answers['birthDate'] ?? '' };
    const matches = await this.find(request, [query]);
    const problem = { text: 'Select who it is, or that it is somebody else', field: matches.length > 0 ? 'who' : 'maincontent' };
    return this.matches(request, reply, { matches, hidden: carried(searchFields(this.engine.clock.now()), posted), byNumber, problems: [problem] });
  }

  private fields(request: PageRequest, posted: Posted): readonly Field[] {
    const now = this.engine.clock.now();
    return [...(posted['who'] === 'new' ? personFields(now) : []), ...referralFields(request.visitor.session.principal, now)];
  }

  private form(request: PageRequest, reply: FastifyReply, posted: Posted, problems: readonly FieldProblem[], status?: number): Promise<void> {
    const fields = this.fields(request, posted);
    const { person, shows } = this.person(request, posted);
    return this.pages.send(request, reply, {
      template: 'referral/form.njk',
      title: 'Take a referral',
      view: { person, isNew: person === null, fields: formView(fields, posted, problems), hidden: kept(posted) },
      problems,
      ...(status !== undefined && { status }),
      ...(shows && { shows }),
    });
  }

  private async finish(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const fields = this.fields(request, posted);
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0 || !isId(posted['_form'])) return this.form(request, reply, posted, problems, 422);
    if (posted['who'] === 'new') {
      const unanswered = await this.unanswered(request, answers, posted);
      if (unanswered) return this.matches(request, reply, unanswered);
    }
    if (posted['_step'] !== 'do') return this.check(request, reply, { fields, answers, posted });
    try {
      const journeyId = await this.send(request, answers, posted);
      await reply.redirect(`/referrals/${journeyId}`, 303);
    } catch (error) {
      const anchors = new Map(fields.map((field) => [field.name, anchorOf(field)]));
      const told = formProblems(error, anchors);
      if (!told) throw error;
      await this.form(request, reply, posted, told, 409);
    }
  }

  /** Possible matches have to be answered before somebody new is registered. */
  private async unanswered(request: PageRequest, answers: Answers, posted: Posted) {
    const seen = new Set((posted['_seen'] ?? '').split(' '));
    const registered = deriveId('person', deriveId('register', posted['_form']!));
    const queries: PersonQuery[] = [{ surname: answers['familyName']!, birthDate: answers['born']! }];
    if (answers['newNumber'] !== undefined) queries.push({ nhsNumber: answers['newNumber'] });
    const people = queries.flatMap((query) => this.engine.vault.find(query).map(({ personId }) => personId));
    // A form that was sent twice finds the person that it registered itself.
    if (people.every((personId) => seen.has(personId) || personId === registered)) return undefined;
    return {
      matches: await this.find(request, queries),
      hidden: { by: 'name', surname: answers['familyName']!, ...dayParts(posted) },
      byNumber: false,
      problems: [{ text: 'Somebody like this is known already. Say whether it is the same person', field: 'who' }],
    };
  }

  private check(request: PageRequest, reply: FastifyReply, { fields, answers, posted }: { fields: readonly Field[]; answers: Answers; posted: Posted }): Promise<void> {
    const { person, shows } = this.person(request, posted);
    return this.pages.send(request, reply, {
      template: 'referral/check.njk',
      title: 'Check the referral',
      view: { person, answers: checkAnswers(fields, answers), hidden: { ...kept(posted), ...carried(fields, posted) } },
      ...(shows && { shows }),
    });
  }

  /** Registers somebody new, then takes the referral. Sent twice, both happen once. */
  private async send(request: PageRequest, answers: Answers, posted: Posted): Promise<string> {
    const formId = posted['_form']!;
    const { principal } = request.visitor.session;
    let personId = posted['who']!;
    if (personId === 'new') {
      const registered = await this.commands.send(request, { use: 'register-person', body: registerBody(answers), commandId: deriveId('register', formId) });
      personId = registered.personId!;
    }
    const taken = await this.commands.send(request, { use: 'take-referral', body: referralBody(answers, personId, principal), commandId: deriveId('refer', formId) });
    return taken.journeyId!;
  }

  /** Who it is for. Of another organisation's person nothing is shown before the referral is taken down. */
  private person(request: PageRequest, { who }: Posted) {
    if (!isId(who)) return { person: null, shows: undefined };
    const identity = this.engine.vault.identity(who);
    if (!identity) throw notFound();
    const now = this.engine.clock.now();
    const [match] = 'erased' in identity ? [] : matchesOf(this.engine.reader, [{ personId: who, identity }], request.visitor.session.principal, now);
    if (match?.kind === 'elsewhere') return { person: knownElsewhere, shows: undefined };
    const shows = { people: [who], identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } };
    return { person: personView({ personId: who }, identity, now), shows };
  }
}

const knownElsewhere = {
  name: 'A person known to another service',
  withheld: 'You said that it is the same person. Their name is shown once the referral is taken down.',
  died: null,
};

/** What stands in no field and goes on with the form. */
const kept = ({ who = '', _form = '', _seen = '' }: Posted): Posted => ({ who, _form, _seen });

const dayParts = (posted: Posted): Posted =>
  Object.fromEntries(['day', 'month', 'year'].map((part) => [`birthDate-${part}`, posted[`born-${part}`] ?? '']));
