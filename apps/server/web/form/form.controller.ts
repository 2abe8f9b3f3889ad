import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem, Refused } from '#commands';
import { postedFrom, readForm, type Field, type FieldProblem, type Posted } from '#web';
import { Open } from '../../security/principal.js';
import { answerForms } from '../forms/answer.forms.js';
import { entryForms } from '../forms/entry.forms.js';
import { consent } from '../forms/consent.form.js';
import { offer } from '../forms/offer.form.js';
import { revise } from '../forms/revise.form.js';
import { senderForms } from '../forms/sender.forms.js';
import { telephoneForms } from '../forms/telephone.forms.js';
import type { FormSubject, JourneyForm } from '../forms/journey-form.js';
import { orderForms } from '../orders/order.forms.js';
import { journeyForms } from '../forms/journey.forms.js';
import { Commands, formProblems, type Asked as Command } from '../forms/send.js';
import { stayForms } from '../forms/stay.forms.js';
import { handoverShown } from '../handover/handover-of.js';
import { PageErrors } from '../page-errors.js';
import { newFormId, Pages } from '../pages.js';
import { Subjects } from '../record/subject.js';
import { mayCorrect } from '../record/timeline.view.js';
import { teamsPage } from '../teams/teams.view.js';
import { ForVisitors, notFound, type PageRequest } from '../visitor.js';
import { backTo, checkPage, formPage } from './form.view.js';
import { decidedOn, sinceOpened } from './since-opened.js';

const forms: readonly JourneyForm[] = [
  offer,
  revise,
  consent,
  ...journeyForms,
  ...orderForms,
  ...stayForms,
  ...answerForms,
  ...senderForms,
  ...telephoneForms,
  ...entryForms,
];

/** What a receiver who has not accepted may do. */
const forReceivers: ReadonlySet<string> = new Set(['accept', 'decline', 'report', 'confirm', 'dispute', 'settle']);

const ATTEMPTS = 3;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Every form of a journey or a handover, each described in `forms/`: shown, read, checked and sent in one way. */
@ApiExcludeController()
@Controller('journeys/:journeyId')
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class FormController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Subjects) private readonly subjects: Subjects,
    @Inject(Commands) private readonly commands: Commands,
  ) {}

  @Get(':form')
  journeyForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('form') path: string,
  ) {
    return this.open(request, reply, { journeyId, path });
  }

  @Post(':form')
  sendJourneyForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('form') path: string,
  ) {
    return this.send(request, reply, { journeyId, path });
  }

  @Get('handovers/:handoffId/:form')
  handoverForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
    @Param('form') path: string,
  ) {
    return this.open(request, reply, { journeyId, handoffId, path });
  }

  @Post('handovers/:handoffId/:form')
  sendHandoverForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('handoffId') handoffId: string,
    @Param('form') path: string,
  ) {
    return this.send(request, reply, { journeyId, handoffId, path });
  }

  @Get('entries/:entryId/:form')
  entryForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('entryId') entryId: string,
    @Param('form') path: string,
  ) {
    return this.open(request, reply, { journeyId, entryId, path });
  }

  @Post('entries/:entryId/:form')
  sendEntryForm(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Param('entryId') entryId: string,
    @Param('form') path: string,
  ) {
    return this.send(request, reply, { journeyId, entryId, path });
  }

  private async open(request: PageRequest, reply: FastifyReply, asked: Asked): Promise<void> {
    const { form, subject, fields } = await this.find(request, asked);
    const chooser = form === offer ? teamsPage(subject) : undefined;
    if (chooser) {
      return this.pages.send(request, reply, {
        template: 'teams/teams.njk',
        title: chooser.heading,
        view: chooser,
        shows: subject.shows,
      });
    }
    return this.show(request, reply, {
      form,
      subject,
      fields,
      posted: form.prefill?.(subject) ?? {},
      formId: newFormId(),
      problems: [],
    });
  }

  private async send(request: PageRequest, reply: FastifyReply, asked: Asked, attempt = 1): Promise<void> {
    const { form, subject, fields } = await this.find(request, asked);
    const posted = postedFrom(request.body);
    const formId = posted['_form'] ?? '';
    if (!uuid.test(formId)) throw notFound();
    const shown = { form, subject, fields, posted, formId };
    if (posted['_step'] === 'change') return this.show(request, reply, { ...shown, problems: [] });
    const news = sinceOpened(subject, posted, formId);
    const { answers, problems } = readForm(fields, posted);
    if (problems.length > 0)
      return this.show(request, reply, { ...shown, problems: [...news, ...problems], status: 422 });
    const use = typeof form.use === 'string' ? form.use : form.use(answers);
    const command = { use, body: form.body(answers, subject), commandId: formId };
    if (news.length > 0) {
      const told = (await this.refusal(request, command, fields)) ?? news;
      return this.show(request, reply, { ...shown, problems: told, status: 409 });
    }
    if (form.check && posted['_step'] !== 'do' && (form.check.when?.(answers, subject) ?? true)) {
      const view = checkPage(form, subject, fields, { posted, formId, answers, action: request.url });
      return this.pages.send(request, reply, {
        template: 'form/check.njk',
        title: view.heading,
        view,
        shows: subject.shows,
      });
    }
    try {
      const answer = await this.commands.send(request, { ...command, decidedOn: decidedOn(subject) });
      await reply.redirect(`${this.nextPage(form, subject, answer.handoffId)}?done=${form.done}`, 303);
    } catch (error) {
      // Something came between reading and writing: read again, and tell what it was where it matters.
      if (error instanceof Problem && error.code === 'stale' && attempt < ATTEMPTS)
        return this.send(request, reply, asked, attempt + 1);
      const told = formProblems(error, fields);
      if (!told) throw error;
      await this.show(request, reply, { ...shown, problems: told, status: 409 });
    }
  }

  /** Why it is not possible any more, which says more than what came meanwhile. */
  private async refusal(
    request: PageRequest,
    command: Command,
    fields: readonly Field[],
  ): Promise<readonly FieldProblem[] | undefined> {
    try {
      await this.commands.send(request, { ...command, dryRun: true });
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return formProblems(error, fields);
      throw error;
    }
  }

  /** Whoever is not responsible goes back to their list: they see nothing new of this person. */
  private nextPage(form: JourneyForm, subject: FormSubject, handoffId: string | undefined): string {
    if (form.path === 'decline' && subject.part.kind === 'offers') return '/worklist';
    if (form === offer && handoffId !== undefined)
      return `/journeys/${subject.journey.journeyId}/handovers/${handoffId}`;
    return backTo(subject);
  }

  private async find(
    request: PageRequest,
    { journeyId, handoffId, entryId, path }: Asked,
  ): Promise<{ form: JourneyForm; subject: FormSubject; fields: readonly Field[] }> {
    const about = handoffId !== undefined ? 'handover' : entryId !== undefined ? 'entry' : 'journey';
    const form = forms.find((one) => one.path === path && one.about === about);
    if (!form) throw notFound();
    const found = await this.subjects.load(request, journeyId);
    const handoff = handoffId === undefined ? undefined : handoverShown(found, handoffId);
    const entry = entryId === undefined ? undefined : found.effective.get(entryId);
    const mayOpen =
      found.part.kind === 'whole' ? found.part.identified : forReceivers.has(path) && handoff !== undefined;
    if (!mayOpen || (about === 'handover' && !handoff) || (about === 'entry' && !(entry && mayCorrect(found, entry))))
      throw notFound();
    const subject = {
      ...found,
      ...(handoff && { handoff }),
      ...(entry && { entry }),
      query: postedFrom(request.query),
    };
    return { form, subject, fields: form.fields(subject) };
  }

  private show(
    request: PageRequest,
    reply: FastifyReply,
    { form, subject, fields, posted, formId, problems, status }: Shown,
  ): Promise<void> {
    const view = formPage(form, subject, fields, { posted, formId, problems, action: request.url });
    return this.pages.send(request, reply, {
      template: 'form/form.njk',
      title: view.heading,
      view,
      problems,
      shows: subject.shows,
      ...(status !== undefined && { status }),
    });
  }
}

interface Asked {
  readonly journeyId: string;
  readonly handoffId?: string;
  readonly entryId?: string;
  readonly path: string;
}

interface Shown {
  readonly form: JourneyForm;
  readonly subject: FormSubject;
  readonly fields: readonly Field[];
  readonly posted: Posted;
  readonly formId: string;
  readonly problems: readonly FieldProblem[];
  readonly status?: number;
}
