import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, Refused } from '#commands';
import { isOpen } from '#pathway';
import { postedFrom, readForm, type FieldProblem, type Posted } from '#web';
import { ANSWER_PATH } from '../../answer-link.js';
import { Open } from '../../security/principal.js';
import { formProblems } from '../forms/send.js';
import { PageErrors } from '../page-errors.js';
import { Pages, type OpenPage } from '../pages.js';
import { AnswerLinks, type Held } from './answer-links.js';
import { answerFields, codeField, codeIn } from './answer.form.js';
import {
  checkPage,
  codePage,
  donePage,
  endedPage,
  offerPage,
  overPage,
  showsPersonWhenDone,
  showsPersonWhenOver,
} from './answer.view.js';
import { Failures } from './failures.js';

/** The same whether the link is genuine or not: which it is learns only who has the code. */
const doesNotFit = 'That code does not fit this link. Check both with whoever rang you';
const wait = 'Too many codes that do not fit came from where you are. Wait a minute, then try again';

/**
 * An offer answered by somebody without an account (ADR 0007). No cookie, no script, nothing by merely opening the
 * address: message services open it too. Each form after the code carries a token that only such a page has, which is
 * the protection that other forms have from their session.
 */
@ApiExcludeController()
@Controller(ANSWER_PATH)
@Open()
@UseFilters(PageErrors)
export class AnswerController {
  private readonly failures = new Failures();

  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(AnswerLinks) private readonly links: AnswerLinks,
  ) {}

  @Get(':token')
  async open(@Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const held = await this.links.find(token);
    return held && held.standing !== 'working' ? this.ended(reply, held) : this.askCode(reply, {}, []);
  }

  @Post(':token')
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const posted = postedFrom(request.body);
    const held = await this.links.find(token);
    if (held && this.links.isOpened(held, posted['_csrf'] ?? '')) return this.answer(request, reply, held, posted);
    if (held && held.standing !== 'working') return this.ended(reply, held);
    return this.enterCode(request, reply, { token, held, posted });
  }

  private async enterCode(
    request: FastifyRequest,
    reply: FastifyReply,
    { token, held, posted }: { token: string; held: Held | undefined; posted: Posted },
  ): Promise<void> {
    if (this.failures.tooMany(request.ip)) {
      void reply.header('retry-after', '60');
      return this.askCode(reply, posted, [{ text: wait, field: 'code' }], 429);
    }
    const { answers, problems } = readForm([codeField], posted);
    const code = codeIn(answers['code'] ?? '');
    if (code === undefined) return this.askCode(reply, posted, problems, 422);
    const isRight = held !== undefined && this.links.isCode(held, code);
    // Under an id of its own each time: a form sent again is another try, and counts.
    const refused = held && (await this.tried(request, held, isRight));
    if (!isRight) this.failures.add(request.ip);
    const now = held && (await this.links.find(token));
    if (now && now.standing !== 'working') return this.ended(reply, now);
    if (!now || !isRight || refused)
      return this.askCode(reply, {}, [{ text: refused ?? doesNotFit, field: 'code' }], 422);
    return this.show(request, reply, now, {}, []);
  }

  /** @returns why it could not be tried */
  private async tried(request: FastifyRequest, held: Held, isRight: boolean): Promise<string | undefined> {
    try {
      await this.links.enterCode(request, held, isRight, randomUUID());
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.detail;
      throw error;
    }
  }

  /** The form follows the right code. What was answered already is told again, to whoever sent it. */
  private async answer(request: FastifyRequest, reply: FastifyReply, held: Held, posted: Posted): Promise<void> {
    const { answers, problems } = readForm(answerFields, posted);
    if (posted['_step'] === 'do' && problems.length === 0) return this.record(request, reply, held, posted, answers);
    if (held.standing !== 'working') return this.ended(reply, held);
    if (!isOpen(held.handoff)) return this.over(request, reply, held);
    if (posted['_step'] === 'change') return this.show(request, reply, held, posted, []);
    if (problems.length > 0) return this.show(request, reply, held, posted, problems, 422);
    const view = checkPage(held, this.links.formToken(held), posted, answers);
    await this.links.viewed(request, held);
    return this.page(reply, { template: 'answer-link/check.njk', title: 'Check your answer', view });
  }

  private async record(
    request: FastifyRequest,
    reply: FastifyReply,
    held: Held,
    posted: Posted,
    answers: object,
  ): Promise<void> {
    try {
      const revisionRead = Number(/^\d{1,4}$/.exec(posted['_revision'] ?? '')?.[0] ?? 0);
      await this.links.answer(request, held, { ...answers, revisionRead });
    } catch (error) {
      const now = (await this.again(request)) ?? held;
      if (error instanceof Problem && error.code === 'key-reused') return this.ended(reply, now);
      if (error instanceof Refused && now.standing !== 'working') return this.ended(reply, now);
      if (error instanceof Refused && !isOpen(now.handoff)) return this.over(request, reply, now, error.detail);
      const told = formProblems(error, answerFields);
      if (!told) throw error;
      return this.show(request, reply, now, posted, told, 409);
    }
    const now = (await this.again(request)) ?? held;
    if (showsPersonWhenDone(now)) await this.links.viewed(request, now);
    return this.page(reply, { template: 'answer-link/done.njk', title: 'Your answer', view: donePage(now) });
  }

  private again({ params }: FastifyRequest): Promise<Held | undefined> {
    return this.links.find((params as { token: string }).token);
  }

  private askCode(reply: FastifyReply, posted: Posted, problems: readonly FieldProblem[], status = 200): Promise<void> {
    const view = codePage(posted, problems);
    return this.page(reply, { template: 'answer-link/code.njk', title: 'Answer a handover', view, problems, status });
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    held: Held,
    posted: Posted,
    problems: readonly FieldProblem[],
    status = 200,
  ): Promise<void> {
    if (!isOpen(held.handoff)) return this.over(request, reply, held);
    const view = offerPage(held, this.links.formToken(held), posted, problems);
    await this.links.viewed(request, held);
    return this.page(reply, {
      template: 'answer-link/offer.njk',
      title: 'A handover to answer',
      view,
      problems,
      status,
    });
  }

  private async over(request: FastifyRequest, reply: FastifyReply, held: Held, refusal?: string): Promise<void> {
    if (showsPersonWhenOver(held)) await this.links.viewed(request, held);
    const view = overPage(held, refusal);
    return this.page(reply, { template: 'answer-link/over.njk', title: 'This handover is over', view, status: 409 });
  }

  private ended(reply: FastifyReply, held: Held): Promise<void> {
    const view = endedPage(held);
    return this.page(reply, { template: 'answer-link/ended.njk', title: view.heading, view, status: 410 });
  }

  private page(reply: FastifyReply, page: OpenPage): Promise<void> {
    void reply.header('x-robots-tag', 'noindex');
    return this.pages.sendOpen(reply, page);
  }
}
