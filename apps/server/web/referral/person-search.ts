import type { Engine } from '../../engine.js';
import { deriveId } from '#kernel';
import type { PersonMatch, PersonQuery } from '#people';
import type { Freshness, Rows } from '#projections';
import type { Answers, Posted } from '#web';
import { isId } from '../../api/headers.js';
import { accessBy } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import { notFound, type PageRequest } from '../visitor.js';
import { matchesOf, type Match } from './matches.js';
import { possibleQueries } from './possible.js';

/** What the answers to `searchFields` ask for. */
export const queryIn = (answers: Answers): PersonQuery =>
  answers['by'] === 'number'
    ? { nhsNumber: answers['nhsNumber'] ?? '' }
    : { surname: answers['surname'] ?? '', birthDate: answers['birthDate'] ?? '' };

const askedBy = (query: PersonQuery) =>
  'nhsNumber' in query ? 'nhsNumber' : 'alike' in query ? 'likeness' : 'surnameAndBirthDate';

interface Found {
  readonly query: PersonQuery;
  readonly people: readonly PersonMatch[];
}

export interface Matches {
  readonly matches: readonly Match[];
  /** Of who is responsible for them: it comes out of a list. */
  readonly freshness: Freshness;
}

/** Finds people for those who take referrals, and says no more of them than they may know. */
export class PersonSearch {
  constructor(private readonly engine: Engine) {}

  /** Everybody that these queries find. The search is written down, what was typed is not. */
  async find(request: PageRequest, queries: readonly PersonQuery[]): Promise<Matches> {
    const found = await this.asked(queries);
    for (const { query, people } of found) {
      const ids = people.map(({ personId }) => personId);
      await this.engine.accessLog.searched({ ...accessBy(request), by: askedBy(query), people: ids });
    }
    const { value: matches, freshness } = await this.engine.reader.withFreshness(
      (rows) => this.matches(rows, request, found),
      ['journeys'],
    );
    return { matches, freshness };
  }

  /** Whom somebody new might be. A form that was sent twice finds the person that it registered itself. */
  async possible(request: PageRequest, answers: Answers, formId: string): Promise<readonly Match[]> {
    const registered = deriveId('person', deriveId('register', formId));
    const found = await this.asked(possibleQueries(answers));
    const matches = await this.matches(this.engine.reader, request, found);
    return matches.filter(({ personId }) => personId !== registered);
  }

  private asked(queries: readonly PersonQuery[]): Promise<readonly Found[]> {
    return Promise.all(queries.map(async (query) => ({ query, people: await this.engine.vault.find(query) })));
  }

  /**
   * Who is merely alike is left out where they are another organisation's: nothing could be shown by which to tell them
   * apart, and that they are known there would be said for nothing.
   */
  private async matches(rows: Rows, { visitor }: PageRequest, found: readonly Found[]): Promise<readonly Match[]> {
    const people = new Map(found.flatMap((one) => one.people.map((match) => [match.personId, match] as const)));
    const certain = new Set(
      found.flatMap((one) => ('alike' in one.query ? [] : one.people.map(({ personId }) => personId))),
    );
    const { principal } = visitor.session;
    const matches = await matchesOf(rows, [...people.values()], principal, this.engine.clock.now());
    return matches.filter(({ kind, personId }) => kind !== 'elsewhere' || certain.has(personId));
  }

  /** Somebody by id, as far as this visitor may know them; undefined where nobody is known by it any more. */
  async known(
    { visitor }: PageRequest,
    personId: string,
    rows: Rows = this.engine.reader,
  ): Promise<Match | undefined> {
    const identity = await this.engine.vault.identity(personId);
    if (!identity || 'erased' in identity) return undefined;
    const found = [{ personId, identity }];
    const [match] = await matchesOf(rows, found, visitor.session.principal, this.engine.clock.now());
    return match;
  }

  /** The same for a page that shows it: whose journeys they are and who is responsible comes out of a list. */
  async knownNow(request: PageRequest, personId: string): Promise<{ match: Match | undefined; freshness: Freshness }> {
    const read = (rows: Rows) => this.known(request, personId, rows);
    const { value: match, freshness } = await this.engine.reader.withFreshness(read, ['journeys']);
    return { match, freshness };
  }

  /** Of another organisation's person nothing is shown. */
  shown(match: Match): PersonView {
    return match.kind === 'elsewhere' ? knownElsewhere : match.person;
  }

  /** Who it is for. Of another organisation's person nothing is shown before the referral is recorded. */
  async person(request: PageRequest, { who }: Posted) {
    if (!isId(who)) return { person: null, shows: undefined };
    const identity = await this.engine.vault.identity(who);
    if (!identity) throw notFound();
    const now = this.engine.clock.now();
    const [match] =
      'erased' in identity
        ? []
        : await matchesOf(this.engine.reader, [{ personId: who, identity }], request.visitor.session.principal, now);
    if (match?.kind === 'elsewhere') return { person: knownElsewhere, shows: undefined };
    const shows = { people: [who], identified: true, served: { readModel: 'vault', version: 1, ordinal: 0 } };
    return { person: personView({ personId: who }, identity, now), shows };
  }
}

const knownElsewhere: PersonView = {
  name: 'A person known to another service',
  born: null,
  age: null,
  nhsNumber: null,
  address: null,
  phone: null,
  died: null,
  withheld: 'You said that it is the same person. Their name is shown once the referral is recorded.',
};
