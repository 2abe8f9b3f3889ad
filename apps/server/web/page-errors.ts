import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mayAsk } from '#access';
import { problems } from '#commands';
import { RecordUnreadableError } from '../api/journey.js';
import { problemOf } from '../api/problem-document.js';
import type { Log } from '../operations/log.js';
import { LOG } from '../tokens.js';
import { Pages } from './pages.js';
import { FormOutOfDate, SignInFirst, type PageRequest } from './visitor.js';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly next: string;
}

/** What happened and what to do next, in plain words. */
const byStatus: Readonly<Record<number, Words>> = {
  403: {
    title: 'This page is not for your role',
    what: 'Somebody with another role can open it.',
    next: 'If you need it for your work, ask your manager.',
  },
  404: {
    title: 'Page not found',
    what: 'There is nothing here, or your organisation has no part in this person’s care.',
    next: 'If you typed the address, check it. If you need to know who is responsible for somebody, find them by NHS number: the page says whom to ring.',
  },
  413: {
    title: 'That was too long',
    what: 'What you sent is longer than this form can take.',
    next: 'Go back and shorten it.',
  },
  503: {
    title: 'Not possible at this moment',
    what: 'The record cannot be reached or is being built. Nothing you sent has been lost, and nothing happens twice.',
    next: 'Wait a moment and load the page again. If it lasts, ring the team you need: their number is under “Whom to ring” at the foot of the page.',
  },
};

const broken: Words = {
  title: 'Something went wrong on our side',
  what: 'It has been written down, and nothing was half done.',
  next: 'Load the page again. If it happens again, tell the administrator the number below.',
};

const unreadable: Words = {
  title: 'This record cannot be read in full',
  what: 'An entry on it cannot be understood, so nothing of it is shown. It has been written down.',
  next: 'Ring the team before you decide anything: the worklist keeps this person as they were last known, with whom to ring. Tell the administrator the number below.',
};

const outOfDate: Words = {
  title: 'This form is out of date',
  what: 'You signed in again, or as somebody else, since it was opened. Nothing was changed.',
  next: 'Go back, load the page again and send it once more.',
};

/** Whether there is such a journey is not told here: it is opened by saying why (DESIGN 7). */
function emergencyOf({ method, url, visitor }: PageRequest): string {
  const journey = /^\/journeys\/([0-9a-f-]{36})(?:[/?]|$)/.exec(url)?.[1];
  const mayOpen = method === 'GET' && visitor && mayAsk(visitor.session.principal.actor, 'openInEmergency').allowed;
  return journey && mayOpen ? `/emergency-access/new?journey=${journey}` : '';
}

@Catch()
export class PageErrors implements ExceptionFilter {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<PageRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    if (error instanceof SignInFirst) {
      await reply.redirect(`/sign-in?returnTo=${encodeURIComponent(error.returnTo)}`, 303);
      return;
    }
    const { problem, unexpected } = problemOf(error);
    const status =
      error instanceof FormOutOfDate
        ? 403
        : problem.code in problems
          ? problems[problem.code as keyof typeof problems].status
          : 409;
    if (unexpected && !(error instanceof FormOutOfDate))
      this.log.error({ request: request.id, code: problem.code, err: problem.cause ?? error }, 'page failed');
    const words =
      error instanceof FormOutOfDate
        ? outOfDate
        : error instanceof RecordUnreadableError
          ? unreadable
          : (byStatus[status] ?? broken);
    const page = {
      template: 'problem/problem.njk',
      title: words.title,
      status,
      view: {
        ...words,
        reference: status >= 500 ? request.id : '',
        openInEmergency: status === 404 ? emergencyOf(request) : '',
      },
    };
    await (request.visitor ? this.pages.send(request, reply, page) : this.pages.sendOpen(reply, page));
  }
}
