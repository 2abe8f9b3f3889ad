import { civilDate, wallClock, type Instant } from '#kernel';
import type { Team } from '#pathway';
import { isOpenAt, teamAsOf } from '#pilots';
import { organisationName } from '../pages.js';

/** A team as a screen names it: whom to ring. */
export interface TeamView {
  readonly name: string;
  /** Absent where the directory does not know the team. */
  readonly telephone?: string;
  readonly hours?: string;
  readonly openNow?: boolean;
}

/** By the directory of that day. A hospital without a known ward goes by its own name. */
export function teamView(team: Pick<Team, 'team' | 'organisation'>, at: Instant): TeamView {
  const known = teamAsOf(team.team, civilDate(at));
  if (!known)
    return {
      name: team.team === team.organisation ? organisationName(team.organisation) : team.team.replaceAll('-', ' '),
    };
  return { name: known.name, telephone: known.telephone, hours: known.hours.words, openNow: isOpenAt(at, known) };
}

export const teamName = (team: Pick<Team, 'team' | 'organisation'>, at: Instant): string => teamView(team, at).name;

/** `at 10:02` today, else with its day. */
export const todayAt = (at: Instant, now: Instant): string | undefined =>
  civilDate(at) === civilDate(now) ? wallClock(at) : undefined;
