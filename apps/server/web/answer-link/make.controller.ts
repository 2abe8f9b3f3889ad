import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isOpen, type Handoff } from '#pathway';
import { postedFrom, type FieldProblem } from '#web';
import { isId } from '../../api/headers.js';
import { Open } from '../../security/principal.js';
import { Commands, formProblems } from '../forms/send.js';
import { sinceOpened } from '../form/since-opened.js';
import { handoverOf } from '../handover/handover-of.js';
import { PageErrors } from '../page-errors.js';
import { newFormId, Pages } from '../pages.js';
import { Subjects, type Subject } from '../record/subject.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { madePage, makePage } from './make.view.js';

/** The sender makes a link for a receiver that does not sign in, and is told its address and its code once. */
@ApiExcludeController()
@Controller('journeys/:journeyId/handovers/:handoffId/answer-link')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class MakeLinkController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get()
  async ask(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
  ): Promise<void> {
    const { subject, handoff } = await this.find(request, journeyId, handoffId);
    if (!isOpen(handoff)) return void (await reply.redirect(`/journeys/${journeyId}/handovers/${handoffId}`, 303));
    return this.show(request, reply, { subject, handoff, formId: newFormId(), problems: [] });
  }

  /** No redirect: what is told here is told in this answer alone. Sent twice, it is one link and the same answer. */
  @Post()
  async make(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
  ): Promise<void> {
    const { subject, handoff } = await this.find(request, journeyId, handoffId);
    const posted = postedFrom(request.body);
    const formId = posted['_form'];
    if (!isId(formId)) throw notFound();
    const news = isOpen(handoff) ? sinceOpened({ ...subject, handoff }, posted, formId) : [];
    if (news.length > 0) return this.show(request, reply, { subject, handoff, formId, problems: news, status: 409 });
    try {
      const { answerLink } = await this.commands.send(request, {
        use: 'issue-answer-link',
        body: { journeyId, handoffId },
        commandId: formId,
      });
      if (!answerLink) throw new Error('a link was made and its address is not known');
      const made = await this.find(request, journeyId, handoffId);
      const view = madePage(made.subject, made.handoff, {
        address: `${request.protocol}://${request.host}${answerLink.address}`,
        code: answerLink.code,
      });
      await this.pages.send(request, reply, {
        template: 'answer-link/made.njk',
        title: 'A link to answer with',
        view,
        shows: made.subject.shows,
      });
    } catch (error) {
      const problems = formProblems(error, []);
      if (!problems) throw error;
      await this.show(request, reply, { subject, handoff, formId, problems, status: 409 });
    }
  }

  private async find(request: PageRequest, journeyId: string, handoffId: string) {
    const subject = await this.subjects.load(request, journeyId);
    const handoff = handoverOf(subject, handoffId);
    const { part, principal } = subject;
    const isSender = part.kind === 'whole' && part.identified && principal.teams.includes(handoff.from.team);
    if (!isSender) throw notFound();
    return { subject, handoff };
  }

  private show(request: PageRequest, reply: FastifyReply, { subject, handoff, ...shown }: Shown): Promise<void> {
    const { formId, problems, status } = shown;
    const view = makePage(subject, handoff, formId);
    return this.pages.send(request, reply, {
      template: 'answer-link/make.njk',
      title: view.heading,
      view,
      problems,
      shows: subject.shows,
      ...(status !== undefined && { status }),
    });
  }
}

interface Shown {
  readonly subject: Subject;
  readonly handoff: Handoff;
  readonly formId: string;
  readonly problems: readonly FieldProblem[];
  readonly status?: number;
}
