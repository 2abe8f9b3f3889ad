/** Somebody who is not known yet: registered on the way, once every possible match has been answered. */
import type { Instant } from '#kernel';
import { checkNhsNumber } from '#people';
import { readForm, type Answers, type Field, type FieldProblem, type Posted } from '#web';
import { personView, type PersonView } from '../record/person.view.js';
import type { Match } from '../referral/matches.js';
import { possibleFields, saidOf } from '../referral/possible.js';
import type { PersonSearch } from '../referral/person-search.js';
import { personFields, registerBody } from '../referral/referral.forms.js';
import type { PageRequest } from '../visitor.js';

export interface NewPerson {
  /** Everything that was asked so far. */
  readonly fields: readonly Field[];
  /** What has to be asked before it goes on; empty where nothing has. */
  readonly ask: readonly Field[];
  readonly problems: readonly FieldProblem[];
  readonly answers: Answers;
  /** Who it is after all. */
  readonly same: string | undefined;
  readonly notTheSame: Readonly<Record<string, string>>;
  /** Whom the questions are about. */
  readonly possible: readonly Match[];
}

export async function readNewPerson(
  people: PersonSearch,
  request: PageRequest,
  { posted, formId, now }: { posted: Posted; formId: string; now: Instant },
): Promise<NewPerson> {
  const fields = personFields(now);
  const { answers, problems } = readForm(fields, posted);
  const base = { fields, answers, problems, same: undefined, notTheSame: {}, possible: [] };
  if (problems.length > 0) return { ...base, ask: fields };
  const possible = await people.possible(request, answers, formId);
  const asked = possibleFields(possible);
  const read = readForm(asked, posted);
  const said = saidOf(possible, read.answers);
  const unsaid = [...read.problems, ...said.problems];
  return {
    ...base,
    fields: [...fields, ...asked],
    ask: unsaid.length > 0 ? asked : [],
    problems: unsaid,
    same: said.same,
    notTheSame: said.notTheSame,
    possible,
  };
}

/** As they will stand on the record. */
export function newPersonView({ answers }: NewPerson, now: Instant): PersonView {
  const checked = checkNhsNumber(answers['newNumber'] ?? '');
  const identity = {
    givenName: answers['givenName'] ?? '',
    familyName: answers['familyName'] ?? '',
    birthDate: answers['born'] ?? '',
    ...(checked.valid && { nhsNumber: checked.number }),
    ...(answers['address'] !== undefined && { address: answers['address'] }),
    ...(answers['phone'] !== undefined && { phone: answers['phone'] }),
  };
  return personView({ personId: 'new' }, identity, now);
}

export const newPersonBody = ({ answers, notTheSame }: NewPerson): object => ({
  ...registerBody(answers),
  ...(Object.keys(notTheSame).length > 0 && { notTheSame }),
});
