export * from './domain/answer-link/state.js';
export * from './domain/codes.js';
export { isDeath, isOwn, stayThatGoesOn, whatHangsOnOwn } from './domain/entry/own.js';
export { asMade, canMove, isOfReferral, whatHangsOn } from './domain/entry/together.js';
export * from './domain/context.js';
export * from './domain/events.js';
export * from './domain/fields.js';
export { consentFor, isWithheld, withheldFrom } from './domain/consent/consent.js';
export {
  answeredAs,
  reportStandings,
  type AnsweredAs,
  type ReportStanding,
} from './domain/handoff/answered-as.js';
export { handoffOf } from './domain/handoff/change.js';
export * from './domain/handoff/clocks.js';
export { problemOf } from './domain/handoff/reactions.js';
export * from './domain/handoff/state.js';
export * from './domain/journey/moments.js';
export { orderIsOpen, orderIsOverdue, orderNeedsAction, orderUrgency, type Order } from './domain/order/state.js';
export { pathwayRegistry, recordFold, recordOf } from './domain/record/fold.js';
export * from './domain/record/mark.js';
export { movesFrom } from './domain/record/moves.js';
export * from './domain/record/state.js';
export type { EligibilityAnswer } from './domain/referral/eligibility.js';
export * from './domain/responsibility/alerts.js';
export { heldFrom } from './domain/responsibility/effect.js';
export { currentStay, hospitalTeam } from './domain/responsibility/hospital.js';
export * from './domain/responsibility/responsibility.js';
export * from './domain/responsibility/state.js';
export * from './domain/responsibility/visibility.js';
export * from './glossary.js';
export * from './read-models/index.js';
export * from './use-cases/index.js';
