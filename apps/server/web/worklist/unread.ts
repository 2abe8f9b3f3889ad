/** Whose record cannot be read in full stands on the list all the same, with whom to ring (hazard H28). */
import type { Principal } from '#access';
import { civilDate, journeyStream, type Instant, type RecordedEvent } from '#kernel';
import { journeyRow, scopeOf, teamAt, unreadJourneys, type JourneyRow, type UnreadJourney } from '#pathway';
import { teamAsOf } from '#pilots';
import { dateAndTime } from '#web';
import type { Engine } from '../../engine.js';
import { organisationName } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import { teamView, type TeamView } from '../record/teams.js';
import { teamsOfOrganisation } from './whose-teams.js';

export interface UnreadOnList {
  /** Null where the visitor is not to know who it is. */
  readonly person: PersonView | null;
  readonly href: string | null;
  readonly words: string;
  readonly ring: readonly TeamView[];
}

export interface UnreadFound {
  readonly lines: readonly UnreadOnList[];
  /** Whom the lines name, and whom they are about without a name. */
  readonly named: readonly string[];
  readonly about: readonly string[];
  /** Whether there are more than are looked at for one page. */
  readonly more: boolean;
}

/** Each costs the reading of a stream. Where there are more, something is wrong with the release, and everybody is told so. */
const MOST = 50;
const MOST_TO_RING = 3;

interface Unread extends UnreadJourney {
  readonly row: JourneyRow | undefined;
  /** From the entry on at which reading ended. */
  readonly entries: readonly RecordedEvent[];
  /** Teams that those entries name, as far as they can be read. */
  readonly teams: readonly string[];
}

/**
 * Ours are those in which our organisation has a part as last known, and those whose unread entries name a team of ours
 * or were written by us. Where no team can be read at all, everybody of the pilot in which it was written is told that
 * there is somebody, and not who.
 *
 * @param onPage journeys that stand on the page already
 */
export async function unreadOnList(
  engine: Engine,
  { actor }: Principal,
  onPage: ReadonlySet<string>,
): Promise<UnreadFound> {
  const aside = await unreadJourneys(engine.reader, MOST + 1);
  const now = engine.clock.now();
  const found: { readonly line: UnreadOnList; readonly person: string }[] = [];
  for (const one of aside.slice(0, MOST)) {
    if (onPage.has(one.journey)) continue;
    const unread = await read(engine, one);
    const ours = await journeyRow(engine.reader, one.journey, scopeOf(actor));
    const isOurs = ours !== undefined || organisationsIn(unread, now).includes(actor.organisation);
    if (!isOurs && !isOfPilotAlone(unread, actor.pilot)) continue;
    const identity = isOurs ? await engine.vault.identity(one.person) : undefined;
    const person = isOurs ? personView({ personId: one.person }, identity, now) : null;
    const href = isOurs ? `/journeys/${one.journey}` : null;
    found.push({ line: { person, href, ...told({ ...unread, row: ours }, now) }, person: one.person });
  }
  const people = (isNamed: boolean) =>
    found.filter(({ line }) => (line.person !== null) === isNamed).map(({ person }) => person);
  return { lines: found.map(({ line }) => line), named: people(true), about: people(false), more: aside.length > MOST };
}

async function read(engine: Engine, one: UnreadJourney): Promise<Unread> {
  const entries = (await engine.store.readStream(journeyStream(one.journey))).filter(
    ({ recordedAt }) => recordedAt >= one.since,
  );
  const row = await journeyRow(engine.reader, one.journey, { kind: 'all' });
  return { ...one, row, entries, teams: [...new Set(entries.flatMap(teamsIn))] };
}

/** Nothing is known of what such an entry holds: only what is a team of the directory is taken for one. */
const teamsIn = ({ data, recordedAt }: RecordedEvent): readonly string[] =>
  Object.values((data ?? {}) as Record<string, unknown>).flatMap((value) => {
    const team = (value as { team?: unknown } | null)?.team;
    return typeof team === 'string' && teamAsOf(team, civilDate(recordedAt)) ? [team] : [];
  });

const organisationsIn = ({ entries, teams }: Unread, now: Instant): readonly string[] => [
  ...entries.map(({ actor }) => actor.organisation),
  ...teams.flatMap((team) => teamAsOf(team, civilDate(now))?.organisation ?? []),
];

const isOfPilotAlone = ({ row, teams, entries }: Unread, pilot: string | undefined): boolean =>
  row === undefined && teams.length === 0 && pilot !== undefined && entries.some(({ actor }) => actor.pilot === pilot);

/** What is true of it, and no more: who held when it was last read, or whom the unread entries name, or who wrote them. */
function told({ row, teams, entries, since }: Unread, now: Instant): Pick<UnreadOnList, 'words' | 'ring'> {
  const view = (team: string): TeamView => teamView({ team, organisation: '' }, now);
  const held = row && (teamAt(row, now) ?? row.last_held_team);
  const writers = [...new Set(entries.map(({ actor }) => actor.organisation))];
  const written = `An entry of ${dateAndTime(since)}, by ${writers.map(organisationName).join(' and ') || 'somebody'}, cannot be understood`;
  if (held)
    return { words: `${written}. Responsible when it was last read: ${view(held).name}`, ring: views([held, ...teams], view) };
  if (teams.length > 0)
    return { words: `${written}. Named in it: ${teams.map((team) => view(team).name).join(' and ')}`, ring: views(teams, view) };
  return {
    words: `${written}. Who is responsible is not known: ask those who wrote it`,
    ring: views(writers.flatMap((organisation) => teamsOfOrganisation(organisation, now)), view),
  };
}

const views = (teams: readonly string[], view: (team: string) => TeamView): readonly TeamView[] =>
  [...new Set(teams)].slice(0, MOST_TO_RING).map(view);
