import { addDays, civilDate, latest, londonInstant, type Instant } from '#kernel';
import type { WorklistFilter } from '#pathway';
import { allTeamIds, isOpenAt, team, type Team } from '#pilots';

/** When the evening begins, on a London clock [M]: day services end by then, and evening rounds have begun. */
export const EVENING = '18:00';

export interface Evening {
  /** Its beginning, or now where it has begun. */
  readonly at: Instant;
  readonly open: readonly Team[];
  /** Ids, of whichever pilot. */
  readonly closed: readonly string[];
}

/** Who answers this evening, by the directory's opening hours. */
export function eveningOf(now: Instant): Evening {
  const day = civilDate(now);
  const at = latest(londonInstant(day, EVENING), now);
  const teams = allTeamIds().map((id) => ({ id, team: team(id, day) }));
  const isOpen = (one: Team | undefined): one is Team => one !== undefined && isOpenAt(at, one);
  return {
    at,
    open: teams.flatMap(({ team: one }) => (isOpen(one) ? [one] : [])),
    closed: teams.filter(({ team: one }) => !isOpen(one)).map(({ id }) => id),
  };
}

/** To be dealt with before this day is over. */
export const dueToday = (now: Instant): WorklistFilter => ({
  dueBefore: londonInstant(addDays(civilDate(now), 1)),
});

/**
 * Ordered for today or an earlier day, and not there. What no day was promised for was not to be there tonight, and what
 * is to be stopped after a death leaves nobody without it.
 */
export const orderedForToday = (now: Instant): WorklistFilter => ({
  ...dueToday(now),
  orders: ['promised', 'late', 'notCome'],
});
