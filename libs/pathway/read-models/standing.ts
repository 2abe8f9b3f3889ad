/** How a journey stands after everything that is known of it, for rows that hold no clock. */
import { latest, type Instant } from '#kernel';
import type { Team } from '../domain/fields.js';
import type { Mark } from '../domain/record/mark.js';
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
  /** The team that held before, where another or nobody holds now. */
  readonly before: Team | undefined;
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
  const responsible = periods[now];
  return {
    lastAt,
    responsible,
    next: periods[now + 1],
    before: heldBefore(periods.slice(0, Math.max(now, 0)), responsible),
    periods,
  };
}

function heldBefore(earlier: readonly Period[], now: Period | undefined): Team | undefined {
  const current = now?.kind === 'team' ? now.team.team : undefined;
  const found = earlier.findLast((period) => period.kind === 'team' && period.team.team !== current);
  return found?.kind === 'team' ? found.team : undefined;
}

/**
 * When it was learned what has been so since that moment: late entries come after it, and an acceptance for a later
 * time before.
 */
export function learnedAt(record: PersonRecord, { referral, handoffs, closed }: Journey, since: Instant): Instant {
  const marks: readonly (Mark | undefined)[] = [
    referral?.made,
    referral?.accepted,
    referral?.declined,
    ...handoffs.flatMap(({ accepted, dispute }) => [accepted, dispute?.raised, dispute?.resolved]),
    ...record.stays.flatMap(({ admitted, moves, discharged }) => [admitted, ...moves, discharged]),
    record.death,
    closed,
  ];
  return marks.reduce((learned, mark) => (mark?.at === since ? latest(learned, mark.recordedAt) : learned), since);
}

/** The hospital stay that has not ended. */
export const openStay = (record: PersonRecord): Stay | undefined =>
  record.stays.findLast(({ discharged }) => discharged === undefined);
