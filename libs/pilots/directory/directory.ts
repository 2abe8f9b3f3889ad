/**
 * The dated directory of teams and organisations (DESIGN 6). Teams, telephone numbers and opening hours are made up;
 * organisations say whether they are.
 */
import { civilDate, type CivilDate, type Instant, type Sector } from '#kernel';
import { list, load } from '../data.js';
import type { OpeningHours, Organisation, Serves, Team, TeamStatus } from './team.js';

/** What teams of one kind have in common; a team's own row says where it differs. */
interface Kind {
  readonly sector: Sector;
  readonly serves: Serves;
  readonly takes: string;
  readonly asks: readonly string[];
  readonly hours: string;
}

interface TeamRow extends Partial<Kind> {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly organisation: string;
  readonly telephone: string;
  readonly area?: string;
  readonly opened?: CivilDate;
  readonly closed?: CivilDate;
  readonly successor?: string;
  /** What changed, from which day on; oldest first. */
  readonly changes?: readonly {
    from: CivilDate;
    organisation?: string;
    sector?: Sector;
    name?: string;
    hours?: string;
  }[];
}

interface PilotDirectory {
  readonly pilot: string;
  readonly area: string;
  readonly organisations: readonly Organisation[];
  readonly teams: readonly TeamRow[];
}

const hours = load<Readonly<Record<string, OpeningHours>>>('opening-hours.json');
const kinds = load<Readonly<Record<string, Kind>>>('team-kinds.json');
const files = list('directory/').map((file) => load<PilotDirectory>(`directory/${file}`));

/** Teams of a pilot were there before it began; a later or earlier day is written in the team's row. */
const BEFORE_THE_PILOTS: CivilDate = '2009-01-01';

const named = <T>(table: Readonly<Record<string, T>>, key: string, team: string): T => {
  const found = table[key];
  if (found === undefined) throw new Error(`the directory's team ${team} names ${key}, which is not described`);
  return found;
};

/** The team's states, each with the day from which it holds; the first holds from its opening. */
function statesOf(row: TeamRow, file: PilotDirectory): readonly { from: CivilDate; team: Team }[] {
  const kind = named(kinds, row.kind, row.id);
  const opened = row.opened ?? BEFORE_THE_PILOTS;
  const first: Team = {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    sector: row.sector ?? kind.sector,
    pilot: file.pilot,
    takes: row.takes ?? kind.takes,
    asks: row.asks ?? kind.asks,
    area: row.area ?? file.area,
    telephone: row.telephone,
    hours: named(hours, row.hours ?? kind.hours, row.id),
    opened,
    ...(row.closed && { closed: row.closed }),
    ...(row.successor && { successor: row.successor }),
    serves: row.serves ?? kind.serves,
  };
  const states = [{ from: opened, team: first }];
  for (const { from, hours: changedHours, ...change } of row.changes ?? []) {
    const team = {
      ...states.at(-1)!.team,
      ...change,
      ...(changedHours && { hours: named(hours, changedHours, row.id) }),
    };
    states.push({ from, team });
  }
  return states;
}

const teams = new Map(files.flatMap((file) => file.teams.map((row) => [row.id, statesOf(row, file)] as const)));
const organisations = new Map(files.flatMap((file) => file.organisations.map((one) => [one.id, one] as const)));

const isOpenOn = (team: Team, day: CivilDate): boolean =>
  team.opened <= day && (team.closed === undefined || day < team.closed);

/** The team as it was on that day, open or not; undefined where the directory has no such team. */
export function teamAsOf(id: string, day: CivilDate): Team | undefined {
  const states = teams.get(id);
  return (states?.findLast((state) => state.from <= day) ?? states?.[0])?.team;
}

/** The team as it was on that day; undefined where there was none or it was not open. */
export function team(id: string, day: CivilDate): Team | undefined {
  const found = teamAsOf(id, day);
  return found && isOpenOn(found, day) ? found : undefined;
}

/** Whether the team existed at that moment (its opening hours are another matter), and who took over if not. */
export function teamStatus(id: string, at: Instant): TeamStatus {
  const day = civilDate(at);
  const asked = teamAsOf(id, day);
  if (!asked) return { status: 'unknown' };
  if (isOpenOn(asked, day)) return { status: 'open', team: asked };
  let successor: Team | undefined = asked;
  while (successor && !isOpenOn(successor, day)) {
    successor = successor.successor === undefined ? undefined : teamAsOf(successor.successor, day);
  }
  return { status: 'closed', team: asked, ...(successor && { successor }) };
}

/** Teams of the pilot that were open on that day, in the order of the directory. */
export const teamsOf = (pilot: string, day: CivilDate): readonly Team[] =>
  [...teams.keys()].flatMap((id) => team(id, day) ?? []).filter((one) => one.pilot === pilot);

/** Teams of the pilot that had closed by that day: somebody may have been sent to them all the same. */
export const closedTeamsOf = (pilot: string, day: CivilDate): readonly Team[] =>
  [...teams.keys()]
    .flatMap((id) => teamAsOf(id, day) ?? [])
    .filter((one) => one.pilot === pilot && one.closed !== undefined && one.closed <= day);

/** @throws RangeError the directory has no such organisation */
export function organisation(id: string): Organisation {
  const found = organisations.get(id);
  if (!found) throw new RangeError(`the directory has no organisation ${id}`);
  return found;
}

export const organisationOf = (of: Pick<Team, 'organisation'>): Organisation => organisation(of.organisation);

export const allTeamIds = (): readonly string[] => [...teams.keys()];
export const allOrganisations = (): readonly Organisation[] => [...organisations.values()];
