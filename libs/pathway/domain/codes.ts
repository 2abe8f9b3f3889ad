/** Coded values of the journey. On screens the glossary's words stand for them (docs/glossary). */

export const urgencies = ['immediate', 'urgent', 'soon', 'routine'] as const;
export type Urgency = (typeof urgencies)[number];

/** Who asked for help (FACTS 7.2: carers and people themselves may refer). */
export const referrers = [
  'generalPractitioner',
  'hospital',
  'communityTeam',
  'socialCare',
  'voluntarySector',
  'mentalHealth',
  'self',
  'carer',
  'other',
] as const;

/** Of one criterion of a pathway, when a referral is taken. What is not known is not "no". */
export const eligibilityAnswers = ['met', 'notMet', 'notKnown'] as const;

export const referralDeclineReasons = [
  'notEligible',
  'outOfArea',
  'alreadyKnown',
  'notConsented',
  'duplicate',
  'other',
] as const;

export const handoffDeclineReasons = [
  'noCapacity',
  'outsideWhatWeTake',
  'outOfArea',
  'notEnoughInformation',
  'needsReassessment',
  'teamClosed',
  'other',
] as const;

/**
 * How sure it is who gave an answer: signed in, by a one-use link with a code that the sender read out, or written down
 * by the other party after a telephone call (ADR 0007).
 */
export const identityStrengths = ['account', 'linkWithCode', 'telephoneReport'] as const;
export type IdentityStrength = (typeof identityStrengths)[number];

/** When an acceptance takes effect (DESIGN 6). */
export const takesEffect = ['now', 'atTime', 'atDischarge'] as const;

export const withdrawalReasons = [
  'noLongerNeeded',
  'deteriorated',
  'wrongTeam',
  'wrongPerson',
  'acceptedElsewhere',
  'died',
  'other',
] as const;

/** "None known" is not "not asked" (SCENARIOS). */
export const askedAbout = ['yes', 'noneKnown', 'notAsked'] as const;

/** The person's own part in it. */
export const agreements = ['agreed', 'objected', 'lacksCapacityBestInterests', 'notAsked'] as const;

/** Basis for sharing named on every offer (FACTS 6). */
export const sharingBases = ['directCareConsent', 'directCareImplied', 'bestInterests', 'statutory'] as const;

/** What the person said about sharing their record. */
export const consentDecisions = ['given', 'refused', 'withdrawn'] as const;
/** With whom. */
export const consentScopes = ['everyone', 'sector', 'organisation'] as const;

/** Why something is shared although the person refused or withdrew their consent `[M]`. */
export const overridingReasons = ['vitalInterests', 'safeguarding', 'bestInterests', 'legalDuty'] as const;

/** Why an escalation was raised with the sender's duty manager. */
export const escalationCauses = ['notSeen', 'notAnswered', 'declineNotActedOn', 'notConfirmed'] as const;
export type EscalationCause = (typeof escalationCauses)[number];

/** Why a receiver was reminded: of an offer, or of an acceptance that somebody else wrote down. */
export const chaserCauses = ['notSeen', 'notAnswered', 'notConfirmed'] as const;
export type ChaserCause = (typeof chaserCauses)[number];

/** What the engine does by itself about a handover, unless somebody does something first. How long it waits is data. */
export const reactionRules = [
  'chaseNotSeen',
  'chaseNotAnswered',
  'escalateNotSeen',
  'escalateNotAnswered',
  'escalateDecline',
  'chaseNotConfirmed',
  'escalateNotConfirmed',
  'lapse',
] as const;
export type ReactionRule = (typeof reactionRules)[number];

/** What somebody is told without having asked: reminders, what a duty manager has to know, and alerts. */
export const noticeKinds = [
  'remindedNotSeen',
  'remindedNotAnswered',
  'remindedNotConfirmed',
  'toldNotSeen',
  'toldNotAnswered',
  'toldDecline',
  'toldNotConfirmed',
  'deteriorated',
  'homeEarly',
  'doNotContact',
  'offerRevised',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Why an offer says something else than when it was sent. Our own list. */
export const revisionReasons = ['wasWrong', 'wasMissing', 'hasChanged'] as const;

/** Why an entry was put right, taken back or moved. */
export const correctionReasons = ['recordedWrongly', 'sourceChanged', 'wrongPerson', 'duplicate', 'other'] as const;

/** Why somebody new is not the person of the same name and birth date who is known already. */
export const differences = ['anotherFirstName', 'anotherNumber', 'anotherAddress', 'theySaySo', 'other'] as const;

export const contactModes = ['visit', 'clinic', 'telephone', 'video', 'group', 'other'] as const;

/** The receiver's verdict at first contact: was the person as the handover described? Our own list. */
export const asDescribed = ['yes', 'partly', 'no'] as const;

/** What a handover left out or had otherwise: what an offer carries (SCENARIOS), and what receivers look for besides. */
export const missingFromHandover = [
  'need',
  'risks',
  'safeguarding',
  'communication',
  'carer',
  'medicines',
  'equipment',
  'access',
  'telephone',
  'toldPerson',
  'other',
] as const;
export type MissingFromHandover = (typeof missingFromHandover)[number];

/** UK Core / NHS Data Dictionary admission methods, by our own group (FACTS 3.6). */
export const admissionMethods = [
  '11',
  '12',
  '13',
  '21',
  '22',
  '23',
  '24',
  '25',
  '28',
  '2A',
  '2B',
  '2C',
  '2D',
  '31',
  '32',
  '81',
  '82',
  '83',
  '84',
  '89',
  '98',
  '99',
] as const;

export const isEmergency = (method: string): boolean => /^2[1-58ABD]$/.test(method) && method !== '2B';

export const dischargeDestinations = [
  'usualResidence',
  'careHome',
  'hospital',
  'hospice',
  'temporary',
  'died',
  'other',
  'unknown',
] as const;

export const placesOfDeath = ['usualResidence', 'careHome', 'hospital', 'hospice', 'other', 'unknown'] as const;
export const sexes = ['female', 'male', 'other', 'unknown'] as const;

/** What coordinators order themselves (SCENARIOS, a working morning at 10:15). */
export const orderKinds = ['equipment', 'meals', 'placement'] as const;
export const orderFailureReasons = [
  'notInStock',
  'noRoom',
  'notAtHome',
  'wrongItem',
  'personRefused',
  'other',
] as const;
export const orderCancelReasons = [
  'noLongerNeeded',
  'personsChoice',
  'orderedTwice',
  'inHospital',
  'died',
  'other',
] as const;

export const pauseReasons = ['inHospital', 'awayFromHome', 'personsChoice', 'other'] as const;
export const closeReasons = [
  'goalsMet',
  'personsChoice',
  'movedAway',
  'movedToOtherService',
  'notEligible',
  'died',
  'other',
] as const;
