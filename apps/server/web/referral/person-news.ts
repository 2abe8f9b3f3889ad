/** What others wrote of somebody who is known, while a form was open that does something to their record (hazard H13). */
import { deriveId, journeyStream, personStream, type RecordedEvent } from '#kernel';
import type { FieldProblem, Posted } from '#web';
import { isId } from '../../api/headers.js';
import { RecordUnreadableError } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { byOthers, newsWords, unseen } from '../form/since-opened.js';
import type { Subject, Subjects } from '../record/subject.js';
import { entryTitle } from '../record/timeline.view.js';
import type { PageRequest } from '../visitor.js';
import type { PersonSearch } from './person-search.js';

interface Written {
  readonly title: string;
  readonly entry: RecordedEvent;
}

/** A referral begins a journey, so what it rests on is all that this visitor sees of the person and their journeys. */
export class PersonNews {
  constructor(
    private readonly engine: Engine,
    private readonly subjects: Subjects,
    private readonly people: PersonSearch,
  ) {}

  /** How much of it there is now, for a hidden field of that name. */
  async seenNow(request: PageRequest, personId: string, name: '_seen' | '_there'): Promise<Posted> {
    return { [name]: String((await this.written(request, personId)).length) };
  }

  async since(request: PageRequest, personId: string, mark: string | undefined): Promise<readonly FieldProblem[]> {
    return mark === undefined ? [] : newsWords(unseen(await this.written(request, personId), mark));
  }

  /** Of whom a referral is taken for; nothing where it was taken already and is sent again. */
  async sinceReferral(request: PageRequest, { who, _form, _seen }: Posted): Promise<readonly FieldProblem[]> {
    if (!isId(who) || !isId(_form)) return [];
    const begun = await this.engine.store.readStream(journeyStream(deriveId('journey', deriveId('refer', _form))));
    return begun.length > 0 ? [] : this.since(request, who, _seen);
  }

  /** By others, in order of arrival; of another organisation's person nothing. */
  private async written(request: PageRequest, personId: string): Promise<readonly Written[]> {
    const match = await this.people.known(request, personId);
    if (!match || match.kind === 'elsewhere') return [];
    const journeys = match.kind === 'ours' ? match.journeys : [];
    const subjects = await Promise.all(journeys.map(({ journeyId }) => this.readable(request, journeyId)));
    const { staff } = request.visitor.session.principal.actor;
    const own = await this.engine.store.readStream(personStream(personId));
    const written = [
      ...own
        .filter(({ actor }) => actor.staff !== staff)
        .map((entry) => ({ title: titleOf(entry, subjects), entry })),
      ...subjects.flatMap((subject) =>
        subject
          ? byOthers(subject)
              .filter(({ stream }) => stream !== personStream(personId))
              .map((entry) => ({ title: entryTitle(subject, entry), entry }))
          : [],
      ),
    ];
    return written.sort((a, b) => byArrival(a.entry, b.entry));
  }

  /** A journey that cannot be read is no reason to refuse a referral: lists and its own page say so. */
  private async readable(request: PageRequest, journeyId: string): Promise<Subject | undefined> {
    try {
      return await this.subjects.load(request, journeyId);
    } catch (error) {
      if (error instanceof RecordUnreadableError) return undefined;
      throw error;
    }
  }
}

const titleOf = (entry: RecordedEvent, subjects: readonly (Subject | undefined)[]): string => {
  const [subject] = subjects.filter((one) => one !== undefined);
  return subject ? entryTitle(subject, entry) : 'An entry on the person’s own record';
};

const byArrival = (a: RecordedEvent, b: RecordedEvent): number =>
  a.ordinal - b.ordinal || (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0);
