import { civilDate, type Instant } from '#kernel';
import { closedTeamsOf, isOpenAt, nameOn, pilots, teamsOf, teamStatus, type Team } from '#pilots';
import { longDate, sectorWords } from '#web';

interface DirectoryLine {
  readonly name: string;
  readonly takes: string;
  readonly area: string;
  readonly telephone: string;
  readonly hours: string;
  readonly openNow: boolean;
}

/** Whom to ring, whatever else does not work: teams and their telephones, without a word of anybody's record. */
export interface DirectoryPage {
  readonly heading: string;
  readonly groups: readonly { readonly id: string; readonly title: string; readonly teams: readonly DirectoryLine[] }[];
  readonly closed: readonly { readonly name: string; readonly text: string; readonly successor: DirectoryLine | null }[];
  readonly others: readonly { readonly name: string; readonly href: string }[];
}

/** @param pilot whose teams; undefined for those who belong to none, and have not said which */
export function directoryPage(pilot: string | undefined, now: Instant): DirectoryPage {
  const day = civilDate(now);
  const bySector = Map.groupBy(pilot === undefined ? [] : teamsOf(pilot, day), ({ sector }) => sector);
  const line = (team: Team): DirectoryLine => ({
    name: team.name,
    takes: team.takes,
    area: team.area,
    telephone: team.telephone,
    hours: team.hours.words,
    openNow: isOpenAt(now, team),
  });
  return {
    heading: pilot === undefined ? 'Whom to ring' : `Whom to ring in ${nameOn(pilot, day)}`,
    groups: Object.entries(sectorWords).flatMap(([id, title]) => {
      const found = bySector.get(id as Team['sector']);
      return found ? [{ id, title, teams: found.map(line) }] : [];
    }),
    closed: (pilot === undefined ? [] : closedTeamsOf(pilot, day)).map((team) => {
      const status = teamStatus(team.id, now);
      const successor = status.status === 'closed' ? status.successor : undefined;
      return { name: team.name, text: `closed on ${longDate(team.closed!)}`, successor: successor ? line(successor) : null };
    }),
    others: pilots
      .filter(({ id }) => id !== pilot)
      .map(({ id }) => ({ name: nameOn(id, day), href: `/teams?pilot=${id}` })),
  };
}
