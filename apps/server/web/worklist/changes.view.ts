import { plus, hours, type Instant } from '#kernel';
import type { Change, ChangeKind, Changes } from '#pathway';
import type { Erased, Identity } from '#people';
import { changeWords, declineWords, inSentence, statusWords, withdrawalWords } from '#web';
import { personView, type PersonView } from '../record/person.view.js';
import { teamView } from '../record/teams.js';
import { momentField, sinceWords } from './last-here.js';
import { orderNews } from './order-news.js';

export interface ChangeLine {
  readonly person: PersonView;
  readonly href: string;
  readonly what: string;
  readonly at: Instant;
  /** Where it was written down later than it happened. */
  readonly learnedAt: Instant | null;
}

export interface ChangesPage {
  readonly heading: string;
  readonly intro: string;
  readonly since: string;
  /** Kinds of which nothing is new; null where something is of each. */
  readonly nothingNew: string | null;
  readonly groups: readonly {
    readonly id: ChangeKind;
    readonly title: string;
    readonly count: string;
    readonly lines: readonly ChangeLine[];
    /** Said where only the newest are shown. */
    readonly more: string | null;
  }[];
}

const countOf = ({ changes, more }: Changes['kinds'][number]): string =>
  more ? `more than ${changes.length}` : String(changes.length);

export const changesHref = (since: Instant): string => `/worklist/changes?${new URLSearchParams({ since }).toString()}`;

/** `1 declined or not answered in time`, each a link to its group. */
export const changeLinks = (
  { kinds }: Changes,
  since: Instant,
): readonly { readonly text: string; readonly href: string }[] =>
  kinds
    .filter(({ changes }) => changes.length > 0)
    .map((group) => ({
      text: `${countOf(group)} ${changeWords[group.kind].counted}`,
      href: `${changesHref(since)}#${group.kind}`,
    }));

/** @param since undefined on a first visit without a moment in the address */
export function changesPage(
  { kinds }: Changes,
  {
    since,
    chosen,
    now,
    identities,
  }: {
    readonly since: Instant | undefined;
    /** Whether the address named the moment. */
    readonly chosen: boolean;
    readonly now: Instant;
    readonly identities: ReadonlyMap<string, Identity | Erased>;
  },
): ChangesPage {
  return {
    heading: 'What changed',
    intro:
      since === undefined
        ? 'This is your first visit: nothing is new yet. You can ask for any moment.'
        : `What was written down since ${chosen ? 'the moment that you chose' : 'you were last here'}, ${sinceWords(since, now)}. Each stands as it stands now.`,
    since: momentField(since ?? plus(now, -hours(24))),
    nothingNew: nothingNewIn(kinds),
    groups: kinds
      .filter(({ changes }) => changes.length > 0)
      .map((group) => ({
        id: group.kind,
        title: changeWords[group.kind].title,
        count: countOf(group),
        lines: group.changes.map((change) => ({
          person: personView({ personId: change.person }, identities.get(change.person), now),
          href: hrefOf(change),
          what: whatOf(change, now),
          at: change.at,
          learnedAt: change.learned_at > change.at ? change.learned_at : null,
        })),
        more: group.more ? `The newest ${group.changes.length} are shown. Choose a later moment to see fewer.` : null,
      })),
  };
}

/** In one line: whoever looks for what is new does not read ten headings of nothing. */
function nothingNewIn(kinds: Changes['kinds']): string | null {
  const empty = kinds.filter(({ changes }) => changes.length === 0);
  if (empty.length === 0) return null;
  if (empty.length === kinds.length) return 'Nothing is new.';
  return `Nothing new: ${empty.map(({ kind }) => inSentence(changeWords[kind].title)).join('; ')}.`;
}

const hrefOf = ({ journey, handoff, order_kind }: Change): string => {
  if (handoff !== null) return `/journeys/${journey}/handovers/${handoff}`;
  return order_kind === null ? `/journeys/${journey}` : `/journeys/${journey}#orders`;
};

function whatOf(change: Change, now: Instant): string {
  const { kind, state, reason, other_team, other_organisation } = change;
  const them =
    other_team === null ? null : teamView({ team: other_team, organisation: other_organisation ?? '' }, now).name;
  switch (kind) {
    case 'declined':
      return state === 'lapsed'
        ? `${them} did not answer in time.`
        : `${them} declined: ${inSentence(declineWords[reason as keyof typeof declineWords] ?? 'no reason given')}.`;
    case 'offered':
      return `${them} asks us to take over.`;
    case 'accepted':
      return `${them} accepted.`;
    case 'disputed':
      return `We and ${them} say different things about the answer.`;
    case 'withdrawn':
      if (state === 'lapsed') return `We did not answer ${them} in time.`;
      return state === 'stopped'
        ? `The handover from ${them} has stopped. Open it to see why.`
        : `${them} withdrew: ${inSentence(withdrawalWords[reason as keyof typeof withdrawalWords] ?? 'no reason given')}.`;
    case 'came':
      return them === null ? 'Taken by us.' : `From ${them}.`;
    case 'left':
      if (state === 'died' || state === 'closed') return `${statusWords[state]}.`;
      return them === null ? 'To nobody: no team is responsible now.' : `To ${them}.`;
    case 'orderLate':
    case 'orderCame':
    case 'ordered':
      return orderNews(change, them);
  }
}
