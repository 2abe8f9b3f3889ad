import { civilDate, type CivilDate, type Instant } from '#kernel';
import { currentStay, isOpen, problemOf, responsibleAt, teamAt, type Handoff, type JourneyRow } from '#pathway';
import type { Erased, Identity } from '#people';
import { urgencyWords } from '#web';
import { organisationName } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { teamName, teamView, type TeamView } from '../record/teams.js';

/** Most people on one page: a long meeting. */
export const MOST_PEOPLE = 30;

export interface MeetingHandover {
  readonly href: string;
  readonly words: string;
  readonly urgency: string;
  readonly by: Instant;
  readonly overdue: boolean;
}

export interface MeetingPerson {
  readonly journey: string;
  readonly href: string;
  readonly person: PersonView;
  /** Null where the visitor was only asked to take over, and sees nothing more (SCENARIOS). */
  readonly whole: {
    readonly responsible: ResponsibleView;
    readonly hospital: { readonly name: string; readonly since: Instant } | null;
    readonly plan: {
      readonly agreedAt: Instant;
      readonly reviewBy: CivilDate | null;
      readonly overdue: boolean;
    } | null;
    readonly lastContact: Instant | null;
    readonly paused: boolean;
  } | null;
  readonly handovers: readonly MeetingHandover[];
  /** The same page without this person. */
  readonly without: string;
}

export interface MeetingPage {
  readonly heading: string;
  readonly intro: string;
  readonly action: string;
  readonly people: readonly MeetingPerson[];
  /** Whose record cannot be read in full: who it is and whom to ring, as last known. */
  readonly unread: readonly { readonly href: string; readonly person: PersonView; readonly ring: TeamView | null }[];
  /** Said where some of those asked for are not this visitor's to see. */
  readonly left: string | null;
}

export const meetingHref = (team: string, journeys: readonly string[]): string =>
  journeys.length === 0 ? `/teams/${team}/meeting` : `/teams/${team}/meeting?people=${journeys.join(',')}`;

interface Reading {
  readonly team: string;
  readonly organisation: string;
  readonly now: Instant;
  /** Whether the address named them; else they are those first on the team's list. */
  readonly chosen: boolean;
  readonly unread: readonly Unread[];
  readonly refused: number;
}

export interface Unread {
  readonly row: JourneyRow;
  readonly identity: Identity | Erased | undefined;
}

/** Many people on one page, for a meeting of several professions: what is agreed, what is late, who is responsible. */
export function meetingPage(subjects: readonly Subject[], reading: Reading): MeetingPage {
  const { team, organisation, now, chosen, unread, refused } = reading;
  const journeys = [...subjects.map(({ journey }) => journey.journeyId), ...unread.map(({ row }) => row.journey)];
  const count = subjects.length + unread.length;
  const many = count === 1 ? '1 person' : `${count} people`;
  return {
    heading: `Meeting of ${teamName({ team, organisation }, now)}`,
    intro: chosen
      ? `${many}, as chosen. The address of this page keeps them.`
      : `${many}: those who stand first on the team’s worklist. Tick whom to keep.`,
    action: meetingHref(team, []),
    people: subjects.map((subject) => personOf(subject, meetingHref(team, othersThan(journeys, subject)))),
    unread: unread.map((one) => unreadOf(one, now)),
    left: refused === 0 ? null : `${refused} more cannot be shown: your organisation has no part in their journeys.`,
  };
}

const othersThan = (journeys: readonly string[], { journey }: Subject): readonly string[] =>
  journeys.filter((one) => one !== journey.journeyId);

function personOf(subject: Subject, without: string): MeetingPerson {
  const { record, journey, part, identity, now } = subject;
  const { journeyId } = journey;
  const handoffs = part.kind === 'offers' ? part.handoffs : journey.handoffs;
  return {
    journey: journeyId,
    href: `/journeys/${journeyId}`,
    person: personView(record, identity, now),
    whole: part.kind === 'offers' ? null : wholeOf(subject),
    handovers: handoffs.filter(isOpen).map((handoff) => handoverOf(handoff, journeyId, now)),
    without,
  };
}

function unreadOf({ row, identity }: Unread, now: Instant): MeetingPage['unread'][number] {
  const team = teamAt(row, now) ?? row.last_held_team;
  return {
    href: `/journeys/${row.journey}`,
    person: personView({ personId: row.person }, identity, now),
    ring: team === null ? null : teamView({ team, organisation: row.responsible_organisation ?? '' }, now),
  };
}

function wholeOf({ record, journey, principal, now }: Subject): MeetingPerson['whole'] {
  const stay = currentStay(record, now);
  const plan = record.plans.findLast(
    ({ journeyId: of = journey.journeyId, endedAt }) => of === journey.journeyId && endedAt === undefined,
  );
  return {
    responsible: responsibleView(responsibleAt(record, journey.journeyId, now), principal.teams, now),
    hospital: stay
      ? { name: organisationName(stay.moves.at(-1)?.hospital ?? stay.hospital), since: stay.admitted.at }
      : null,
    plan: plan
      ? {
          agreedAt: plan.agreed.at,
          reviewBy: plan.reviewBy ?? null,
          overdue: plan.reviewBy !== undefined && plan.reviewBy < civilDate(now),
        }
      : null,
    lastContact: journey.contacts.last ?? null,
    paused: journey.paused !== undefined,
  };
}

function handoverOf(handoff: Handoff, journey: string, now: Instant): MeetingHandover {
  const { handoffId, from, to, urgency, acknowledged, acknowledgeBy, acceptBy } = handoff;
  const by = acknowledged ? acceptBy : acknowledgeBy;
  return {
    href: `/journeys/${journey}/handovers/${handoffId}`,
    words: `${teamView(from, now).name} to ${teamView(to, now).name}: ${acknowledged ? 'seen, not accepted' : 'not seen yet'}`,
    urgency: urgencyWords[urgency],
    by,
    overdue: by < now || problemOf(handoff, now) !== undefined,
  };
}
