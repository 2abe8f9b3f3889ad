import type { PathwayEventType } from '../domain/events.js';
import type { ClockOutcome, HandoffClockName } from '../domain/handoff/clocks.js';
import type { HandoffStatus } from '../domain/handoff/state.js';
import type { Alert } from '../domain/responsibility/alerts.js';
import type { HeldBecause, NobodyBecause } from '../domain/responsibility/state.js';
import type { Words } from './words.js';

export const handoffStatus: Words<HandoffStatus> = {
  offered: 'offered, not seen yet',
  acknowledged: 'seen, not accepted',
  accepted: 'accepted',
  declined: 'declined',
  withdrawn: 'withdrawn',
  lapsed: 'not answered in time',
  stopped: 'stopped',
  disputed: 'disputed',
};

/** What the status means for the team that reads it. */
export const toSender: Words<HandoffStatus> = {
  offered: 'offered, not seen yet: you are still responsible',
  acknowledged: 'seen, not accepted: you are still responsible',
  accepted: 'accepted',
  declined: 'declined: you are still responsible',
  withdrawn: 'withdrawn',
  lapsed: 'not answered in time: you are still responsible',
  stopped: 'stopped',
  disputed: 'disputed: you are responsible until it is settled',
};

export const toReceiver: Words<HandoffStatus> = {
  offered: 'offered to you: not yours until you accept',
  acknowledged: 'seen: not yours until you accept',
  accepted: 'accepted by you',
  declined: 'declined by you: you are not responsible',
  withdrawn: 'withdrawn: you are not responsible',
  lapsed: 'not answered in time: you are not responsible',
  stopped: 'stopped: you are not responsible',
  disputed: 'disputed: you are not responsible until it is settled',
};

export const held: Words<HeldBecause> = {
  tookReferral: 'took the referral',
  acceptedHandoff: 'accepted the handover',
  admission: 'admitted the person',
  transfer: 'took the person over in hospital',
  dischargeToReceiver: 'accepted for the discharge',
  returned: 'has the person back from hospital',
  disputed: 'the receiver denies having accepted',
  disputeResolved: 'both sides settled it so',
};

export const nobody: Words<NobodyBecause> = {
  notStarted: 'not started yet',
  referralNotTaken: 'nobody has taken the referral',
  referralDeclined: 'the referral was declined',
  receiverClosed: 'nobody has accepted: the team that was to receive the person has closed',
  receiverNotAccepted: 'nobody has accepted: the team that was to receive the person has not answered',
  dischargedToNobody: 'nobody has accepted: discharged with no team to go to',
};

export const alert: Words<Alert['kind']> = {
  deteriorated: 'got worse and stays in hospital for now',
  homeEarly: 'left hospital earlier than planned: you are responsible',
  doNotContact: 'died: do not contact',
};

export const clock: Words<HandoffClockName> = {
  H1: 'time until seen',
  H2: 'time until accepted',
  H3: 'time with nobody responsible',
  H4: 'time until first contact',
  H5: 'time until offered again',
};

export const clockOutcome: Words<ClockOutcome> = {
  acknowledged: 'seen',
  accepted: 'accepted',
  assumed: 'taken over',
  contacted: 'seen or spoken to',
  offeredAgain: 'offered again',
  declined: 'declined',
  withdrawn: 'withdrawn',
  lapsed: 'not answered in time',
  stopped: 'stopped',
  open: 'still open',
};

export const event: Words<PathwayEventType> = {
  PersonRegistered: 'registered',
  PersonDied: 'died',
  ReferralMade: 'referred',
  ReferralAccepted: 'referral taken',
  ReferralDeclined: 'referral declined',
  ReferralRedirected: 'referral passed on',
  KeyWorkerNamed: 'key worker named',
  HandoffOffered: 'handover offered',
  HandoffOfferRevised: 'what a handover says was put right',
  HandoffAcknowledged: 'handover seen, not accepted',
  HandoffAccepted: 'handover accepted',
  HandoffDeclined: 'handover declined',
  HandoffDeclineSeen: 'decline acted on',
  HandoffWithdrawn: 'handover withdrawn',
  HandoffLapsed: 'handover not answered in time',
  HandoffChased: 'receiver reminded',
  HandoffProblemSeen: 'decline or delay seen by the sender',
  HandoffEscalated: 'duty manager told',
  HandoffNoticeRead: 'notice read',
  HandoffAnswerReported: 'answer by telephone reported, not confirmed',
  HandoffReportConfirmed: 'reported answer confirmed',
  HandoffReportDisputed: 'reported answer disputed',
  HandoffDisputeResolved: 'dispute settled',
  AnswerLinkIssued: 'link to answer with made',
  AnswerLinkCodeRefused: 'wrong code given for a link',
  AnswerLinkOpened: 'handover seen by a link with a code, not accepted',
  AnswerLinkEnded: 'link to answer with ended by the sender',
  HandoffAnsweredByLink: 'answered by a link with a code, not confirmed',
  FirstContactRecorded: 'first contact',
  ContactRecorded: 'contact',
  EmergencyAttended: 'came to A&E',
  CarePlanAgreed: 'care plan agreed',
  CarePlanReviewed: 'care plan reviewed',
  OrderPlaced: 'ordered',
  OrderDelivered: 'order delivered',
  OrderFailed: 'order did not come',
  OrderCancelled: 'order cancelled',
  ConsentRecorded: 'said with whom to share',
  Admitted: 'admitted to hospital',
  Transferred: 'moved within hospital',
  ReadyForTransferDeclared: 'ready to leave hospital',
  ReadinessWithdrawn: 'no longer ready to leave hospital',
  Discharged: 'left hospital',
  JourneyPaused: 'paused',
  JourneyResumed: 'resumed',
  JourneyClosed: 'closed',
  JourneyMovedToDefinition: 'moved to another version of the pathway',
  EntryCorrected: 'entry corrected',
  EntryMarkedInError: 'entry made in error',
  EntriesMovedOut: 'moved to another record',
  EntryMovedIn: 'moved from another record',
};

/** What a status or a figure may be marked with besides. */
export const mark = {
  reported: 'reported, not confirmed',
  disputed: 'disputed: two accounts stand',
  answeredBefore: 'answered before, recorded late',
  incomplete: 'may be incomplete',
  nobody: 'nobody is responsible',
} as const;
