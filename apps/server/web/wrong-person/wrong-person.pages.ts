import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Freshness } from '#projections';
import { carried, formView, readForm, type Field, type FieldProblem, type Posted } from '#web';
import { isId } from '../../api/headers.js';
import { seenNow } from '../form/since-opened.js';
import { newFormId, Pages, type Shows } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import type { Subject } from '../record/subject.js';
import { namedIn } from '../referral/matches.js';
import { PersonNews } from '../referral/person-news.js';
import { PersonSearch, queryIn } from '../referral/person-search.js';
import { possibleQueries } from '../referral/possible.js';
import { personFields, prefilledPerson, searchFields } from '../referral/referral.forms.js';
import type { PageRequest } from '../visitor.js';
import {
  aliveFields,
  BEGINS,
  choiceFields,
  isNew,
  linesOf,
  newPlace,
  placesIn,
  targetIn,
  type Going,
  type Target,
} from './going.js';
import { newPersonView, readNewPerson } from './new-person.js';
import { twoPeople } from './two-people.js';

/** An entry that is somebody else's, and how far the form has got. */
export interface About {
  readonly request: PageRequest;
  readonly reply: FastifyReply;
  readonly subject: Subject;
  readonly entryId: string;
  readonly going: Going;
  readonly posted: Posted;
  /** What others wrote since the page before this one (hazard H13). */
  readonly news: readonly FieldProblem[];
}

/** The pages on which it is found out whose an entry is, one after the other. */
@Injectable()
export class WrongPersonPages {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(PersonSearch) private readonly people: PersonSearch,
    @Inject(PersonNews) private readonly news: PersonNews,
  ) {}

  find(about: About, problems: readonly FieldProblem[]): Promise<void> {
    const fields = searchFields(about.subject.now);
    return this.page(about, {
      template: 'wrong-person/find.njk',
      view: { fields: formView(fields, about.posted, problems), hidden: { _step: 'search' } },
      problems,
    });
  }

  async choose(about: About, problems: readonly FieldProblem[] = []): Promise<void> {
    const { request, subject, posted, going } = about;
    const fields = searchFields(subject.now);
    const searched = readForm(fields, posted);
    if (searched.problems.length > 0) return this.find(about, searched.problems);
    const { matches, freshness } = await this.people.find(request, [queryIn(searched.answers)]);
    const options = [...placesIn(matches, going, subject), ...newPlace(going)];
    return this.page(about, {
      template: 'wrong-person/choose.njk',
      view: {
        matches,
        fields: options.length > 0 ? formView(choiceFields(options), posted, problems) : [],
        hidden: { _form: newFormId(), ...carried(fields, posted) },
      },
      problems,
      found: namedIn(matches),
      freshness,
    });
  }

  /** Both people side by side, before anything moves. */
  async check(about: About, refusal: readonly FieldProblem[] = []): Promise<void> {
    const { request, subject, posted, going } = about;
    const target = targetIn(posted['to'] ?? '');
    const formId = posted['_form'];
    if (!isId(formId) || !(await this.mayGoTo(about, target))) return this.choose(about, [nowhere]);
    if (isNew(target)) return this.checkNew(about, formId, refusal);
    const { match, freshness } = await this.people.knownNow(request, target.personId);
    if (!match) return this.choose(about, [nowhere]);
    const place = match.kind === 'ours' && match.journeys.find(({ journeyId }) => journeyId === target.journeyId);
    return this.sideBySide(about, {
      to: this.people.shown(match),
      ...(place && { place: `${place.title}: ${place.status}; ${place.responsible}` }),
      fields: choiceFields(placesIn([match], going, subject)),
      found: namedIn([match]),
      freshness,
      refusal,
    });
  }

  /** Who they are, and whether they are somebody who is known already, is asked first. */
  private async checkNew(about: About, formId: string, refusal: readonly FieldProblem[]): Promise<void> {
    const { request, subject, going } = about;
    const isFirst = about.posted['givenName'] === undefined;
    const posted = isFirst ? { ...about.posted, ...prefilledPerson(about.posted) } : about.posted;
    const read = await readNewPerson(this.people, request, { posted, formId, now: subject.now });
    const choice = choiceFields(newPlace(going));
    const searched = searchFields(subject.now);
    if (read.ask.length === 0) {
      if (read.same !== undefined)
        return this.check({ ...about, posted: { ...posted, to: `${read.same}:${BEGINS}` } }, refusal);
      const fields = [...choice, ...read.fields];
      return this.sideBySide(about, { to: newPersonView(read, subject.now), fields, refusal });
    }
    const isMatches = read.possible.length > 0;
    const isUnseen = isFirst || (isMatches && posted['_asked'] === undefined);
    const problems = isUnseen ? refusal : read.problems;
    const listed = isMatches ? await this.people.find(request, possibleQueries(read.answers)) : undefined;
    return this.page(about, {
      template: 'wrong-person/register.njk',
      view: {
        isMatches,
        heading: isMatches ? 'Is it somebody who is known already?' : 'Register who it belongs to',
        fields: formView(read.ask, posted, problems),
        hidden: {
          _form: formId,
          ...carried([...searched, ...choice, ...(isMatches ? personFields(subject.now) : [])], posted),
        },
      },
      problems,
      found: namedIn(read.possible),
      ...(listed && { freshness: listed.freshness }),
    });
  }

  private async sideBySide(about: About, { to, place, fields, found, freshness, refusal }: SideBySide): Promise<void> {
    const { request, subject, posted, going } = about;
    const target = targetIn(posted['to'] ?? '');
    const there = isNew(target) ? {} : await this.news.seenNow(request, target.personId, '_there');
    const here = personView(subject.record, subject.identity, subject.now);
    return this.page(about, {
      template: 'wrong-person/check.njk',
      view: {
        compared: twoPeople(here, to),
        to,
        place: place ?? 'A journey that begins with this referral',
        detail: posted['detail']?.trim() ?? '',
        dies: going.dies,
        staysOn: going.staysOn,
        fields: formView(aliveFields(going, here.name), posted, refusal),
        hidden: { _form: posted['_form']!, ...there, ...carried([...searchFields(subject.now), ...fields], posted) },
      },
      problems: refusal,
      ...(found && { found }),
      ...(freshness && { freshness }),
    });
  }

  /** Somebody moved it or took it back while the form was open. */
  gone(about: About): Promise<void> {
    return this.page(about, { template: 'wrong-person/gone.njk', view: { hidden: {} }, problems: [] });
  }

  /** What came onto the other record since it was shown. */
  newsThere({ request, posted }: About, target: Target): Promise<readonly FieldProblem[]> {
    return isNew(target) ? Promise.resolve([]) : this.news.since(request, target.personId, posted['_there']);
  }

  /** What has to be said before it moves, and was not. */
  unsaid({ going, subject, posted }: About): readonly FieldProblem[] {
    const { name } = personView(subject.record, subject.identity, subject.now);
    return readForm(aliveFields(going, name), posted).problems;
  }

  /** Asked before the first step: what leaves one record has to have somewhere to arrive. */
  async mayGoTo({ request, going, subject }: About, target: Target): Promise<boolean> {
    if (isNew(target)) return going.whole || going.entries.length === 0;
    const match = await this.people.known(request, target.personId);
    if (!match) return false;
    if (going.entries.length === 0) return true;
    return placesIn([match], going, subject).some(({ value }) => {
      const place = targetIn(value);
      return place.personId === target.personId && place.journeyId === target.journeyId;
    });
  }

  private page(
    { request, reply, subject, going, news }: About,
    { template, view, problems, found, freshness }: Step,
  ): Promise<void> {
    const shows: Shows = { ...subject.shows, people: [...subject.shows.people, ...(found?.people ?? [])] };
    return this.pages.send(request, reply, {
      template,
      title: 'Belongs to somebody else',
      view: {
        ...view,
        hidden: { ...view.hidden, ...seenNow(subject) },
        person: personView(subject.record, subject.identity, subject.now),
        going: linesOf(subject, going.entries),
        whole: going.whole,
        action: request.url,
        back: `/journeys/${subject.journey.journeyId}`,
        backText: 'Back to the journey',
      },
      problems: [...news, ...problems],
      ...(news.length > 0 ? { status: 409 } : problems.length > 0 && { status: 422 }),
      ...(freshness && { freshness }),
      ...(found && { about: found.about }),
      shows,
    });
  }
}

const nowhere: FieldProblem = { text: 'Select where it belongs', field: 'to' };

type Named = ReturnType<typeof namedIn>;

interface Step {
  readonly template: string;
  readonly view: Readonly<Record<string, unknown>> & { readonly hidden: Posted };
  readonly problems: readonly FieldProblem[];
  /** People whom the page shows beside the one it is about. */
  readonly found?: Named;
  /** Of what it says of them, which comes out of a list. */
  readonly freshness?: Freshness;
}

interface SideBySide {
  readonly to: PersonView;
  readonly place?: string;
  readonly fields: readonly Field[];
  readonly found?: Named;
  readonly freshness?: Freshness;
  readonly refusal: readonly FieldProblem[];
}
