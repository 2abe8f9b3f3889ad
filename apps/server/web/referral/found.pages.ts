import type { FastifyReply } from 'fastify';
import { carried, formView, type Answers, type Field, type FieldProblem, type Posted } from '#web';
import type { Engine } from '../../engine.js';
import type { Pages } from '../pages.js';
import type { PageRequest } from '../visitor.js';
import { namedIn, type Match } from './matches.js';
import type { Matches, PersonSearch } from './person-search.js';
import { possibleFields, possibleQueries } from './possible.js';
import { searchFields } from './referral.forms.js';

/** The pages before a referral: the search, who was found, and who somebody new might be. */
export class FoundPages {
  constructor(
    private readonly engine: Engine,
    private readonly pages: Pages,
    private readonly people: PersonSearch,
  ) {}

  search(
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

  matches(
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

  /** Each possible match by itself: the same person, or somebody else, because … */
  async possible(request: PageRequest, reply: FastifyReply, asking: Possible): Promise<void> {
    const { fields, answers, posted, possible, problems } = asking;
    const asked = possibleFields(possible);
    const isFirst = posted['_asked'] === undefined;
    const shown = isFirst ? [] : problems;
    // Whom it shows was found by a search, and every search is written down.
    const { freshness } = await this.people.find(request, possibleQueries(answers));
    const { people, about } = namedIn(possible);
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
      freshness,
      about,
      shows: { people, identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } },
    });
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
export const kept = ({ who = '', _form = '', _seen }: Posted): Posted => ({
  who,
  _form,
  ...(_seen !== undefined && { _seen }),
});
