/**
 * The field's own words for our codes (SCENARIOS, glossary). Every code of the domain has its words here: the types
 * hold the lists complete.
 */
import type { Role, Sector } from '#kernel';
import type {
  agreements, admissionMethods, askedAbout, closeReasons, contactModes, correctionReasons, dischargeDestinations,
  handoffDeclineReasons, pauseReasons, placesOfDeath, referralDeclineReasons, referrers, sexes, sharingBases,
  takesEffect, urgencies, withdrawalReasons, WorklistGroup, HeldBecause, NobodyBecause, JourneyStatus,
} from '#pathway';
import type { Option } from './forms/field.js';

type Words<Codes extends readonly string[]> = Readonly<Record<Codes[number], string>>;

export const urgencyWords: Words<typeof urgencies> = {
  immediate: 'Immediate', urgent: 'Urgent', soon: 'Soon', routine: 'Routine',
};

export const urgencyHints: Words<typeof urgencies> = {
  immediate: 'Somebody has to act now',
  urgent: 'Today',
  soon: 'Within a few days',
  routine: 'When there is room',
};

export const sectorWords: Readonly<Record<Sector, string>> = {
  primary: 'Primary care',
  community: 'Community health',
  secondary: 'Hospital',
  mentalHealth: 'Mental health',
  socialCare: 'Social care',
  thirdSector: 'Voluntary sector',
  childrensServices: 'Children’s services',
  education: 'Education',
  criminalJustice: 'Criminal justice',
  housing: 'Housing',
};

export const roleWords: Readonly<Record<Role, string>> = {
  coordinator: 'coordinator',
  pilotLead: 'pilot lead',
  evaluator: 'evaluator',
  auditor: 'auditor',
  administrator: 'administrator',
  system: 'Throughcare itself',
};

export const referrerWords: Words<typeof referrers> = {
  generalPractitioner: 'GP',
  hospital: 'Hospital',
  communityTeam: 'Community team',
  socialCare: 'Social care',
  voluntarySector: 'Voluntary sector',
  mentalHealth: 'Mental health service',
  self: 'The person themselves',
  carer: 'A carer or relative',
  other: 'Somebody else',
};

export const referralDeclineWords: Words<typeof referralDeclineReasons> = {
  notEligible: 'Not eligible',
  outOfArea: 'Outside our area',
  alreadyKnown: 'Already known to us',
  notConsented: 'The person does not agree',
  duplicate: 'The same referral twice',
  other: 'Another reason',
};

export const declineWords: Words<typeof handoffDeclineReasons> = {
  noCapacity: 'No room',
  outsideWhatWeTake: 'Outside what the team takes',
  outOfArea: 'Outside the team’s area',
  notEnoughInformation: 'Not enough information',
  needsReassessment: 'Needs to be assessed again first',
  teamClosed: 'The team has closed',
  other: 'Another reason',
};

export const withdrawalWords: Words<typeof withdrawalReasons> = {
  noLongerNeeded: 'No longer needed',
  deteriorated: 'The person’s condition has changed',
  wrongTeam: 'Sent to the wrong team',
  wrongPerson: 'Made for the wrong person',
  acceptedElsewhere: 'Another team accepted first',
  died: 'The person has died',
  other: 'Another reason',
};

/** "None known" is not "not asked" (SCENARIOS). */
export const askedWords: Words<typeof askedAbout> = {
  yes: 'Yes',
  noneKnown: 'None known: asked, and there are none',
  notAsked: 'Not asked',
};

export const agreementWords: Words<typeof agreements> = {
  agreed: 'The person agreed',
  objected: 'The person objected',
  lacksCapacityBestInterests: 'Lacks capacity: decided in their best interests',
  notAsked: 'Not asked yet',
};

export const sharingWords: Words<typeof sharingBases> = {
  directCareConsent: 'Direct care: the person consented',
  directCareImplied: 'Direct care: consent implied',
  bestInterests: 'Best interests',
  statutory: 'Statutory duty',
};

export const effectWords: Words<typeof takesEffect> = {
  now: 'As soon as it is accepted',
  atTime: 'At a set time',
  atDischarge: 'When the person leaves hospital',
};

export const contactModeWords: Words<typeof contactModes> = {
  visit: 'Visit', clinic: 'Clinic', telephone: 'Telephone', video: 'Video call', group: 'Group', other: 'Another way',
};

export const correctionWords: Words<typeof correctionReasons> = {
  recordedWrongly: 'Recorded wrongly',
  sourceChanged: 'The source has changed',
  wrongPerson: 'Wrong person',
  duplicate: 'Recorded twice',
  other: 'Another reason',
};

export const pauseWords: Words<typeof pauseReasons> = {
  inHospital: 'In hospital',
  awayFromHome: 'Away from home',
  personsChoice: 'The person’s choice',
  other: 'Another reason',
};

export const closeWords: Words<typeof closeReasons> = {
  goalsMet: 'What mattered to the person was done',
  personsChoice: 'The person’s choice',
  movedAway: 'Moved away',
  movedToOtherService: 'Moved to another service',
  notEligible: 'Not eligible',
  died: 'Died',
  other: 'Another reason',
};

export const destinationWords: Words<typeof dischargeDestinations> = {
  usualResidence: 'Home',
  careHome: 'Care home',
  hospital: 'Another hospital',
  hospice: 'Hospice',
  temporary: 'A temporary place',
  died: 'Died in hospital',
  other: 'Somewhere else',
  unknown: 'Not known',
};

export const placeOfDeathWords: Words<typeof placesOfDeath> = {
  usualResidence: 'At home', careHome: 'In a care home', hospital: 'In hospital', hospice: 'In a hospice',
  other: 'Somewhere else', unknown: 'Not known',
};

export const sexWords: Words<typeof sexes> = { female: 'Female', male: 'Male', other: 'Other', unknown: 'Not known' };

/** NHS Data Dictionary, admission method; the codes that a coordinator chooses from come first in the form. */
export const admissionWords: Words<typeof admissionMethods> = {
  '11': 'Planned: waiting list', '12': 'Planned: booked', '13': 'Planned: planned date',
  '21': 'Emergency: accident and emergency department', '22': 'Emergency: GP', '23': 'Emergency: bed bureau',
  '24': 'Emergency: consultant clinic', '25': 'Emergency: mental health crisis team',
  '28': 'Emergency: other means', '2A': 'Emergency: accident and emergency department of another provider',
  '2B': 'Transfer from another hospital as an emergency', '2C': 'Baby born at home', '2D': 'Emergency: other means',
  '31': 'Maternity: before birth', '32': 'Maternity: after birth', '81': 'Transfer from another hospital',
  '82': 'Baby born here', '83': 'Baby born elsewhere', '84': 'Admitted by another route',
  '89': 'Mental health: another route', '98': 'Not applicable', '99': 'Not known',
};

export const groupWords: Readonly<Record<WorklistGroup, { title: string; empty: string }>> = {
  nobodyResponsible: { title: 'Nobody is responsible', empty: 'Everybody has a team that is responsible.' },
  notActedOn: {
    title: 'Declined or not answered in time, and not yet acted on',
    empty: 'No handover has been declined or left unanswered.',
  },
  waitingForUs: { title: 'Waiting for us', empty: 'Nobody waits for an answer from us.' },
  waitingForThem: { title: 'Waiting for them', empty: 'We wait for nobody’s answer.' },
  leavingSoon: {
    title: 'Leaving hospital within 48 hours, and nobody has accepted',
    empty: 'Everybody who leaves hospital soon has a team that accepted.',
  },
};

export const heldBecauseWords: Readonly<Record<HeldBecause, string>> = {
  tookReferral: 'took the referral',
  acceptedHandoff: 'accepted a handover',
  admission: 'the person was admitted',
  transfer: 'the person was moved here in hospital',
  dischargeToReceiver: 'the person left hospital to this team, which had accepted',
  returned: 'the person came back from hospital',
  disputed: 'the other team denied that it had accepted',
  disputeResolved: 'both teams agreed on it after two accounts',
};

export const nobodyBecauseWords: Readonly<Record<NobodyBecause, string>> = {
  notStarted: 'The journey has not begun.',
  referralNotTaken: 'The referral has been made and nobody has taken it yet.',
  referralDeclined: 'The referral was declined, and nobody else was asked.',
  receiverClosed: 'The person left hospital to a team that has closed.',
  receiverNotAccepted: 'The person left hospital to a team that had not accepted.',
  dischargedToNobody: 'The person left hospital, and no team was there to receive them.',
};

export const statusWords: Readonly<Record<JourneyStatus, string>> = {
  referred: 'Referred, not taken yet', declined: 'Referral declined', active: 'Active', paused: 'Paused', closed: 'Closed',
  died: 'Died', movedAway: 'Entries moved to another record',
};

/** `No room` inside a sentence: `no room`; `GP` stays. */
export const inSentence = (words: string): string =>
  /^.\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);

/** `community>socialCare` → `Community health to social care` */
export const boundaryWords = (boundary: string): string => {
  const [from, to] = boundary.split('>').map((sector) => sectorWords[sector as Sector]) as [string, string];
  return `${from} to ${inSentence(to)}`;
};

/** Choices of a form, in the order of the codes. */
export const optionsOf = <C extends string>(
  codes: readonly C[],
  words: Readonly<Record<C, string>>,
  hints?: Readonly<Record<C, string>>,
): readonly Option[] => codes.map((value) => ({ value, text: words[value], ...(hints && { hint: hints[value] }) }));
