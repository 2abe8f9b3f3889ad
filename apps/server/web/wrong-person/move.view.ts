import { civilDate, type Instant } from '#kernel';
import { teamsOf } from '#pilots';
import { organisationName } from '../pages.js';
import type { Look } from '../looks/looks.js';
import { teamView, type TeamView } from '../record/teams.js';

/** Somebody who saw what was on the wrong record. */
export interface Viewer {
  readonly who: string;
  readonly role: string;
  readonly organisation: string;
  readonly times: number;
  readonly last: Instant;
  readonly what: readonly string[];
}

/** Those who saw it, each once, the last first; not those who put it right. */
export function viewersOf(looks: readonly Look[], mover: string): readonly Viewer[] {
  const byStaff = Map.groupBy(
    looks.filter(({ staff }) => staff !== mover),
    ({ staff }) => staff,
  );
  return [...byStaff.values()].map((times) => ({
    who: times[0]!.who,
    role: times[0]!.role,
    organisation: times[0]!.organisation,
    times: times.length,
    last: times[0]!.at,
    what: [...new Set(times.map(({ what }) => what))],
  }));
}

export interface Tell {
  readonly organisation: string;
  readonly teams: readonly TeamView[];
}

/** Whom to ring so that those who saw it know: every organisation once, our own needs no telephone. */
export function toTell(
  looks: readonly Look[],
  { mover, ours, pilot, now }: { mover: string; ours: string; pilot: string | undefined; now: Instant },
): readonly Tell[] {
  const organisations = new Set(
    looks.filter(({ staff }) => staff !== mover).map(({ organisationId }) => organisationId),
  );
  const teams = pilot === undefined ? [] : teamsOf(pilot, civilDate(now));
  return [...organisations]
    .filter((id) => id !== ours)
    .map((id) => ({
      organisation: organisationName(id),
      teams: teams
        .filter(({ organisation }) => organisation === id)
        .map(({ id: team, organisation }) => teamView({ team, organisation }, now)),
    }));
}
