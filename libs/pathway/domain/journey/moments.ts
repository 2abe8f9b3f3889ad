import type { Mark } from '../record/mark.js';
import type { Journey, PersonRecord } from '../record/state.js';

/** Moments that the rules of a pathway count from, such as its index date. */
export const journeyMoments = ['referralMade', 'referralAccepted', 'planAgreed'] as const;
export type JourneyMoment = (typeof journeyMoments)[number];

/**
 * The first time that it happened on this journey, with corrections in place; undefined while it has not. Before and
 * after of the evaluation are counted from the index date, whose rule the definition of the pathway names (FACTS 2.4).
 */
export function momentOf(
  moment: JourneyMoment,
  { plans }: PersonRecord,
  { journeyId, referral }: Journey,
): Mark | undefined {
  switch (moment) {
    case 'referralMade':
      return referral?.made;
    case 'referralAccepted':
      return referral?.accepted;
    case 'planAgreed':
      return plans
        .filter((plan) => plan.journeyId === journeyId)
        .map(({ agreed }) => agreed)
        .reduce<Mark | undefined>((first, agreed) => (first && first.at <= agreed.at ? first : agreed), undefined);
  }
}
