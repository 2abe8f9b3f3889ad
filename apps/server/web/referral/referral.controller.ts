import { Controller, Get, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { deriveId } from '#kernel';
import {
  carried,
  checkAnswers,
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
import { namedIn, type Match } from './matches.js';
import { PersonNews } from './person-news.js';
import { type Matches, PersonSearch, queryIn } from './person-search.js';
import { possibleFields, possibleQueries, saidOf, type Said } from './possible.js';
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
    @Inject(Asks) private readonly asks: Asks,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(PersonNews) private readonly news: PersonNews,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(ENGINE) private readonly engine: Engine,
  ) {}

  @Get('new')
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.asks.may(request, 'referral');
    await this.search(request, reply, searchNow, []);
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
        return this.search(request, reply, posted, []);
    }
  }

  private search(
    request: PageRequest,
    reply: FastifyReply,
    posted: Posted,
    problems: readonly FieldProblem[],
  ): Promise<void> {
    const view = { fields: formView(searchFields(this.engine.clock.now()), posted, problems) };
    return this.pages.send(request, reply, {
      template: 'referral/search.njk',
      title: 'Find somebody or take a referral',
      view,
      problems,
      ...(problems.length > 0 && { status: 422 }),
    });
  }

  private async results(request: PageRequest, reply: FastifyReply, posted: Posted): Promise<void> {
    const fields = searchFields(this.engine.clock.now());
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0) return this.search(request, reply, posted, problems);
    const byNumber = answers['by'] === 'number';
    const found = await this.people.find(request, [queryIn(answers)]);
    await this.matches(request, reply, { ...found, hidden: carried(fields, posted), byNumber, problems: [] });
  }

  private matches(
    request: PageRequest,
    reply: FastifyReply,
    {
      matches,
      freshness,
      hidden,
      byNumber,
      problems,
    }: Matches & { readonly hidden: Posted; readonly byNumber: boolean; readonly problems: readonly FieldProblem[] },
  ): Promise<void> {
    const { people, about } = namedIn(matches);
    return this.pages.send(request, reply, {
      template: 'referral/matches.njk',
      title: matches.length > 0 ? 'Who we found' : 'Nobody found',
      // A number belongs to one person: nobody new can have it.
      view: {
        matches,
        hidden,
        mayBeNew: matches.length === 0 || !byNumber,
      },
      problems,
      ...(problems.length > 0 && { status: 422 }),
      freshness,
      about,
      shows: { people, identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } },
    });
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
    return this.matches(request, reply, {
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

  private form(
    request: PageRequest,
    reply: FastifyReply,
    posted: Posted,
    problems: readonly FieldProblem[],
    status?: number,
  ): Promise<void> {
    const fields = this.fields(request, posted);
    const { person, shows } = this.people.person(request, posted);
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
    const possible = posted['who'] === 'new' ? this.people.possible(request, answers, posted['_form']) : [];
    const asked = possibleFields(possible);
    const answered = readForm(asked, posted);
    const said = saidOf(possible, answered.answers);
    const unsaid = [...answered.problems, ...said.problems];
    if (unsaid.length > 0)
      return this.possible(request, reply, { fields, answers, posted, possible, problems: unsaid });
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

  private check(
    request: PageRequest,
    reply: FastifyReply,
    { fields, answers, posted }: { fields: readonly Field[]; answers: Answers; posted: Posted },
  ): Promise<void> {
    const { person, shows } = this.people.person(request, posted);
    // Of another organisation's person nothing is told before the referral is recorded, not even whether they are of age.
    const isShown = posted['who'] === 'new' || shows !== undefined;
    return this.pages.send(request, reply, {
      template: 'referral/check.njk',
      title: 'Check the referral',
      view: {
        person,
        answers: checkAnswers(fields, answers),
        more: isShown ? workedOut(this.asked(request, answers, posted)) : [],
        hidden: { ...kept(posted), ...carried(fields, posted) },
      },
      ...(shows && { shows }),
    });
  }

  private asked(request: PageRequest, answers: Answers, { who }: Posted) {
    const identity = isId(who) ? this.engine.vault.identity(who) : undefined;
    const birthDate = identity && !('erased' in identity) ? identity.birthDate : undefined;
    return askedOf(answers, request.visitor.session.principal, { birthDate, now: this.engine.clock.now() });
  }

  /** Each possible match by itself: the same person, or somebody else, because … */
  private async possible(request: PageRequest, reply: FastifyReply, asking: Possible): Promise<void> {
    const { fields, answers, posted, possible, problems } = asking;
    const asked = possibleFields(possible);
    const isFirst = posted['_asked'] === undefined;
    const shown = isFirst ? [] : problems;
    // Whom it shows was found by a search, and every search is written down.
    await this.people.find(request, possibleQueries(answers));
    const { people } = namedIn(possible);
    return this.pages.send(request, reply, {
      template: 'referral/possible.njk',
      title: 'Is it somebody who is known already?',
      view: {
        name: `${answers['givenName']} ${answers['familyName']}`,
        born: answers['born'],
        many: possible.length > 1,
        fields: formView(asked, posted, shown),
        hidden: { ...kept(posted), ...carried(fields, posted) },
      },
      problems: shown,
      ...(!isFirst && { status: 422 }),
      shows: { people, identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } },
    });
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
      body: referralBody(answers, personId, principal, this.asked(request, answers, posted)),
      commandId: deriveId('refer', formId),
    });
    return taken.journeyId!;
  }
}

interface Possible {
  readonly fields: readonly Field[];
  readonly answers: Answers;
  readonly posted: Posted;
  readonly possible: readonly Match[];
  readonly problems: readonly FieldProblem[];
}

/** What stands in no field and goes on with the form. */
const kept = ({ who = '', _form = '', _seen }: Posted): Posted => ({
  who,
  _form,
  ...(_seen !== undefined && { _seen }),
});
