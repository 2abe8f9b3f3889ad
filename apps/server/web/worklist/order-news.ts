/** What is new of something ordered, in one sentence. */
import type { Change } from '#pathway';
import { inSentence, longDate, orderCancelWords, orderFailureWords, orderKindWords } from '#web';

/** @param them who ordered it, where that was another team */
export function orderNews({ state, reason, order_kind, promised_on }: Change, them: string | null): string {
  const kind = orderKindWords[order_kind ?? 'equipment'];
  const thing = them === null ? kind : `${kind}, ordered by ${them},`;
  const day = promised_on === null ? null : longDate(promised_on);
  switch (state) {
    case 'late':
      return `Late: ${inSentence(thing)} promised by ${day} and not come.`;
    case 'notCome': {
      const why = inSentence(orderFailureWords[reason as keyof typeof orderFailureWords] ?? 'no reason given');
      const next = day === null ? 'no other day has been promised: ask for one' : `now promised by ${day}`;
      return `${thing} did not come (${why}); ${next}.`;
    }
    case 'toCancel':
      return `The person has died: cancel ${inSentence(thing)} still to come.`;
    case 'delivered':
      return `${thing} came.`;
    case 'cancelled': {
      const why = inSentence(orderCancelWords[reason as keyof typeof orderCancelWords] ?? 'no reason given');
      return `Cancelled: ${inSentence(kind)}${them === null ? '' : `, ordered by ${them}`} (${why}).`;
    }
    default: {
      const when = day === null ? 'no day has been promised' : `to come by ${day}`;
      return them === null ? `Ordered: ${inSentence(kind)}, ${when}.` : `${them} ordered ${inSentence(kind)}, ${when}.`;
    }
  }
}
