import type { Instant } from '#kernel';
import {
  teamAt,
  type Changes,
  type JourneyRow,
  type WorklistGroup,
  type IdentityStrength,
  type WorklistItem,
} from '#pathway';
import type { Erased, Identity } from '#people';
import { declineWords, groupWords, inSentence, nobodyBecauseWords, urgencyWords } from '#web';
import { organisationName } from '../pages.js';
import { meetingHref } from '../meeting/meeting.view.js';
import { staffName } from '../record/responsible.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { teamView, type TeamView } from '../record/teams.js';
import { changeLinks, changesHref } from './changes.view.js';
import { orderOnList, orderWords, type OrderOnList, type ReadWords } from './orders-on-list.js';
import { addressOf, filterForm, whose, type FilterForm, type Whose, type WorklistAsked } from './asked.js';
import { sinceWords } from './last-here.js';

export interface WorklistLine {
  readonly person: PersonView;
  readonly href: string;
  readonly what: string;
  /** Where an answer is waited for and the link to answer with does not work any more. */
  readonly link: string | null;
  readonly urgency: string;
  readonly urgent: boolean;
  readonly since: Instant;
  /** How long since then: `Waiting`, or how long something is late. */
  readonly for: 'Waiting' | 'Late by';
  readonly due: { readonly words: string; readonly at: Instant; readonly overdue: boolean } | null;
  /** Undefined where the visitor was only asked. */
  readonly responsible: { readonly words: string; readonly team: TeamView | null } | null;
  readonly ring: TeamView | null;
  readonly order: OrderOnList | null;
  readonly isNew: boolean;
}

export interface WorklistPage {
  readonly heading: string;
  readonly news: string;
  readonly changes: {
    readonly href: string;
    readonly links: readonly { readonly text: string; readonly href: string }[];
  } | null;
  readonly filters: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  /** Of each team of one's own: many people on one page. */
  readonly meetings: readonly { readonly href: string; readonly text: string }[];
  /** Said where it is a colleague's list. */
  readonly covering: string | null;
  readonly narrow: FilterForm;
  /** Whose list one may take over for a while. */
  readonly colleagues: readonly { readonly href: string; readonly name: string }[];
  readonly groups: readonly {
    readonly id: WorklistGroup;
    readonly title: string;
    readonly empty: string;
    readonly count: number;
    readonly lines: readonly WorklistLine[];
    /** Where the rest of the group is. */
    readonly more: string | null;
  }[];
  readonly pages: { readonly previous: string | null; readonly next: string | null };
}

export interface WorklistFound {
  readonly groups: readonly { readonly group: WorklistGroup; readonly count: number }[];
  readonly items: readonly WorklistItem[];
  readonly total: number;
}

interface Reading {
  readonly asked: WorklistAsked;
  readonly perPage: number;
  readonly now: Instant;
  /** The visit before this session, or the moment in the address; undefined on a first visit. */
  readonly since: Instant | undefined;
  readonly changes: Changes | undefined;
  /** Other key workers of these teams. */
  readonly colleagues: readonly string[];
  /** Boundaries that handovers on the list cross. */
  readonly crossed: readonly string[];
  readonly ours: readonly string[];
  readonly organisation: string;
  readonly journeys: ReadonlyMap<string, JourneyRow>;
  readonly identities: ReadonlyMap<string, Identity | Erased>;
  /** Free text in the clear, or why there is none. */
  readonly read: ReadWords;
}

export function worklistPage({ groups, items, total }: WorklistFound, reading: Reading): WorklistPage {
  const { asked, perPage, since, changes, organisation, ours, colleagues, crossed, now } = reading;
  const { colleague } = asked;
  const lines = items.map((item) => ({ group: item.group, line: lineOf(item, reading) }));
  const teams = ours.map((team) => teamView({ team, organisation }, now).name).join(', ');
  const titles: Readonly<Record<Whose, string>> = {
    mine: 'People whose key worker I am',
    team: 'My team',
    organisation: 'All of our organisation',
  };
  return {
    heading:
      colleague !== undefined
        ? `Worklist of ${staffName(colleague)}`
        : asked.whose === 'organisation'
          ? `Worklist of ${organisationName(organisation)}`
          : teams === ''
            ? 'Worklist'
            : `Worklist of ${teams}`,
    news: newsOf(reading),
    changes: since !== undefined && changes ? { href: changesHref(since), links: changeLinks(changes, since) } : null,
    filters: whose.map((of) => ({
      text: titles[of],
      href: addressOf({ ...asked, whose: of, colleague: undefined, page: 1 }),
      current: colleague === undefined && of === asked.whose,
    })),
    meetings: ours.map((team) => ({
      href: meetingHref(team, []),
      text: ours.length === 1 ? 'The team’s meeting' : `Meeting of ${teamView({ team, organisation }, now).name}`,
    })),
    covering: colleague === undefined ? null : `You are looking at ${staffName(colleague)}’s list to cover for them.`,
    narrow: filterForm(asked, crossed),
    colleagues: colleagues.map((staff) => ({
      href: addressOf({ ...asked, whose: 'organisation', colleague: staff, page: 1 }),
      name: staffName(staff),
    })),
    groups: groups
      .filter(({ group }) => asked.group === undefined || asked.group === group)
      .map(({ group, count }) => {
        const shown = lines.filter((one) => one.group === group).map(({ line }) => line);
        const more = asked.group === undefined && count > shown.length ? addressOf({ ...asked, group, page: 1 }) : null;
        return {
          id: group,
          title: groupWords[group].title,
          empty: emptyWords(group, asked),
          count,
          lines: shown,
          more,
        };
      }),
    pages: {
      previous:
        asked.group !== undefined
          ? asked.page > 1
            ? addressOf({ ...asked, page: asked.page - 1 })
            : addressOf({ ...asked, group: undefined, page: 1 })
          : null,
      next:
        asked.group !== undefined && asked.page * perPage < total
          ? addressOf({ ...asked, page: asked.page + 1 })
          : null,
    },
  };
}

/**
 * Of a list that is narrowed an empty group says nothing of everybody; and a key worker's list holds nobody for whom
 * no team is responsible, because then nobody is their key worker either.
 */
function emptyWords(
  group: WorklistGroup,
  { whose: of, colleague, urgency, boundary, kind, waiting, due }: WorklistAsked,
): string {
  if (group === 'nobodyResponsible' && (of === 'mine' || colleague !== undefined))
    return 'Whom nobody is responsible for has no key worker either: look at the list of the team.';
  const isNarrowed = [colleague, urgency, boundary, kind, waiting, due].some((one) => one !== undefined) || of === 'mine';
  return isNarrowed ? 'None of those that are shown here.' : groupWords[group].empty;
}

function newsOf({ asked, since, changes, now }: Reading): string {
  if (since === undefined) return 'This is your first visit here: everything that waits is below.';
  const nothing = changes?.kinds.every((kind) => kind.changes.length === 0) ? ' nothing has changed.' : '';
  const when = sinceWords(since, now);
  return asked.since === undefined
    ? `Since you were last here ${when}:${nothing}`
    : `Since a moment that you chose, ${when}:${nothing}`;
}

function lineOf(item: WorklistItem, reading: Reading): WorklistLine {
  const { now, since, journeys, identities, ours } = reading;
  const other =
    item.other_team === null
      ? null
      : teamView({ team: item.other_team, organisation: item.other_organisation ?? '' }, now);
  const row = journeys.get(item.journey);
  const responsible = item.group === 'waitingForUs' || !row ? null : responsibleOf(row, ours, now);
  return {
    person: personView({ personId: item.person }, identities.get(item.person) ?? undefined, now),
    href: hrefOf(item),
    what: whatOf(item, other, responsible),
    link: linkWords(item, other?.name ?? 'them', now),
    urgency: urgencyWords[item.urgency],
    urgent: item.urgency === 'immediate' || item.urgency === 'urgent',
    since: item.since,
    for: item.kind === 'order' && item.state === 'late' ? 'Late by' : 'Waiting',
    due: dueOf(item, now),
    responsible,
    ring: ringOf(item, other, responsible, reading),
    order: orderOnList(item, reading.read),
    isNew: since !== undefined && item.since > since,
  };
}

function hrefOf({ kind, journey, item }: WorklistItem): string {
  if (kind === 'handoff') return `/journeys/${journey}/handovers/${item}`;
  return kind === 'order' ? `/journeys/${journey}#orders` : `/journeys/${journey}`;
}

const YOU = 'You are responsible';

/** Whom to ring besides: the other team, or the colleagues on whose list it is; nobody twice. */
function ringOf(
  { team, organisation }: WorklistItem,
  other: TeamView | null,
  responsible: WorklistLine['responsible'],
  { ours, now }: Reading,
): TeamView | null {
  const ring = other ?? (ours.includes(team) ? null : teamView({ team, organisation }, now));
  return ring && ring.name === responsible?.team?.name ? null : ring;
}

function responsibleOf(row: JourneyRow, ours: readonly string[], now: Instant): WorklistLine['responsible'] {
  // Somebody who died, or whose journey is over, waits for no team; something ordered for them may still be stopped.
  if (row.status === 'died' || row.status === 'closed') return null;
  const team = teamAt(row, now);
  if (team !== null) {
    return ours.includes(team)
      ? { words: YOU, team: null }
      : { words: 'Responsible:', team: teamView({ team, organisation: row.responsible_organisation ?? '' }, now) };
  }
  if (row.last_held_team === null) return { words: 'Nobody has accepted', team: null };
  return {
    words: 'Nobody has accepted; last held by',
    team: teamView({ team: row.last_held_team, organisation: '' }, now),
  };
}

function dueOf({ kind, group, due, since, state }: WorklistItem, now: Instant): WorklistLine['due'] {
  if (group === 'leavingSoon') return due === since ? null : { words: 'Expected to leave on', at: due, overdue: false };
  if (kind !== 'handoff' || due === since || group === 'notActedOn') return null;
  return { words: state === 'acknowledged' ? 'Answer needed by' : 'To be seen by', at: due, overdue: due < now };
}

/** Nobody waits for an answer that cannot come. */
function linkWords({ link, link_until: until }: WorklistItem, them: string, now: Instant): string | null {
  const isOver = link === 'working' && until !== null && until <= now;
  if (link === 'locked') return `The link to answer with is locked after too many wrong codes: ring ${them}.`;
  if (link === 'ended' || link === 'moved' || isOver)
    return `The link to answer with has ended without an answer: ring ${them}, or make another.`;
  return null;
}

const declinedAsWords: Readonly<Record<IdentityStrength, string>> = {
  account: '',
  linkWithCode: ' by a link with a code',
  telephoneReport: ' by telephone',
};

const twoAccounts = (them: string): string =>
  `Two accounts of what ${them} answered stand against each other: ring them and settle it.`;

function whatOf(item: WorklistItem, other: TeamView | null, responsible: WorklistLine['responsible']): string {
  const them = other?.name ?? 'Another team';
  if (item.kind === 'order') return orderWords(item, other);
  if (item.state === 'disputed') return twoAccounts(them);
  const still = responsible?.team
    ? `${responsible.team.name} is still responsible`
    : responsible?.words === YOU
      ? 'you are still responsible'
      : 'nobody has accepted';
  switch (item.group) {
    case 'nobodyResponsible':
      return nobodyBecauseWords[item.state as keyof typeof nobodyBecauseWords] ?? 'Nobody has accepted.';
    case 'notActedOn': {
      if (item.state === 'lapsed') return `${them} did not answer in time.`;
      if (item.state === 'stopped') return `The handover to ${them} was stopped by a death recorded in error.`;
      const reason = declineWords[item.reason as keyof typeof declineWords] ?? 'no reason given';
      return `${them} declined${item.declined_as === null ? '' : declinedAsWords[item.declined_as]}: ${inSentence(reason)}.`;
    }
    case 'waitingForUs':
      return item.kind === 'referral'
        ? `A referral waits to be taken${other ? `, from ${them}` : ''}.`
        : `${them} asks you to take over.${item.state === 'acknowledged' ? ' You have seen it and not answered.' : ''}`;
    case 'waitingForThem':
      return item.state === 'acknowledged'
        ? `${them} has seen your handover and not accepted: ${still}.`
        : `${them} has not seen your handover yet: ${still}.`;
    case 'leavingSoon':
      return item.state === 'ready'
        ? 'Ready to leave hospital, and no team has accepted.'
        : 'Leaves hospital soon, and no team has accepted.';
  }
}
