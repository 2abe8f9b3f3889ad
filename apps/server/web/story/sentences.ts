/** What happened, in sentences that can be read aloud to somebody who was not there. */
import { civilDate, wallClock, type Instant, type RecordedEvent } from '#kernel';
import { glossary, type PathwayEvent, type PathwayEventType, type Team } from '#pathway';
import { dateAndTime, inSentence, longDate } from '#web';
import { organisationName } from '../pages.js';
import { entryWords } from '../record/entries.js';
import { staffName } from '../record/responsible.view.js';
import { teamName } from '../record/teams.js';

/** How the person is spoken of. */
export interface Spoken {
  readonly they: string;
  readonly them: string;
  readonly their: string;
  /** "she was", "they were". */
  readonly was: string;
}

export interface StoryTelling {
  readonly person: Spoken;
  readonly now: Instant;
  receiverOf(handoffId: string): string;
  /** `the meals`, by the order's id. */
  orderOf(order: string): string;
  /** Words in the clear; undefined where this page may not show them, or there are none. */
  words(sealed: string | undefined): string | undefined;
}

type DataOf<T extends PathwayEventType> = Extract<PathwayEvent, { type: T }>['data'];
type Sentence<T extends PathwayEventType> = (data: DataOf<T>, telling: StoryTelling, event: RecordedEvent) => string;

/** Told in sum, or of no interest to somebody who asks what happened. */
const untold: ReadonlySet<string> = new Set<PathwayEventType>([
  'PersonRegistered',
  'ContactRecorded',
  'EntryCorrected',
  'EntryMarkedInError',
  'EntriesMovedOut',
  'JourneyMovedToDefinition',
]);

const quoted = (label: string, text: string | undefined): string =>
  text === undefined ? '' : `. ${label}: “${text.trim()}”`;

const thing = { equipment: 'equipment', meals: 'meals', placement: 'a placement' } as const;

const place = ({ ward, hospital }: { ward?: Team; hospital: string }, { now }: StoryTelling): string =>
  ward ? teamName(ward, now) : organisationName(hospital);

const referredBy = (
  { referrer, to, reason }: DataOf<'ReferralMade'>,
  { person: { they, them, their }, now, words }: StoryTelling,
): string => {
  const team = teamName(to, now);
  const why = quoted('The reason given', words(reason));
  if (referrer === 'self') return `${they} asked ${team} for help${why}`;
  const who = {
    generalPractitioner: `${their} GP`,
    hospital: 'the hospital',
    communityTeam: 'a community team',
    socialCare: 'social care',
    voluntarySector: 'a voluntary organisation',
    mentalHealth: 'a mental health service',
    carer: 'a carer or relative',
    other: 'somebody',
  }[referrer];
  return `${who} referred ${them} to ${team}${why}`;
};

const from = (
  { effect, effectAt, expectedOn }: { effect?: string; effectAt?: Instant; expectedOn?: string },
  { they }: Spoken,
): string => {
  if (effect === 'atTime' && effectAt) return `, from ${dateAndTime(effectAt)}`;
  if (effect !== 'atDischarge') return '';
  const leaves = they === 'they' ? 'leave' : 'leaves';
  return `, from the day ${they} ${leaves} hospital${expectedOn ? `, expected ${longDate(expectedOn)}` : ''}`;
};

const sentences: { readonly [T in PathwayEventType]?: Sentence<T> } = {
  ReferralMade: referredBy,
  ReferralAccepted: ({ team, keyWorker }, { now }) =>
    `${teamName(team, now)} took the referral${keyWorker ? `, with ${staffName(keyWorker)} as key worker` : ''}`,
  ReferralDeclined: ({ team, reason, detail }, { now, words }) =>
    `${teamName(team, now)} declined the referral: ${glossary.referralDeclineReason[reason]}${quoted('They wrote', words(detail))}`,
  ReferralRedirected: ({ from: before, to, detail }, { now, words }) =>
    `${teamName(before, now)} passed the referral on to ${teamName(to, now)}${quoted('They wrote', words(detail))}`,
  KeyWorkerNamed: ({ keyWorker }, { person: { their } }) => `${staffName(keyWorker)} became ${their} key worker`,
  HandoffOffered: ({ from: sender, to, urgency, acceptBy, contents, attempt }, { now, words }, { occurredAt }) =>
    `${teamName(sender, now)} asked ${teamName(to, now)} to take over${attempt > 1 ? ', asking again' : ''} (${glossary.urgency[urgency]}), and needed an answer by ${civilDate(acceptBy) === civilDate(occurredAt) ? wallClock(acceptBy) : dateAndTime(acceptBy)}${quoted('What was asked', words(contents.asked))}`,
  HandoffAcknowledged: ({ by }, { now }) => `${teamName(by, now)} had seen this, and had not accepted yet`,
  HandoffAccepted: ({ by, ...effect }, { now, person }) =>
    `${teamName(by, now)} accepted the handover${from(effect, person)}`,
  HandoffDeclined: ({ by, reason, detail }, { now, words }) =>
    `${teamName(by, now)} declined: ${glossary.handoffDeclineReason[reason]}${quoted('They wrote', words(detail))}`,
  HandoffDeclineSeen: ({ by, handoffId }, { now, receiverOf }) =>
    `${teamName(by, now)} took up that ${receiverOf(handoffId)} was not going to take over`,
  HandoffWithdrawn: ({ handoffId, reason }, { receiverOf }) =>
    `the handover to ${receiverOf(handoffId)} was withdrawn: ${glossary.withdrawalReason[reason]}`,
  HandoffLapsed: ({ handoffId }, { receiverOf }) => `${receiverOf(handoffId)} had not answered in time`,
  HandoffEscalated: ({ handoffId, to, cause }, { now, receiverOf }) =>
    `the duty manager of ${teamName(to, now)} was told about the handover to ${receiverOf(handoffId)}: ${glossary.escalation[cause]}`,
  HandoffAnswerReported: ({ handoffId, answer, reportedBy, reason }, { now, receiverOf }) => {
    const [by, receiver] = [teamName(reportedBy, now), receiverOf(handoffId)];
    const why = reason ? ` (${glossary.handoffDeclineReason[reason]})` : '';
    return `${by} wrote down that ${by === receiver ? 'it' : receiver} had ${answer} by telephone${why}; it was not confirmed`;
  },
  AnswerLinkIssued: ({ by, handoffId }, { now, receiverOf }) =>
    `${teamName(by, now)} made a one-use link for ${receiverOf(handoffId)} to answer with`,
  AnswerLinkCodeRefused: ({ locked }) =>
    `a wrong code was given for the link${locked ? ', which was locked by it' : ''}`,
  AnswerLinkOpened: ({ handoffId }, { receiverOf }) =>
    `somebody with the link and its code saw the offer to ${receiverOf(handoffId)}, and had not accepted yet`,
  AnswerLinkEnded: ({ by }, { now }) => `${teamName(by, now)} ended the link: nobody could answer with it any more`,
  HandoffAnsweredByLink: ({ handoffId, answer, reason, detail, ...effect }, { receiverOf, words, person }) => {
    const why = reason ? ` (${glossary.handoffDeclineReason[reason]})` : '';
    return `${receiverOf(handoffId)} ${answer} by a link with a code${why}${from(effect, person)}; it was not confirmed${quoted('They wrote', words(detail))}`;
  },
  HandoffReportConfirmed: ({ by }, { now }) => `${teamName(by, now)} confirmed what had been answered`,
  HandoffReportDisputed: ({ by, detail }, { now, words }) =>
    `${teamName(by, now)} denied what had been recorded as its answer: both accounts stand${quoted('They wrote', words(detail))}`,
  HandoffDisputeResolved: ({ holder }, { now }) =>
    `both sides settled after two accounts that ${teamName(holder, now)} held`,
  FirstContactRecorded: ({ by, asDescribed, missing, missingDetail }, { now, words, person: { them, was } }) => {
    const lacking =
      asDescribed === 'partly' ? `only partly as the handover had described` : `not as the handover had described`;
    const verdict =
      asDescribed === 'partly' || asDescribed === 'no'
        ? `. They found that ${was} ${lacking}${missing ? ` (missing most: ${glossary.missing[missing]})` : ''}${quoted('They wrote', words(missingDetail))}`
        : '';
    return `${teamName(by, now)} saw or spoke to ${them} for the first time${verdict}`;
  },
  EmergencyAttended: (_, { person: { they } }) => `${they} came to an emergency department`,
  CarePlanAgreed: ({ team, goals }, { now, words, person: { them } }) =>
    `${team ? teamName(team, now) : 'a team'} agreed a care plan with ${them}${quoted('What matters and what is to be done', words(goals))}`,
  CarePlanReviewed: ({ team, changes }, { now, words, person: { them } }) =>
    `${team ? teamName(team, now) : 'a team'} went through the care plan again with ${them}${quoted('What changed', words(changes))}`,
  OrderPlaced: ({ kind, team, what, promisedOn }, { now, words, person: { them } }) =>
    `${teamName(team, now)} ordered ${thing[kind]} for ${them}${promisedOn ? `, promised by ${longDate(promisedOn)}` : ''}${quoted('What was ordered', words(what))}`,
  OrderDelivered: ({ order }, { orderOf }) => `${orderOf(order)} came`,
  OrderFailed: ({ order, reason, detail, promisedOn }, { orderOf, words }) =>
    `${orderOf(order)} did not come: ${glossary.orderFailure[reason]}${promisedOn ? `; it is now promised by ${longDate(promisedOn)}` : ''}${quoted('They wrote', words(detail))}`,
  OrderCancelled: ({ order, reason }, { orderOf }) =>
    `the order of ${orderOf(order)} was cancelled: ${glossary.orderCancel[reason]}`,
  Admitted: (data, telling) =>
    `${telling.person.was} admitted to ${place(data, telling)} (${glossary.admissionMethod[data.method]})`,
  Transferred: (data, telling) => `${telling.person.was} moved to ${place(data, telling)}`,
  ReadyForTransferDeclared: (_, { person: { was } }) => `${was} ready to leave hospital`,
  ReadinessWithdrawn: ({ detail }, { words, person: { was } }) =>
    `${was} no longer ready to leave hospital${quoted('The ward wrote', words(detail))}`,
  Discharged: ({ destination, expectedReceiver, receiverProblem }, { now, person: { they, them } }) =>
    `${they} left hospital (${glossary.destination[destination]})${
      expectedReceiver ? `, sent to ${teamName(expectedReceiver, now)}` : ''
    }${receiverProblem ? `, which could not receive ${them}` : ''}`,
  PersonDied: ({ place: where }, { person: { they } }) => `${they} died ${glossary.placeOfDeath[where]}`,
  JourneyPaused: ({ reason, until }) =>
    `the journey was paused: ${glossary.pauseReason[reason]}${until ? `, until ${longDate(until)}` : ''}`,
  JourneyResumed: () => 'the journey went on',
  JourneyClosed: ({ reason, agreedWith }, { words }) =>
    `the journey was closed: ${glossary.closeReason[reason]}${quoted('Agreed with', words(agreedWith))}`,
};

/** Without its time; undefined where there is nothing to tell. */
export function sentenceOf(event: RecordedEvent, telling: StoryTelling): string | undefined {
  if (untold.has(event.type)) return undefined;
  if (event.type === 'EntryMovedIn') {
    const { entryType, entryVersion, data } = event.data as DataOf<'EntryMovedIn'>;
    return sentenceOf({ ...event, type: entryType, schemaVersion: entryVersion, data }, telling);
  }
  const tell = (sentences as Readonly<Record<string, Sentence<never> | undefined>>)[event.type];
  if (tell) return tell(event.data as never, telling, event);
  const { now, receiverOf, orderOf } = telling;
  return inSentence(entryWords(event, { now, receiverOf, orderOf, read: (sealed) => telling.words(sealed) }).title);
}
