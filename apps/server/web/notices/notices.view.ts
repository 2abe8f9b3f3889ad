import type { Instant } from '#kernel';
import type { NoticeRow } from '#pathway';
import type { Erased, Identity } from '#people';
import { noticeWords, urgencyWords } from '#web';
import { organisationName } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import { teamView, type TeamView } from '../record/teams.js';

export interface NoticeLine {
  readonly person: PersonView;
  readonly href: string;
  readonly what: string;
  readonly urgency: string;
  readonly since: Instant;
  readonly unread: boolean;
  readonly readAt: Instant | null;
  /** What has changed since, in one sentence. */
  readonly meanwhile: string | null;
  /** The team that it concerns, for a duty manager of several. */
  readonly team: string;
  readonly ring: TeamView;
  /** What the button sends. */
  readonly asks: { readonly journeyId: string; readonly handoffId: string; readonly notice: string };
}

export interface NoticesPage {
  readonly heading: string;
  readonly intro: string;
  readonly unread: readonly NoticeLine[];
  readonly read: readonly NoticeLine[];
}

interface Reading {
  readonly now: Instant;
  readonly organisation: string;
  readonly forDutyManager: boolean;
  readonly identities: ReadonlyMap<string, Identity | Erased>;
}

export function noticesPage(found: readonly NoticeRow[], reading: Reading): NoticesPage {
  const { forDutyManager, organisation } = reading;
  const lines = found.map((notice) => lineOf(notice, reading));
  return {
    heading: forDutyManager
      ? `Notices for the duty manager of ${organisationName(organisation)}`
      : 'Notices for your team',
    intro: forDutyManager
      ? 'Handovers of your teams that nobody there has looked at in time. Ring the team that is named.'
      : 'What you are told without having asked. Handovers that wait for an answer are on your worklist as well.',
    unread: lines.filter(({ unread }) => unread),
    read: lines.filter(({ unread }) => !unread),
  };
}

function lineOf(notice: NoticeRow, { now, identities }: Reading): NoticeLine {
  const { person, journey, handoff, kind, read_at, urgency } = notice;
  return {
    person: personView({ personId: person }, identities.get(person), now),
    href: `/journeys/${journey}/handovers/${handoff}`,
    what: noticeWords[kind],
    urgency: urgencyWords[urgency],
    since: notice.since,
    unread: read_at === null,
    readAt: read_at,
    meanwhile: meanwhileOf(notice),
    team: teamView({ team: notice.team, organisation: notice.organisation }, now).name,
    ring: teamView({ team: notice.ring_team, organisation: notice.ring_organisation }, now),
    asks: { journeyId: journey, handoffId: handoff, notice: kind },
  };
}

/** An escalation stays, also where it turns out that it was answered before (scenario 5). */
function meanwhileOf({ audience, stands, answered_before }: NoticeRow): string | null {
  if (answered_before === 1) return 'Answered before, recorded late.';
  return audience === 'dutyManager' && stands === 0 ? 'Settled since.' : null;
}
