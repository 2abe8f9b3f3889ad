import { civilDate } from '#kernel';
import { closedTeamsOf, isOpenAt, latestDefinition, teamsOf, teamStatus, type Team } from '#pilots';
import { longDate, sectorWords } from '#web';
import type { FormSubject } from '../forms/journey-form.js';
import { senderOf } from '../record/acting.js';
import { withheldLine } from '../record/consent.view.js';
import { personView, type PersonView } from '../record/person.view.js';

interface TeamLine {
  readonly id: string;
  readonly name: string;
  readonly takes: string;
  readonly area: string;
  readonly telephone: string;
  readonly hours: string;
  readonly openNow: boolean;
  readonly href: string;
  /** What the person said against sharing with them. */
  readonly withheld: string | null;
}

export interface TeamsPage {
  readonly heading: string;
  readonly person: PersonView;
  readonly back: string;
  /** Why the team that was asked for cannot be asked, and who took over. */
  readonly refusal: {
    readonly text: string;
    readonly successor: { readonly name: string; readonly href: string } | null;
  } | null;
  readonly groups: readonly { readonly id: string; readonly title: string; readonly teams: readonly TeamLine[] }[];
  readonly closed: readonly {
    readonly name: string;
    readonly text: string;
    readonly successor: { readonly name: string; readonly href: string } | null;
  }[];
}

/** How long a closed team is still looked for by those who knew it, in days of a list. */
const RECENTLY = 400;

/** The choice of a team; undefined where the address names one that can be asked. */
export function teamsPage(subject: FormSubject): TeamsPage | undefined {
  const { record, journey, identity, now, query } = subject;
  const asked = query['to'];
  const status = asked === undefined ? undefined : teamStatus(asked, now);
  if (status?.status === 'open') return undefined;
  const href = (id: string): string =>
    `${offerHref(journey.journeyId, id)}${query['again'] ? `&again=${encodeURIComponent(query['again'])}` : ''}`;
  const day = civilDate(now);
  const bySector = Map.groupBy(teamsToAsk(subject), ({ sector }) => sector);
  return {
    heading: 'Which team do you ask?',
    person: personView(record, identity, now),
    back: `/journeys/${journey.journeyId}`,
    refusal: refusalOf(status, href),
    groups: Object.entries(sectorWords).flatMap(([id, title]) => {
      const found = bySector.get(id as Team['sector']);
      return found ? [{ id, title, teams: found.map((team) => lineOf(team, href(team.id), subject)) }] : [];
    }),
    closed: (journey.pilot === undefined ? [] : closedTeamsOf(journey.pilot, day))
      .filter(({ closed }) => daysAgo(closed!, day) < RECENTLY)
      .map((team) => {
        const closed = teamStatus(team.id, now);
        const successor = closed.status === 'closed' ? closed.successor : undefined;
        return {
          name: team.name,
          text: `Closed on ${longDate(team.closed!)}.`,
          successor: successor ? { name: successor.name, href: href(successor.id) } : null,
        };
      }),
  };
}

/** Teams of the pilot that are open and to which the pathway lets this journey go from where it is. */
export function teamsToAsk(subject: Pick<FormSubject, 'record' | 'journey' | 'principal' | 'now'>): readonly Team[] {
  const { journey, now } = subject;
  const from = senderOf(subject);
  const allowed = latestDefinition(journey.pathway)?.handoffs.allowed;
  const canGoTo = (team: Team): boolean =>
    team.id !== from?.team &&
    (!from || !allowed || allowed.some((crossing) => crossing === `${from.sector}>${team.sector}`));
  return journey.pilot === undefined ? [] : teamsOf(journey.pilot, civilDate(now)).filter(canGoTo);
}

export const offerHref = (journey: string, to: string): string => `/journeys/${journey}/offer?to=${encodeURIComponent(to)}`;

const daysAgo = (then: string, day: string): number => (Date.parse(day) - Date.parse(then)) / 86_400_000;

function refusalOf(
  status: ReturnType<typeof teamStatus> | undefined,
  href: (id: string) => string,
): TeamsPage['refusal'] {
  if (!status || status.status === 'open') return null;
  if (status.status === 'unknown')
    return { text: 'The directory knows no such team: choose one below.', successor: null };
  const { team, successor } = status;
  return {
    text:
      team.closed === undefined
        ? `${team.name} has not opened yet: choose another team.`
        : `${team.name} closed on ${longDate(team.closed)}.${successor ? ` ${successor.name} took over its work.` : ' Choose another team.'}`,
    successor: successor ? { name: successor.name, href: href(successor.id) } : null,
  };
}

const lineOf = (team: Team, href: string, { record, now }: FormSubject): TeamLine => ({
  id: team.id,
  name: team.name,
  takes: team.takes,
  area: team.area,
  telephone: team.telephone,
  hours: team.hours.words,
  openNow: isOpenAt(now, team),
  href,
  withheld: withheldLine(record, team, now) ?? null,
});
