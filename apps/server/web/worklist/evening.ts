import { civilDate, latest, londonInstant, type Instant } from '#kernel';
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
