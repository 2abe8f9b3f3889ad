/** How a journey stands after everything that is known of it, for rows that hold no clock. */
import { latest, type Instant } from '#kernel';
import type { Journey, PersonRecord, Stay } from '../domain/record/state.js';
import { responsibilityTimeline } from '../domain/responsibility/responsibility.js';
import type { Period } from '../domain/responsibility/state.js';

const END_OF_TIME: Instant = '9999-12-31T23:59:59.999Z';

export interface StandingNow {
  /** When the last thing happened that is known of the person under this journey. */
  readonly lastAt: Instant;
  /** Who was responsible then; undefined for a journey whose entries all went to another record. */
  readonly responsible: Period | undefined;
  /** What changes later without another event: an acceptance that takes effect at a time. */
  readonly next: Period | undefined;
  /** All of the answer, from the referral on. */
  readonly periods: readonly Period[];
}

const lastOf = ({ admitted, moves, ready, discharged }: Stay): Instant =>
  [...moves, ...ready.map((spell) => spell.withdrawn ?? spell.declared), ...(discharged ? [discharged] : [])].reduce(
    (last, { at }) => latest(last, at),
    admitted.at,
  );

export function standingOf(record: PersonRecord, journey: Journey): StandingNow {
  const stay = record.stays.at(-1);
  const lastAt = [stay && lastOf(stay), record.death?.at].reduce<Instant>(
    (last, at) => (at === undefined ? last : latest(last, at)),
    journey.last.at,
  );
  const periods = responsibilityTimeline(record, journey.journeyId, END_OF_TIME);
  const now = periods.findLastIndex(({ from }) => from <= lastAt);
  return { lastAt, responsible: periods[now], next: periods[now + 1], periods };
}

/** The hospital stay that has not ended. */
export const openStay = (record: PersonRecord): Stay | undefined =>
  record.stays.findLast(({ discharged }) => discharged === undefined);
