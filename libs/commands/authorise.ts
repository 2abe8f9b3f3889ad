import { mayRun, mayRunOn } from '#access';
import { idOfStream } from '#kernel';
import type { Authorise } from './execute.js';
import { Problem } from './problem.js';

export interface AuthoriseOptions {
  /** Organisations that have a part in any journey of this person. */
  readonly organisationsOf: (person: string) => Promise<readonly string[]>;
}

/**
 * Role first, then organisation: no record is touched by an organisation with no part in it, and the answer does not
 * tell whether there is one (DESIGN 7). A person's own stream is open to those with a part in one of their journeys.
 */
export const authorise =
  ({ organisationsOf }: AuthoriseOptions): Authorise =>
  async (useCase, record, { actor }) => {
    const run = mayRun(actor, useCase.name, useCase.roles);
    if (!run.allowed) throw new Problem('role-not-allowed', run.reason);
    if (record.revision === -1 || actor.role === 'system' || record.organisations.has(actor.organisation)) return;
    const others = record.stream.startsWith('person-') ? await organisationsOf(idOfStream(record.stream)) : [];
    const organisations = [...record.organisations, ...others];
    const verdict = mayRunOn(actor, useCase.name, useCase.roles, {
      organisations,
      ...(record.pilot && { pilot: record.pilot }),
    });
    if (!verdict.allowed)
      throw new Problem('not-found', 'There is no such record, or your organisation has no part in it.');
  };
