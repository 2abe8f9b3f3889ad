/** Every use case of the pathway; each is a folder of its own. */
import { acceptHandoffUseCase } from './accept-handoff/accept-handoff.js';
import { acceptReferralUseCase } from './accept-referral/accept-referral.js';
import { acknowledgeHandoffUseCase } from './acknowledge-handoff/acknowledge-handoff.js';
import { actOnDeclineUseCase } from './act-on-decline/act-on-decline.js';
import { agreeCarePlanUseCase } from './agree-care-plan/agree-care-plan.js';
import { answerByLinkUseCase } from './answer-by-link/answer-by-link.js';
import { chaseHandoffUseCase } from './chase-handoff/chase-handoff.js';
import { cancelOrderUseCase } from './cancel-order/cancel-order.js';
import { closeJourneyUseCase } from './close-journey/close-journey.js';
import { confirmHandoffReportUseCase } from './confirm-handoff-report/confirm-handoff-report.js';
import { correctEntryUseCase } from './correct-entry/correct-entry.js';
import { declareReadyUseCase } from './declare-ready/declare-ready.js';
import { declineHandoffUseCase } from './decline-handoff/decline-handoff.js';
import { declineReferralUseCase } from './decline-referral/decline-referral.js';
import { disputeHandoffReportUseCase } from './dispute-handoff-report/dispute-handoff-report.js';
import { endAnswerLinkUseCase } from './end-answer-link/end-answer-link.js';
import { enterAnswerLinkCodeUseCase } from './enter-answer-link-code/enter-answer-link-code.js';
import { escalateHandoffUseCase } from './escalate-handoff/escalate-handoff.js';
import { issueAnswerLinkUseCase } from './issue-answer-link/issue-answer-link.js';
import { lapseHandoffUseCase } from './lapse-handoff/lapse-handoff.js';
import { markEntryInErrorUseCase } from './mark-entry-in-error/mark-entry-in-error.js';
import { moveEntriesInUseCase } from './move-entries-in/move-entries-in.js';
import { moveEntriesOutUseCase } from './move-entries-out/move-entries-out.js';
import { moveJourneyToDefinitionUseCase } from './move-journey-to-definition/move-journey-to-definition.js';
import { nameKeyWorkerUseCase } from './name-key-worker/name-key-worker.js';
import { offerHandoffUseCase } from './offer-handoff/offer-handoff.js';
import { pauseJourneyUseCase } from './pause-journey/pause-journey.js';
import { readHandoffNoticeUseCase } from './read-handoff-notice/read-handoff-notice.js';
import { placeOrderUseCase } from './place-order/place-order.js';
import { recordAdmissionUseCase } from './record-admission/record-admission.js';
import { recordCarePlanUseCase } from './record-care-plan/record-care-plan.js';
import { recordConsentUseCase } from './record-consent/record-consent.js';
import { recordContactUseCase } from './record-contact/record-contact.js';
import { recordDeathUseCase } from './record-death/record-death.js';
import { recordDischargeUseCase } from './record-discharge/record-discharge.js';
import { recordEncounterUseCase } from './record-encounter/record-encounter.js';
import { recordFirstContactUseCase } from './record-first-contact/record-first-contact.js';
import { recordOrderDeliveryUseCase } from './record-order-delivery/record-order-delivery.js';
import { recordOrderFailureUseCase } from './record-order-failure/record-order-failure.js';
import { recordTransferUseCase } from './record-transfer/record-transfer.js';
import { redirectReferralUseCase } from './redirect-referral/redirect-referral.js';
import { reportHandoffAnswerUseCase } from './report-handoff-answer/report-handoff-answer.js';
import { reviseOfferUseCase } from './revise-offer/revise-offer.js';
import { resolveHandoffDisputeUseCase } from './resolve-handoff-dispute/resolve-handoff-dispute.js';
import { resumeJourneyUseCase } from './resume-journey/resume-journey.js';
import { reviewCarePlanUseCase } from './review-care-plan/review-care-plan.js';
import { seeHandoffProblemUseCase } from './see-handoff-problem/see-handoff-problem.js';
import { takeReferralUseCase } from './take-referral/take-referral.js';
import { withdrawHandoffUseCase } from './withdraw-handoff/withdraw-handoff.js';
import { withdrawReadinessUseCase } from './withdraw-readiness/withdraw-readiness.js';

export const pathwayUseCases = [
  takeReferralUseCase,
  acceptReferralUseCase,
  declineReferralUseCase,
  redirectReferralUseCase,
  nameKeyWorkerUseCase,
  offerHandoffUseCase,
  reviseOfferUseCase,
  acknowledgeHandoffUseCase,
  acceptHandoffUseCase,
  declineHandoffUseCase,
  actOnDeclineUseCase,
  withdrawHandoffUseCase,
  seeHandoffProblemUseCase,
  lapseHandoffUseCase,
  chaseHandoffUseCase,
  escalateHandoffUseCase,
  readHandoffNoticeUseCase,
  reportHandoffAnswerUseCase,
  confirmHandoffReportUseCase,
  disputeHandoffReportUseCase,
  resolveHandoffDisputeUseCase,
  issueAnswerLinkUseCase,
  endAnswerLinkUseCase,
  enterAnswerLinkCodeUseCase,
  answerByLinkUseCase,
  recordFirstContactUseCase,
  recordConsentUseCase,
  recordContactUseCase,
  agreeCarePlanUseCase,
  reviewCarePlanUseCase,
  placeOrderUseCase,
  recordOrderDeliveryUseCase,
  recordOrderFailureUseCase,
  cancelOrderUseCase,
  recordAdmissionUseCase,
  recordTransferUseCase,
  declareReadyUseCase,
  withdrawReadinessUseCase,
  recordDischargeUseCase,
  recordDeathUseCase,
  pauseJourneyUseCase,
  resumeJourneyUseCase,
  closeJourneyUseCase,
  moveJourneyToDefinitionUseCase,
  correctEntryUseCase,
  markEntryInErrorUseCase,
  moveEntriesOutUseCase,
  moveEntriesInUseCase,
  recordEncounterUseCase,
  recordCarePlanUseCase,
] as const;

export { AcceptHandoff } from './accept-handoff/accept-handoff.js';
export { AcceptReferral } from './accept-referral/accept-referral.js';
export { AcknowledgeHandoff } from './acknowledge-handoff/acknowledge-handoff.js';
export { ActOnDecline } from './act-on-decline/act-on-decline.js';
export { AgreeCarePlan } from './agree-care-plan/agree-care-plan.js';
export { ChaseHandoff } from './chase-handoff/chase-handoff.js';
export { AnswerByLink } from './answer-by-link/answer-by-link.js';
export { CancelOrder } from './cancel-order/cancel-order.js';
export { CloseJourney } from './close-journey/close-journey.js';
export { ConfirmHandoffReport } from './confirm-handoff-report/confirm-handoff-report.js';
export { CorrectEntry } from './correct-entry/correct-entry.js';
export { DeclareReady } from './declare-ready/declare-ready.js';
export { DeclineHandoff } from './decline-handoff/decline-handoff.js';
export { DeclineReferral } from './decline-referral/decline-referral.js';
export { DisputeHandoffReport } from './dispute-handoff-report/dispute-handoff-report.js';
export { EndAnswerLink } from './end-answer-link/end-answer-link.js';
export { EnterAnswerLinkCode } from './enter-answer-link-code/enter-answer-link-code.js';
export { EscalateHandoff } from './escalate-handoff/escalate-handoff.js';
export { IssueAnswerLink } from './issue-answer-link/issue-answer-link.js';
export { LapseHandoff } from './lapse-handoff/lapse-handoff.js';
export { MarkEntryInError } from './mark-entry-in-error/mark-entry-in-error.js';
export { MoveEntriesIn } from './move-entries-in/move-entries-in.js';
export { MoveEntriesOut } from './move-entries-out/move-entries-out.js';
export { MoveJourneyToDefinition } from './move-journey-to-definition/move-journey-to-definition.js';
export { NameKeyWorker } from './name-key-worker/name-key-worker.js';
export { OfferHandoff } from './offer-handoff/offer-handoff.js';
export { PauseJourney } from './pause-journey/pause-journey.js';
export { ReadHandoffNotice } from './read-handoff-notice/read-handoff-notice.js';
export { PlaceOrder } from './place-order/place-order.js';
export { RecordAdmission } from './record-admission/record-admission.js';
export { RecordCarePlan } from './record-care-plan/record-care-plan.js';
export { RecordConsent } from './record-consent/record-consent.js';
export { RecordContact } from './record-contact/record-contact.js';
export { RecordDeath } from './record-death/record-death.js';
export { RecordDischarge } from './record-discharge/record-discharge.js';
export { RecordEncounter } from './record-encounter/record-encounter.js';
export { RecordFirstContact } from './record-first-contact/record-first-contact.js';
export { RecordOrderDelivery } from './record-order-delivery/record-order-delivery.js';
export { RecordOrderFailure } from './record-order-failure/record-order-failure.js';
export { RecordTransfer } from './record-transfer/record-transfer.js';
export { RedirectReferral } from './redirect-referral/redirect-referral.js';
export { ReportHandoffAnswer } from './report-handoff-answer/report-handoff-answer.js';
export { ReviseOffer } from './revise-offer/revise-offer.js';
export { ResolveHandoffDispute } from './resolve-handoff-dispute/resolve-handoff-dispute.js';
export { ResumeJourney } from './resume-journey/resume-journey.js';
export { ReviewCarePlan } from './review-care-plan/review-care-plan.js';
export { SeeHandoffProblem } from './see-handoff-problem/see-handoff-problem.js';
export { TakeReferral } from './take-referral/take-referral.js';
export { WithdrawHandoff } from './withdraw-handoff/withdraw-handoff.js';
export { WithdrawReadiness } from './withdraw-readiness/withdraw-readiness.js';
