/** What every page of an earlier state says of itself, so that it never passes for a page of now (ADR 0013). */
import type { Instant } from '#kernel';
import { dateAndTime } from '#web';
import type { ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import type { TeamView } from '../record/teams.js';
import { momentControl, theJourney, type KnownPage, type MomentControl } from './control.js';
import { addressOf, momentsOf, type Moment } from './moments.js';

export interface KnownFrame extends Pick<KnownPage, 'what'> {
  readonly at: Instant;
  readonly heading: string;
  readonly control: MomentControl;
  /** How many entries were recorded since; they stand on a page of their own. */
  readonly later: number;
  readonly since: string;
  /** The same page as it is now. */
  readonly today: string;
  /** Of the moment, as it stands in addresses. */
  readonly address: string;
  /** The journey as known at that moment. */
  readonly journey: string;
}

/** The last moment that is not after the one shown. */
export const shownMoment = (moments: readonly Moment[], then: Subject): number =>
  moments.findLastIndex(({ entries }) => entries.every(({ eventId }) => isIn(then, eventId)));

const isIn = ({ entries }: Subject, id: string): boolean => entries.some(({ eventId }) => eventId === id);

/**
 * @param then as it was known
 * @param today as it is known now
 */
export function knownFrame(then: Subject, today: Subject, page: KnownPage = theJourney): KnownFrame {
  const moments = momentsOf(today);
  const shown = shownMoment(moments, then);
  const journey = `/journeys/${then.journey.journeyId}`;
  const address = addressOf(moments[shown]!);
  return {
    what: page.what,
    at: then.now,
    heading: `As known on ${dateAndTime(then.now)}`,
    control: momentControl(today, shown, page),
    later: today.entries.length - then.entries.length,
    since: `${journey}/since?knownAt=${address}`,
    today: `${journey}${page.path}`,
    address,
    journey: `${journey}?knownAt=${address}`,
  };
}

/** Whether a team was open then helps nobody who rings now. */
export const teamThen = ({ hours: _, openNow: __, ...team }: TeamView): TeamView => team;

export const withoutHours = (responsible: ResponsibleView): ResponsibleView =>
  responsible.team ? { ...responsible, team: teamThen(responsible.team) } : responsible;
