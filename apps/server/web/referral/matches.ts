import type { Principal } from '#access';
import type { Instant } from '#kernel';
import { journeysOfPeople, scopeOf, teamAt, type JourneyRow } from '#pathway';
import type { PersonMatch } from '#people';
import { definition } from '#pilots';
import type { Rows } from '#projections';
import { inSentence, statusWords } from '#web';
import { personView, type PersonView } from '../record/person.view.js';
import { teamView, type TeamView } from '../record/teams.js';

/** Somebody that a search found, as far as this visitor may know it. */
export type Match =
  | {
      readonly kind: 'ours';
      readonly personId: string;
      readonly person: PersonView;
      readonly journeys: readonly {
        readonly journeyId: string;
        readonly href: string;
        readonly title: string;
        readonly status: string;
        readonly responsible: string;
      }[];
    }
  /** Known to the engine and on no journey: whoever takes the first referral has to see who it is. */
  | { readonly kind: 'noJourney'; readonly personId: string; readonly person: PersonView }
  /** Another organisation's: whom to ring, and nothing else (SCENARIOS). */
  | {
      readonly kind: 'elsewhere';
      readonly personId: string;
      readonly ring: readonly TeamView[];
      /** Nothing of a journey is said but who holds it, which stands above already. */
      readonly emergencies: readonly { readonly href: string; readonly text: string }[];
    };

/** Whom a page of these shows, and of whom it tells only whom to ring. */
export function namedIn(matches: readonly Match[]): { readonly people: readonly string[]; readonly about: readonly string[] } {
  const [about, people] = ['elsewhere', 'ours'].map((side) =>
    matches.filter(({ kind }) => (kind === 'elsewhere') === (side === 'elsewhere')).map(({ personId }) => personId),
  );
  return { people: people!, about: about! };
}

export async function matchesOf(
  rows: Rows,
  found: readonly PersonMatch[],
  { actor, teams }: Principal,
  now: Instant,
): Promise<readonly Match[]> {
  const people = found.map(({ personId }) => personId);
  const everybodys = await journeysOfPeople(rows, people, { kind: 'all' });
  const inOurs = await journeysOfPeople(rows, people, scopeOf(actor));
  return found.map(({ personId, identity }): Match => {
    const all = everybodys.get(personId) ?? [];
    const ours = inOurs.get(personId) ?? [];
    if (all.length > 0 && ours.length === 0)
      return { kind: 'elsewhere', personId, ring: ringOf(all, now), emergencies: emergenciesOf(all, now) };
    const person = personView({ personId }, identity, now);
    if (all.length === 0) return { kind: 'noJourney', personId, person };
    return {
      kind: 'ours',
      personId,
      person,
      journeys: ours.map((row) => ({
        journeyId: row.journey,
        href: `/journeys/${row.journey}`,
        title: definition(row.pathway, row.definition_version)?.title ?? row.pathway,
        status: inSentence(statusWords[row.status]),
        responsible: responsibleWords(row, teams, now),
      })),
    };
  });
}

/** Teams that hold now or held last, each once. */
function ringOf(journeys: readonly JourneyRow[], now: Instant): readonly TeamView[] {
  const ids = journeys.map((row) => teamAt(row, now) ?? row.last_held_team).filter((id) => id !== null);
  return [...new Set(ids)].map((team) => teamView({ team, organisation: '' }, now));
}

const emergenciesOf = (journeys: readonly JourneyRow[], now: Instant) =>
  journeys.map((row) => {
    const team = teamAt(row, now) ?? row.last_held_team;
    const held = team === null ? 'that nobody holds' : `of ${teamView({ team, organisation: '' }, now).name}`;
    return {
      href: `/emergency-access/new?journey=${row.journey}`,
      text: journeys.length === 1 ? 'Open the record in an emergency' : `Open the record ${held} in an emergency`,
    };
  });

function responsibleWords(row: JourneyRow, ours: readonly string[], now: Instant): string {
  const team = teamAt(row, now);
  if (team === null && row.responsible === 'ended') return 'ended';
  if (team === null) {
    const last = row.last_held_team === null ? undefined : teamView({ team: row.last_held_team, organisation: '' }, now);
    return `nobody has accepted${last?.telephone ? `; ring ${last.name}, which held last, telephone ${last.telephone}` : ''}`;
  }
  const view = teamView({ team, organisation: row.responsible_organisation ?? '' }, now);
  return ours.includes(team)
    ? 'your team is responsible'
    : `${view.name} is responsible${view.telephone ? `, telephone ${view.telephone}` : ''}`;
}
