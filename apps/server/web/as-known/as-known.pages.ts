import type { FastifyReply } from 'fastify';
import { knownAtMoment } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { personView } from '../record/person.view.js';
import type { Subject } from '../record/subject.js';
import type { Pages } from '../pages.js';
import { notFound, type PageRequest } from '../visitor.js';
import { asKnown } from './as-known.js';
import { asKnownPage } from './as-known.view.js';
import { theJourney, type KnownPage } from './control.js';
import { shownMoment } from './frame.js';
import { askedMoment, addressOf, knownAtOf, momentsOf } from './moments.js';
import { sincePage } from './since.view.js';

/** A journey as it was known at an earlier moment, and what has been recorded since (DESIGN 5). */
export class AsKnownPages {
  constructor(
    private readonly engine: Engine,
    private readonly pages: Pages,
  ) {}

  /** @param asked an ordinal or an instant, as it stands in the address */
  async show(request: PageRequest, reply: FastifyReply, today: Subject, asked: string): Promise<void> {
    const then = await this.earlier(request, reply, today, { asked });
    if (!then) return;
    const view = asKnownPage(then, today);
    await this.pages.send(request, reply, {
      template: 'as-known/as-known.njk',
      title: `${view.person.name}, as known then`,
      view,
      shows: then.shows,
    });
  }

  async since(request: PageRequest, reply: FastifyReply, today: Subject, asked: string): Promise<void> {
    const then = await this.earlier(request, reply, today, { asked });
    if (!then) return;
    const view = sincePage(then, today, asked);
    await this.pages.send(request, reply, {
      template: 'as-known/since.njk',
      title: `${view.person.name}: recorded since`,
      view,
      shows: today.shows,
      freshness: today.freshness,
    });
  }

  /**
   * As it was known then; undefined where the visitor has been answered: with the page of now, or that nothing was known
   * yet.
   */
  async earlier(
    request: PageRequest,
    reply: FastifyReply,
    today: Subject,
    { asked, page = theJourney }: { readonly asked: string; readonly page?: KnownPage },
  ): Promise<Subject | undefined> {
    const then = await this.at(today, asked);
    if (then === 'now') await reply.redirect(`/journeys/${today.journey.journeyId}${page.path}`, 303);
    else if (then && shownMoment(momentsOf(today), then) >= page.first) return then;
    else await this.nothing(request, reply, today, page);
    return undefined;
  }

  /** What is asked for beyond now cannot be told: it would be another page tomorrow. */
  private async at(today: Subject, asked: string): Promise<Subject | 'now' | undefined> {
    const moments = momentsOf(today);
    const when = askedMoment(asked);
    if (!when) throw notFound();
    if ('moment' in when)
      return when.moment >= today.now ? 'now' : asKnown(today, await knownAtMoment(this.engine, when.moment));
    if (moments.at(-1)!.ordinal === 0) throw notFound();
    const moment = moments.findLast(({ ordinal }) => ordinal <= when.ordinal);
    return moment && asKnown(today, knownAtOf(moment));
  }

  /** Before the first entry there is nothing to see. */
  private nothing(request: PageRequest, reply: FastifyReply, today: Subject, page: KnownPage): Promise<void> {
    const { record, identity, now, journey } = today;
    const first = momentsOf(today)[page.first];
    const address = `/journeys/${journey.journeyId}${page.path}`;
    const person = personView(record, identity, now);
    return this.pages.send(request, reply, {
      template: 'as-known/nothing.njk',
      title: person.name,
      status: 404,
      view: {
        person,
        what: page.what,
        first: { at: first!.at, href: `${address}?knownAt=${addressOf(first!)}` },
        today: address,
      },
      shows: today.shows,
    });
  }
}
