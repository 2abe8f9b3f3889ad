import { roles, sectors, type Actor } from '#kernel';

/** Who is signed in. `name` is for their own page header; events and logs carry the actor alone. */
export interface Principal {
  readonly actor: Actor;
  readonly name: string;
  /** Teams whose worklist is theirs. */
  readonly teams: readonly string[];
}

/** What an identity provider says of somebody does not make a user of Throughcare. */
export class ClaimsError extends Error {
  constructor(readonly claims: readonly string[]) {
    super(`the identity provider gave no usable ${claims.join(', ')}; see docs/sign-in.md`);
  }
}

/** The names of our claims, the same in ID tokens, in bearer tokens and in sessions. */
export const ourClaims = ['staff', 'name', 'role', 'organisation', 'sector', 'pilot', 'teams'] as const;

const ref = /^[a-z0-9][a-z0-9-]{0,79}$/;
const isRef = (value: unknown): value is string => typeof value === 'string' && ref.test(value);
const isIn = <T extends string>(list: readonly T[], value: unknown): value is T => list.includes(value as T);

/**
 * Claims to principal. `staff` is a pseudonymous id of the member of staff, `role` and `sector` are words of the
 * kernel, `organisation` and `pilot` ids of our directory, `teams` a list of team ids. A role that the directory of
 * an organisation cannot give (`system`, `linkHolder`) is refused.
 *
 * @throws ClaimsError
 */
export function principalOf(claims: Readonly<Record<string, unknown>>): Principal {
  const { staff, name, role, organisation, sector, pilot, teams = [] } = claims;
  const wrong: string[] = [];
  if (!isRef(staff)) wrong.push('staff');
  if (!isIn(roles, role) || role === 'system' || role === 'linkHolder') wrong.push('role');
  if (!isRef(organisation)) wrong.push('organisation');
  if (!isIn(sectors, sector)) wrong.push('sector');
  if (pilot !== undefined && !isRef(pilot)) wrong.push('pilot');
  if (!Array.isArray(teams) || !teams.every(isRef)) wrong.push('teams');
  if (wrong.length > 0) throw new ClaimsError(wrong);
  return {
    actor: { staff, role, organisation, sector, ...(pilot !== undefined && { pilot }) } as Actor,
    name: typeof name === 'string' ? name : '',
    teams: teams as readonly string[],
  };
}

/** The inverse of `principalOf`. */
export const claimsOf = ({ actor, name, teams }: Principal): Record<string, unknown> => ({ ...actor, name, teams });
