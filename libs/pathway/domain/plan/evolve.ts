import { idOfStream } from '#kernel';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { PersonRecord } from '../record/state.js';

export const planHandlers: Handlers<PersonRecord> = {
  CarePlanAgreed: (record, data, event) =>
    record.plans.some(({ plan }) => plan === data.plan)
      ? undefined
      : {
          ...record,
          plans: [
            ...record.plans,
            {
              ...data,
              ...(event.stream.startsWith('journey-') && { journeyId: idOfStream(event.stream) }),
              agreed: markOf(event),
              reviews: [],
            },
          ],
        },

  CarePlanReviewed: (record, { plan, team, reviewBy }, event) => {
    const index = record.plans.findIndex((known) => known.plan === plan);
    const known = record.plans[index];
    if (!known) return undefined;
    const reviews = [...known.reviews, { ...markOf(event), ...(team && { team }) }];
    return { ...record, plans: record.plans.with(index, { ...known, ...(reviewBy && { reviewBy }), reviews }) };
  },
};
