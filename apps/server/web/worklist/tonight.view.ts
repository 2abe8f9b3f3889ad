import type { Instant } from '#kernel';
import type { HandoffRow, JourneyRow, Team, Worklist, WorklistItem } from '#pathway';
import type { Erased, Identity } from '#people';
import { nobodyBecauseWords, urgencyWords, weekdayDate } from '#web';
import { civilDate, wallClock } from '#kernel';
import { personView, type PersonView } from '../record/person.view.js';
import { staffName } from '../record/responsible.view.js';
import { teamView, type TeamView } from '../record/teams.js';
import { orderOnList, orderWords, type OrderOnList, type ReadWords } from './orders-on-list.js';
import { addressOf, askedOf } from './asked.js';
import { EVENING, type Evening } from './evening.js';

export interface TonightLine {
  readonly person: PersonView;
  readonly href: string;
  readonly what: string;
  readonly urgency: string | null;
  readonly order: OrderOnList | null;
  readonly ring: TeamView | null;
}

export interface TonightPage {
  readonly heading: string;
  readonly rule: string;
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly empty: string;
    readonly count: number;
    readonly lines: readonly TonightLine[];
    /** Where all of them are. */
    readonly more: string | null;
  }[];
  readonly pages: { readonly previous: string | null; readonly next: string | null };
  /** Whom to ask. */
  readonly open: readonly (TeamView & { readonly takes: string })[];
}

export interface TonightFound {
  readonly nobody: Worklist;
  /** Journeys of those for whom nobody is. */
  readonly before: ReadonlyMap<string, JourneyRow>;
  readonly leaving: Worklist;
  /** Promised for today or earlier, or for no day any more, and not there. */
  readonly orders: Worklist;
  readonly held: { readonly total: number; readonly journeys: readonly JourneyRow[] };
  /** Unanswered offers of those held. */
  readonly asked: readonly HandoffRow[];
}

interface Reading {
  readonly now: Instant;
  readonly evening: Evening;
  readonly pilot: string | undefined;
  readonly page: number;
  readonly perPage: number;
  readonly identities: ReadonlyMap<string, Identity | Erased>;
  readonly read: ReadWords;
}

const HREF = '/worklist/tonight';

export function tonightPage(found: TonightFound, reading: Reading): TonightPage {
  const { now, evening, pilot, page, perPage } = reading;
  const { nobody, leaving, orders, held } = found;
  return {
    heading: `Tonight’s gaps, ${weekdayDate(civilDate(now))}`,
    rule:
      `Somebody is on this page when nobody is responsible for them, when they leave hospital today and no team has ` +
      `accepted, when something ordered for today or an earlier day has not come, or when the team that is responsible ` +
      `is closed at ${wallClock(evening.at)} and no team that is open then has accepted. The evening begins at ${EVENING} [M].`,
    groups: [
      {
        id: 'nobody',
        title: 'Nobody is responsible',
        empty: 'Everybody has a team that is responsible.',
        count: nobody.total,
        lines: nobody.items.map((item) => lineOfItem(item, lastHeld(found.before.get(item.journey)), reading)),
        more: nobody.total > nobody.items.length ? '/worklist?group=nobodyResponsible' : null,
      },
      {
        id: 'leaving',
        title: 'Leaving hospital today, and nobody has accepted',
        empty: 'Everybody who leaves hospital today has a team that accepted.',
        count: leaving.total,
        lines: leaving.items.map((item) => lineOfItem(item, otherOf(item), reading)),
        more: leaving.total > leaving.items.length ? addressOf(askedOf({ group: 'leavingSoon', due: 'today' })) : null,
      },
      {
        id: 'orders',
        title: 'Ordered for today or earlier, and not come',
        empty: 'Everything that was promised by today has come.',
        count: orders.total,
        lines: orders.items.map((item) => lineOfOrder(item, reading)),
        more: orders.total > orders.items.length ? addressOf(askedOf({ kind: 'order', due: 'today' })) : null,
      },
      {
        id: 'closed',
        title: 'With a team that is closed this evening',
        empty: 'Everybody is with a team that is open this evening.',
        count: held.total,
        lines: held.journeys.map((row) => lineOfHeld(row, found, reading)),
        more: null,
      },
    ],
    pages: {
      previous: page > 1 ? (page > 2 ? `${HREF}?page=${page - 1}` : HREF) : null,
      next: page * perPage < held.total ? `${HREF}?page=${page + 1}` : null,
    },
    open: evening.open
      .filter((team) => team.pilot === pilot && team.serves !== 'ward')
      .map((team) => ({ ...teamView({ team: team.id, organisation: team.organisation }, now), takes: team.takes })),
  };
}

type Ring = Pick<Team, 'team' | 'organisation'> | null;

/** Who knows the person best: the team that held last. */
const lastHeld = (row: JourneyRow | undefined): Ring =>
  row?.last_held_team ? { team: row.last_held_team, organisation: row.before_organisation ?? '' } : null;

const otherOf = ({ other_team, other_organisation }: WorklistItem): Ring =>
  other_team === null ? null : { team: other_team, organisation: other_organisation ?? '' };

function lineOfItem(item: WorklistItem, other: Ring, { now, identities }: Reading): TonightLine {
  return {
    person: personView({ personId: item.person }, identities.get(item.person), now),
    href: `/journeys/${item.journey}`,
    what:
      item.group === 'leavingSoon'
        ? item.state === 'ready'
          ? 'Ready to leave hospital, and no team has accepted.'
          : 'Today is the day named, and no team has accepted.'
        : (nobodyBecauseWords[item.state as keyof typeof nobodyBecauseWords] ?? 'Nobody has accepted.'),
    urgency: urgencyWords[item.urgency],
    order: null,
    ring: teamView(other ?? { team: item.team, organisation: item.organisation }, now),
  };
}

function lineOfOrder(item: WorklistItem, { now, identities, read }: Reading): TonightLine {
  const other = otherOf(item);
  const orderedBy = other && teamView(other, now);
  return {
    person: personView({ personId: item.person }, identities.get(item.person), now),
    href: `/journeys/${item.journey}#orders`,
    what: orderWords(item, orderedBy),
    urgency: urgencyWords[item.urgency],
    order: orderOnList(item, read),
    // The supplier stands with the order; besides, whoever ordered it.
    ring: orderedBy,
  };
}

function lineOfHeld(row: JourneyRow, { asked }: TonightFound, { now, evening, identities }: Reading): TonightLine {
  const team = teamView({ team: row.responsible_team!, organisation: row.responsible_organisation ?? '' }, now);
  const offers = asked.filter(({ journey }) => journey === row.journey);
  const offer = offers.find(({ to_team: to }) => !evening.closed.includes(to)) ?? offers[0];
  const them = offer && teamView({ team: offer.to_team, organisation: offer.to_organisation }, now);
  const worker = row.key_worker === null ? '' : ` Key worker: ${staffName(row.key_worker)}.`;
  return {
    person: personView({ personId: row.person }, identities.get(row.person), now),
    href: `/journeys/${row.journey}`,
    what: `${team.name} is closed then.${worker} ${
      them ? `${them.name} was asked and has not accepted.` : 'No other team has been asked.'
    }`,
    urgency: row.urgency === null ? null : (urgencyWords[row.urgency as keyof typeof urgencyWords] ?? null),
    order: null,
    ring: them ?? team,
  };
}
