import { Controller, Get, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { deriveId } from '#kernel';
import {
  carried,
  answersGiven,
  formView,
  postedFrom,
  readForm,
  type Answers,
  type Field,
  type FieldProblem,
  type Posted,
} from '#web';
import { isId } from '../../api/headers.js';
import type { Engine } from '../../engine.js';
import { Open } from '../../security/principal.js';
import { ENGINE } from '../../tokens.js';
import { Asks } from '../asks.js';
import { Commands, formProblems } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { newFormId, Pages } from '../pages.js';
import { ForVisitors, type PageRequest } from '../visitor.js';
import { workedOut } from './eligibility.js';
import { FoundPages, kept } from './found.pages.js';
import { PersonNews } from './person-news.js';
import { PersonSearch, queryIn } from './person-search.js';
import { possibleFields, saidOf, type Said } from './possible.js';
import {
  askedOf,
  personFields,
  prefilledPerson,
  referralBody,
  referralFields,
  referralNow,
  registerBody,
  searchFields,
  searchNow,
} from './referral.forms.js';

/** The single point of access: search, answer what was found, then the referral itself, checked before it is sent. */
@ApiExcludeController()
@Controller('referrals')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class ReferralController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(FoundPages) private readonly found: FoundPages,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(PersonNews) private readonly news: PersonNews,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get('new')
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'referral');
    await this.found.search(request, reply, searchNow, []);
  }

  /** What was typed is in the body, never in an address: addresses are written into logs. */
  @Post('new')
  async next(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'referral');
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
        return this.found.search(request, reply, posted, []);
    }
  }

  private async results(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const fields = searchFields(this.engine.clock.now());
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0) return this.found.search(request, reply, posted, problems);
    const byNumber = answers['by'] === 'number';
    const found = await this.people.find(request, [queryIn(answers)]);
    await this.found.matches(request, reply, { ...found, hidden: carried(fields, posted), byNumber, problems: [] });
  }

  private async chosen(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const who = posted['who'] ?? '';
    if (who === 'new' || isId(who)) {
      return this.form(
        request,
        reply,
        {
          ...posted,
          ...referralNow,
          ...(who === 'new' ? prefilledPerson(posted) : await this.news.seenNow(request, who, '_seen')),
          _form: newFormId(),
        },
        [],
      );
    }
    const { answers } = readForm(searchFields(this.engine.clock.now()), posted);
    const byNumber = answers['by'] === 'number';
    const found = await this.people.find(request, [queryIn(answers)]);
    const problem = {
      text: 'Select who it is, or that it is somebody else',
      field: found.matches.length > 0 ? 'who' : 'maincontent',
    };
    return this.found.matches(request, reply, {
      ...found,
      hidden: carried(searchFields(this.engine.clock.now()), posted),
      byNumber,
      problems: [problem],
    });
  }

  private fields(request: PageRequest, posted: Posted): readonly Field[] {
    const now = this.engine.clock.now();
    return [
      ...(posted['who'] === 'new' ? personFields(now) : []),
      ...referralFields(request.visitor.session.principal, now),
    ];
  }

  private async form(
    request: PageRequest,
    reply: FastifyReply,
    posted: Posted,
    problems: readonly FieldProblem[],
    status?: number,
  ): Promise<void> {
    const fields = this.fields(request, posted);
    const { person, shows } = await this.people.person(request, posted);
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
    const news = await this.news.sinceReferral(request, posted);
    if (news.length > 0) {
      const seen = await this.news.seenNow(request, posted['who']!, '_seen');
      return this.form(request, reply, { ...posted, ...seen }, news, 409);
    }
    const possible = posted['who'] === 'new' ? await this.people.possible(request, answers, posted['_form']) : [];
    const asked = possibleFields(possible);
    const answered = readForm(asked, posted);
    const said = saidOf(possible, answered.answers);
    const unsaid = [...answered.problems, ...said.problems];
    if (unsaid.length > 0)
      return this.found.possible(request, reply, { fields, answers, posted, possible, problems: unsaid });
    // From here on it is a referral for somebody who is known.
    if (said.same !== undefined) {
      const seen = await this.news.seenNow(request, said.same, '_seen');
      return this.finish(request, reply, { ...posted, ...seen, who: said.same, _step: 'check' });
    }
    if (posted['_step'] !== 'do') {
      const all = { fields: [...fields, ...asked], answers: { ...answers, ...answered.answers }, posted };
      return this.check(request, reply, all);
    }
    try {
      const journeyId = await this.send(request, { answers, posted, notTheSame: said.notTheSame });
      await reply.redirect(`/referrals/${journeyId}`, 303);
    } catch (error) {
      const told = formProblems(error, fields);
      if (!told) throw error;
      await this.form(request, reply, posted, told, 409);
    }
  }

  private async check(
    request: PageRequest,
    reply: FastifyReply,
    { fields, answers, posted }: { fields: readonly Field[]; answers: Answers; posted: Posted },
  ): Promise<void> {
    const { person, shows } = await this.people.person(request, posted);
    // Of another organisation's person nothing is told before the referral is recorded, not even whether they are of age.
    const isShown = posted['who'] === 'new' || shows !== undefined;
    return this.pages.send(request, reply, {
      template: 'referral/check.njk',
      title: 'Check the referral',
      view: {
        person,
        answers: answersGiven(fields, answers),
        more: isShown ? workedOut(await this.asked(request, answers, posted)) : [],
        hidden: { ...kept(posted), ...carried(fields, posted) },
      },
      ...(shows && { shows }),
    });
  }

  private async asked(request: PageRequest, answers: Answers, { who }: Posted) {
    const identity = isId(who) ? await this.engine.vault.identity(who) : undefined;
    const birthDate = identity && !('erased' in identity) ? identity.birthDate : undefined;
    return askedOf(answers, request.visitor.session.principal, { birthDate, now: this.engine.clock.now() });
  }

  /** Registers somebody new, then takes the referral. Sent twice, both happen once. */
  private async send(
    request: PageRequest,
    { answers, posted, notTheSame }: { answers: Answers; posted: Posted; notTheSame: Said['notTheSame'] },
  ): Promise<string> {
    const formId = posted['_form']!;
    const { principal } = request.visitor.session;
    let personId = posted['who']!;
    if (personId === 'new') {
      const registered = await this.commands.send(request, {
        use: 'register-person',
        body: { ...registerBody(answers), ...(Object.keys(notTheSame).length > 0 && { notTheSame }) },
        commandId: deriveId('register', formId),
      });
      personId = registered.personId!;
    }
    const taken = await this.commands.send(request, {
      use: 'take-referral',
      body: referralBody(answers, personId, principal, await this.asked(request, answers, posted)),
      commandId: deriveId('refer', formId),
    });
    return taken.journeyId!;
  }
}
