import type { Sector } from '#kernel';
import type {
  admissionMethods,
  asDescribed,
  agreements,
  askedAbout,
  closeReasons,
  consentDecisions,
  consentScopes,
  contactModes,
  correctionReasons,
  differences,
  dischargeDestinations,
  eligibilityAnswers,
  handoffDeclineReasons,
  identityStrengths,
  missingFromHandover,
  orderCancelReasons,
  orderFailureReasons,
  orderKinds,
  overridingReasons,
  pauseReasons,
  placesOfDeath,
  referralDeclineReasons,
  referrers,
  sexes,
  sharingBases,
  takesEffect,
  Urgency,
  revisionReasons,
  withdrawalReasons,
} from '../domain/codes.js';
import type { ReportStanding } from '../domain/handoff/answered-as.js';
import type { Words, WordsFor } from './words.js';

export const sector: Words<Sector> = {
  primary: 'primary care',
  community: 'community health',
  secondary: 'hospital',
  mentalHealth: 'mental health',
  socialCare: 'social care',
  thirdSector: 'voluntary sector',
  childrensServices: "children's services",
  education: 'education',
  criminalJustice: 'criminal justice',
  housing: 'housing',
};

/** How sure it is who gave an answer. */
export const identityStrength: WordsFor<typeof identityStrengths> = {
  account: 'with an account',
  linkWithCode: 'by a link with a code',
  telephoneReport: 'reported by telephone',
};

/** What became of an answer that was given without an account. */
export const reportStanding: Words<ReportStanding> = {
  notConfirmed: 'not confirmed',
  confirmed: 'confirmed',
  disputed: 'disputed',
};

export const urgency: Words<Urgency> = { immediate: 'immediate', urgent: 'urgent', soon: 'soon', routine: 'routine' };

export const referrer: WordsFor<typeof referrers> = {
  generalPractitioner: 'GP',
  hospital: 'hospital',
  communityTeam: 'community team',
  socialCare: 'social care',
  voluntarySector: 'voluntary sector',
  mentalHealth: 'mental health',
  self: 'the person',
  carer: 'a carer',
  other: 'somebody else',
};

export const referralDeclineReason: WordsFor<typeof referralDeclineReasons> = {
  notEligible: 'not eligible',
  outOfArea: 'out of area',
  alreadyKnown: 'already known to us',
  notConsented: 'did not agree',
  duplicate: 'referred already',
  other: 'another reason',
};

export const handoffDeclineReason: WordsFor<typeof handoffDeclineReasons> = {
  noCapacity: 'no room',
  outsideWhatWeTake: 'not what we do',
  outOfArea: 'out of area',
  notEnoughInformation: 'not enough information',
  needsReassessment: 'needs to be assessed again',
  teamClosed: 'the team has closed',
  other: 'another reason',
};

export const effect: WordsFor<typeof takesEffect> = {
  now: 'at once',
  atTime: 'from a time',
  atDischarge: 'at discharge',
};

export const withdrawalReason: WordsFor<typeof withdrawalReasons> = {
  noLongerNeeded: 'no longer needed',
  deteriorated: 'the person got worse',
  wrongTeam: 'wrong team',
  wrongPerson: 'wrong person',
  acceptedElsewhere: 'another team accepted',
  died: 'the person died',
  other: 'another reason',
};

export const eligibilityAnswer: WordsFor<typeof eligibilityAnswers> = {
  met: 'met',
  notMet: 'not met',
  notKnown: 'not known',
};

export const asked: WordsFor<typeof askedAbout> = { yes: 'yes', noneKnown: 'none known', notAsked: 'not asked' };

export const agreement: WordsFor<typeof agreements> = {
  agreed: 'agreed',
  objected: 'objected',
  lacksCapacityBestInterests: 'cannot decide this; in their best interests',
  notAsked: 'not asked',
};

export const sharing: WordsFor<typeof sharingBases> = {
  directCareConsent: 'the person agreed',
  directCareImplied: 'direct care, as the person would expect',
  bestInterests: "in the person's best interests",
  statutory: 'the law requires it',
};

export const consentDecision: WordsFor<typeof consentDecisions> = {
  given: 'consented',
  refused: 'refused',
  withdrawn: 'withdrew consent',
};

export const consentScope: WordsFor<typeof consentScopes> = {
  everyone: 'everyone who cares for them',
  sector: 'one sector',
  organisation: 'one organisation',
};

export const overridingReason: WordsFor<typeof overridingReasons> = {
  vitalInterests: "somebody's life is at risk",
  safeguarding: 'a child or an adult is at risk of harm (safeguarding)',
  bestInterests: 'the person cannot decide this, and it is in their best interests',
  legalDuty: 'a court or a law requires it',
};

export const revision: WordsFor<typeof revisionReasons> = {
  wasWrong: 'something in it was wrong',
  wasMissing: 'something was missing',
  hasChanged: 'something has changed since',
};

export const correction: WordsFor<typeof correctionReasons> = {
  recordedWrongly: 'written down wrongly',
  sourceChanged: 'the source changed it',
  wrongPerson: 'wrong person',
  duplicate: 'written down twice',
  other: 'another reason',
};

export const difference: WordsFor<typeof differences> = {
  anotherFirstName: 'another first name',
  anotherNumber: 'another NHS number',
  anotherAddress: 'another address',
  theySaySo: 'they or their family say so',
  other: 'another reason',
};

export const contactMode: WordsFor<typeof contactModes> = {
  visit: 'visit',
  clinic: 'clinic',
  telephone: 'telephone',
  video: 'video',
  group: 'group',
  other: 'other',
};

export const described: WordsFor<typeof asDescribed> = { yes: 'yes', partly: 'partly', no: 'no' };

export const missing: WordsFor<typeof missingFromHandover> = {
  need: 'what the person needs',
  risks: 'risks',
  safeguarding: 'safeguarding',
  communication: 'communication needs',
  carer: 'the carer and how to reach them',
  medicines: 'medicines',
  equipment: 'equipment',
  access: 'how to get in',
  telephone: 'whom to ring',
  toldPerson: 'what the person had been told',
  other: 'something else',
};

/** NHS Data Dictionary, ADMISSION METHOD; the newer codes were not in use in 2011. */
export const admissionMethod: WordsFor<typeof admissionMethods> = {
  '11': 'planned, from the waiting list',
  '12': 'planned, booked',
  '13': 'planned in advance',
  '21': 'emergency, through A&E',
  '22': 'emergency, from a GP',
  '23': 'emergency, through a bed bureau',
  '24': 'emergency, from a consultant clinic',
  '25': 'emergency, by a mental health crisis team',
  '28': 'emergency, other',
  '2A': 'emergency, A&E of another hospital',
  '2B': 'transfer of an admitted patient',
  '2C': 'baby born at home as intended',
  '2D': 'emergency, other',
  '31': 'maternity, before the birth',
  '32': 'maternity, after the birth',
  '81': 'transfer from another hospital, not an emergency',
  '82': 'birth in this hospital',
  '83': 'birth outside this hospital',
  '84': 'secure mental health unit',
  '89': 'from the waiting list of another hospital',
  '98': 'does not apply',
  '99': 'not known',
};

export const destination: WordsFor<typeof dischargeDestinations> = {
  usualResidence: 'home',
  careHome: 'care home',
  hospital: 'another hospital',
  hospice: 'hospice',
  temporary: 'somewhere for a while',
  died: 'died',
  other: 'somewhere else',
  unknown: 'not known',
};

export const placeOfDeath: WordsFor<typeof placesOfDeath> = {
  usualResidence: 'at home',
  careHome: 'in a care home',
  hospital: 'in hospital',
  hospice: 'in a hospice',
  other: 'somewhere else',
  unknown: 'not known where',
};

export const sex: WordsFor<typeof sexes> = { female: 'female', male: 'male', other: 'other', unknown: 'not known' };

export const orderKind: WordsFor<typeof orderKinds> = {
  equipment: 'equipment',
  meals: 'meals',
  placement: 'placement',
};

export const orderFailure: WordsFor<typeof orderFailureReasons> = {
  notInStock: 'not in stock',
  noRoom: 'no room',
  notAtHome: 'nobody was at home',
  wrongItem: 'the wrong thing came',
  personRefused: 'the person did not want it',
  other: 'another reason',
};

export const orderCancel: WordsFor<typeof orderCancelReasons> = {
  noLongerNeeded: 'no longer needed',
  personsChoice: "the person's choice",
  orderedTwice: 'ordered twice',
  inHospital: 'in hospital',
  died: 'died',
  other: 'another reason',
};

export const pauseReason: WordsFor<typeof pauseReasons> = {
  inHospital: 'in hospital',
  awayFromHome: 'away from home',
  personsChoice: "the person's choice",
  other: 'another reason',
};

export const closeReason: WordsFor<typeof closeReasons> = {
  goalsMet: 'what was agreed is done',
  personsChoice: "the person's choice",
  movedAway: 'moved away',
  movedToOtherService: 'another service took over',
  notEligible: 'not eligible',
  died: 'died',
  other: 'another reason',
};
