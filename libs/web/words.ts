/**
 * The words on screens: those of the glossary (libs/pathway/glossary.ts), as they stand at the head of a line or of a
 * choice, and at more length where a screen has room to say what a word means.
 */
import type { EmergencyReason, ReviewOutcome } from '#access';
import type { Role, Sector } from '#kernel';
import {
  glossary,
  type ChangeKind,
  type Urgency,
  type WorklistGroup,
  type WorklistKind,
  type VerdictGiven,
  type JourneyStatus,
  type NobodyBecause,
} from '#pathway';
import type { Label } from '#pilots';
import type { Option } from './forms/field.js';

type Words<Code extends string> = Readonly<Record<Code, string>>;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const headed = <Code extends string>(words: Words<Code>): Words<Code> =>
  Object.fromEntries(Object.entries<string>(words).map(([code, text]) => [code, capital(text)])) as Words<Code>;

export const sectorWords = headed(glossary.sector);
export const urgencyWords = headed(glossary.urgency);
export const referrerWords = headed({
  ...glossary.referrer,
  self: 'the person themselves',
  carer: 'a carer or relative',
});
export const referralDeclineWords = headed(glossary.referralDeclineReason);
export const declineWords = headed(glossary.handoffDeclineReason);
export const strengthWords = headed(glossary.identityStrength);
export const reportStandingWords = headed(glossary.reportStanding);
export const withdrawalWords = headed(glossary.withdrawalReason);
export const asDescribedWords = headed({
  ...glossary.described,
  partly: 'partly: something was missing or otherwise',
  no: 'no: the person was not as described',
});
/** Heads of a table, and of what is behind its figures. */
export const verdictWords: Words<VerdictGiven['described']> = {
  yes: 'As described',
  partly: 'Partly',
  no: 'Not as described',
  notSaid: 'Did not say',
};
export const missingWords = headed(glossary.missing);
export const contactModeWords = headed({ ...glossary.contactMode, video: 'video call', other: 'another way' });
export const differenceWords = headed(glossary.difference);
export const correctionWords = headed(glossary.correction);
export const revisionWords = headed(glossary.revision);
export const orderKindWords = headed(glossary.orderKind);
export const orderFailureWords = headed(glossary.orderFailure);
export const orderCancelWords = headed(glossary.orderCancel);
export const pauseWords = headed(glossary.pauseReason);
export const closeWords = headed(glossary.closeReason);
export const destinationWords = headed(glossary.destination);
export const placeOfDeathWords = headed(glossary.placeOfDeath);
export const sexWords = headed(glossary.sex);
export const admissionWords = headed(glossary.admissionMethod);
export const escalationWords = headed(glossary.escalation);
export const eligibilityWords = headed(glossary.eligibilityAnswer);
export const noticeWords = headed(glossary.notice);
export const problemWords = headed(glossary.problem);
export const clockOutcomeWords = headed(glossary.clockOutcome);

export const emergencyReasonWords: Words<EmergencyReason> = {
  lifeAtRisk: 'Somebody’s life is at risk',
  urgentCare: 'Treatment or care that cannot wait',
  safeguarding: 'A child or an adult is at risk of harm',
  teamNotReached: 'The team that is responsible cannot be reached, and somebody has to act now',
  other: 'Another emergency',
};

export const reviewOutcomeWords: Words<ReviewOutcome> = {
  justified: 'Justified',
  notJustified: 'Not justified',
  needsFollowUp: 'Needs somebody to follow it up',
};

/** "None known" is not "not asked" (SCENARIOS). */
export const askedWords = { ...headed(glossary.asked), noneKnown: 'None known: asked, and there are none' } as const;
/** As choices, where "not asked" stands beside it. */
export const askedChoices = headed(glossary.asked);

export const agreementWords = {
  ...headed(glossary.agreement),
  agreed: 'The person agreed',
  objected: 'The person objected',
  notAsked: 'Not asked yet',
} as const;

/** Consent to sharing is not agreement to the handover: the two stand beside each other. */
export const sharingWords = {
  ...headed(glossary.sharing),
  directCareConsent: 'Direct care: the person consented to sharing',
} as const;

export const consentDecisionWords = headed(glossary.consentDecision);
export const consentScopeWords = headed(glossary.consentScope);
export const overridingWords = headed(glossary.overridingReason);

export const effectWords = {
  now: 'As soon as it is accepted',
  atTime: 'At a set time',
  atDischarge: 'When the person leaves hospital',
} as const satisfies Words<keyof typeof glossary.effect>;

export const urgencyHints: Words<Urgency> = {
  immediate: 'Act now',
  urgent: 'Today',
  soon: 'Within days',
  routine: 'When there is room',
};

/** How a rule or a definition is known (FACTS): nobody has to take it on trust. */
export const labelWords: Words<Label> = {
  V: 'Verified: read in the source itself [V]',
  D: 'Derived from what is known [D]',
  M: 'From memory: the source has not been read [M]',
  ours: 'Our own choice',
};

export const roleWords: Words<Role> = {
  coordinator: 'coordinator',
  dutyManager: 'duty manager',
  pilotLead: 'pilot lead',
  evaluator: 'evaluator',
  auditor: 'auditor',
  administrator: 'administrator',
  system: 'Throughcare itself',
  linkHolder: 'somebody with a one-use link',
};

export const groupWords: Readonly<Record<WorklistGroup, { title: string; empty: string }>> = {
  nobodyResponsible: { title: 'Nobody is responsible', empty: 'Everybody has a team that is responsible.' },
  notActedOn: {
    title: 'Declined, not answered or not come in time, and not yet acted on',
    empty: 'No handover has been declined or left unanswered, and nothing that was ordered is late.',
  },
  waitingForUs: { title: 'Waiting for us', empty: 'Nobody waits for an answer from us.' },
  waitingForThem: {
    title: 'Waiting for them',
    empty: 'We wait for nobody’s answer, and for nothing that was ordered.',
  },
  leavingSoon: {
    title: 'Leaving hospital within 48 hours, and nobody has accepted',
    empty: 'Everybody who leaves hospital soon has a team that accepted.',
  },
};

export const worklistKindWords: Words<WorklistKind> = {
  journey: 'Nobody responsible, or leaving hospital',
  referral: 'Referrals',
  handoff: 'Handovers',
  order: 'Orders that have not come',
};

/** What is new since a moment: the heading of its group, and in a sentence after a number. */
export const changeWords: Readonly<Record<ChangeKind, { title: string; counted: string }>> = {
  declined: { title: 'Declined or not answered in time', counted: 'declined or not answered in time' },
  offered: { title: 'Offered to us', counted: 'offered to us' },
  accepted: { title: 'Accepted by others', counted: 'accepted by others' },
  disputed: { title: 'Two accounts stand against each other', counted: 'with two accounts' },
  withdrawn: { title: 'No longer asked of us', counted: 'no longer asked of us' },
  came: { title: 'Came to us', counted: 'came to us' },
  left: { title: 'Left us', counted: 'left us' },
};

export const heldBecauseWords = glossary.held;

/** Whole sentences: they stand where the name of a team would. */
export const nobodyBecauseWords: Words<NobodyBecause> = {
  notStarted: 'The journey has not begun.',
  referralNotTaken: 'The referral has been made and nobody has taken it yet.',
  referralDeclined: 'The referral was declined, and nobody else was asked.',
  receiverClosed: 'The person left hospital to a team that has closed.',
  receiverNotAccepted: 'The person left hospital to a team that had not accepted.',
  dischargedToNobody: 'The person left hospital, and no team was there to receive them.',
};

export const statusWords: Words<JourneyStatus> = {
  referred: 'Referred, not taken yet',
  declined: 'Referral declined',
  active: 'Active',
  paused: 'Paused',
  closed: 'Closed',
  died: 'Died',
  movedAway: 'Entries moved to another record',
};

/** `No room` inside a sentence: `no room`; `GP` stays. */
export const inSentence = (words: string): string =>
  /^.\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);

/** `community>socialCare` → `Community health to social care` */
export const boundaryWords = (boundary: string): string => {
  const [from, to] = boundary.split('>') as [Sector, Sector];
  return `${sectorWords[from]} to ${glossary.sector[to]}`;
};

/** Choices of a form, in the order of the codes. */
export const optionsOf = <C extends string>(
  codes: readonly C[],
  words: Words<C>,
  hints?: Words<C>,
): readonly Option[] => codes.map((value) => ({ value, text: words[value], ...(hints && { hint: hints[value] }) }));
