/** What an entry of the record says, in one sentence and the lines under it. */
import type { Instant, RecordedEvent } from '#kernel';
import { foundIn, type PathwayEvent, type PathwayEventType, type Team } from '#pathway';
import {
  admissionWords,
  asDescribedWords,
  closeWords,
  consentDecisionWords,
  contactModeWords,
  correctionWords,
  dateAndTime,
  declineWords,
  destinationWords,
  escalationWords,
  inSentence,
  longDate,
  noticeWords,
  missingWords,
  orderCancelWords,
  orderFailureWords,
  orderKindWords,
  pauseWords,
  placeOfDeathWords,
  problemWords,
  referralDeclineWords,
  referrerWords,
  revisionWords,
  sectorWords,
  urgencyWords,
  withdrawalWords,
} from '#web';
import { organisationName } from '../pages.js';
import { withWhom } from './consent.view.js';
import { staffName } from './responsible.view.js';
import { changedWords } from './revision.view.js';
import { teamName } from './teams.js';

export interface EntryWords {
  readonly title: string;
  readonly lines: readonly string[];
}

type DataOf<T extends PathwayEventType> = Extract<PathwayEvent, { type: T }>['data'];

interface Telling {
  /** The day by which teams are named. */
  readonly now: Instant;
  /** The receiver of a handover, by its id. */
  receiverOf(handoffId: string): string;
  /** What was ordered, by the order's id. */
  orderOf(order: string): string;
  read(sealed: string | undefined): string | undefined;
}

type Tell<T extends PathwayEventType> = (data: DataOf<T>, telling: Telling, event: RecordedEvent) => EntryWords;

const said = (title: string, ...lines: readonly (string | undefined)[]): EntryWords => ({
  title,
  lines: lines.filter((line): line is string => line !== undefined && line !== ''),
});

const labelled = (label: string, text: string | undefined): string | undefined =>
  text ? `${label}: ${text}` : undefined;

const takes = ({
  effect,
  effectAt,
  expectedOn,
}: {
  effect?: string;
  effectAt?: Instant;
  expectedOn?: string;
}): string | undefined =>
  effect === 'atTime' && effectAt
    ? `Takes effect on ${dateAndTime(effectAt)}`
    : effect === 'atDischarge'
      ? `Takes effect when the person leaves hospital${expectedOn ? `, expected ${longDate(expectedOn)}` : ''}`
      : undefined;

const place = ({ ward, hospital }: { ward?: Team; hospital: string }, { now }: Telling): string =>
  ward ? teamName(ward, now) : organisationName(hospital);

const tellings: { readonly [T in PathwayEventType]: Tell<T> } = {
  PersonRegistered: () => said('Registered'),
  PersonDied: ({ place: where }) => said('Died', placeOfDeathWords[where]),
  ReferralMade: ({ referrer, to, urgency, reason }, { now, read }) =>
    said(
      `Referral made to ${teamName(to, now)}`,
      `Asked by: ${referrerWords[referrer]}`,
      `Urgency: ${urgencyWords[urgency]}`,
      labelled('Why', read(reason)),
    ),
  ReferralAccepted: ({ team, keyWorker }, { now }) =>
    said(`Referral taken by ${teamName(team, now)}`, keyWorker && `Key worker: ${staffName(keyWorker)}`),
  ReferralDeclined: ({ team, reason, detail }, { now, read }) =>
    said(`Referral declined by ${teamName(team, now)}`, referralDeclineWords[reason], read(detail)),
  ReferralRedirected: ({ from, to, detail }, { now, read }) =>
    said(`Referral passed on by ${teamName(from, now)} to ${teamName(to, now)}`, read(detail)),
  KeyWorkerNamed: ({ keyWorker, team }, { now }) =>
    said(`Key worker named: ${staffName(keyWorker)}`, teamName(team, now)),
  HandoffOffered: ({ from, to, urgency, contents, attempt, ...effect }, { now, read }) =>
    said(
      `Handover offered by ${teamName(from, now)} to ${teamName(to, now)}`,
      attempt > 1 ? `Attempt ${attempt}` : undefined,
      `Urgency: ${urgencyWords[urgency]}`,
      labelled('Asked', read(contents.asked)),
      takes(effect),
    ),
  HandoffOfferRevised: ({ handoffId, reason, changed }, { receiverOf }) =>
    said(
      `What the handover to ${receiverOf(handoffId)} says was put right`,
      revisionWords[reason],
      `Says something else now: ${changedWords(changed)}`,
    ),
  HandoffAcknowledged: ({ by }, { now }) => said(`Handover seen by ${teamName(by, now)}, not accepted`),
  HandoffAccepted: ({ by, ...effect }, { now }) => said(`Handover accepted by ${teamName(by, now)}`, takes(effect)),
  HandoffDeclined: ({ by, reason, detail }, { now, read }) =>
    said(`Handover declined by ${teamName(by, now)}`, declineWords[reason], read(detail)),
  HandoffDeclineSeen: ({ by, handoffId }, { now, receiverOf }) =>
    said(`${teamName(by, now)} acted on the answer of ${receiverOf(handoffId)}`),
  HandoffWithdrawn: ({ by, reason, handoffId }, { now, receiverOf }) =>
    said(`Handover to ${receiverOf(handoffId)} withdrawn`, withdrawalWords[reason], teamName(by, now)),
  HandoffLapsed: ({ handoffId, deadline }, { receiverOf }) =>
    said(`Handover to ${receiverOf(handoffId)} not answered in time`, `Answer was needed by ${dateAndTime(deadline)}`),
  HandoffChased: ({ to, cause }, { now }) => said(`${teamName(to, now)} reminded of the handover`, problemWords[cause]),
  HandoffProblemSeen: ({ handoffId, by, cause }, { now, receiverOf }) =>
    said(`${teamName(by, now)} saw that the handover to ${receiverOf(handoffId)} is in trouble`, problemWords[cause]),
  HandoffEscalated: ({ handoffId, to, cause }, { now, receiverOf }) =>
    said(
      `Duty manager of ${teamName(to, now)} told about the handover to ${receiverOf(handoffId)}`,
      escalationWords[cause],
    ),
  HandoffNoticeRead: ({ handoffId, notice }, { receiverOf }) =>
    said(`Notice about the handover to ${receiverOf(handoffId)} read`, noticeWords[notice]),
  HandoffAnswerReported: ({ answer, reportedBy, reason, spokenTo, ...effect }, { now, read }) =>
    said(
      `${teamName(reportedBy, now)} wrote down an answer by telephone: ${answer}`,
      reason && declineWords[reason],
      labelled('Spoken to', read(spokenTo)),
      takes(effect),
      'Reported, not confirmed by the other team',
    ),
  HandoffReportConfirmed: ({ by }, { now }) => said(`${teamName(by, now)} confirmed the reported answer`),
  HandoffReportDisputed: ({ by, detail }, { now, read }) =>
    said(`${teamName(by, now)} denied the reported answer`, read(detail), 'Both accounts stand'),
  HandoffDisputeResolved: ({ holder, agreedWith }, { now, read }) =>
    said(`Settled after two accounts: ${teamName(holder, now)} holds`, labelled('Agreed with', read(agreedWith))),
  AnswerLinkIssued: ({ handoffId, until }, { receiverOf }) =>
    said(
      `Link to answer with made for ${receiverOf(handoffId)}`,
      `It works until ${dateAndTime(until)}, for one answer`,
    ),
  AnswerLinkCodeRefused: ({ handoffId, attempt, locked }, { receiverOf }) =>
    said(
      `Wrong code given for the link made for ${receiverOf(handoffId)}`,
      `Wrong code number ${attempt}`,
      locked ? 'The link is locked by it' : undefined,
    ),
  AnswerLinkOpened: ({ handoffId }, { receiverOf }) =>
    said(`Handover to ${receiverOf(handoffId)} seen by a link with a code, not accepted`),
  AnswerLinkEnded: ({ handoffId, by }, { now, receiverOf }) =>
    said(`Link to answer with made for ${receiverOf(handoffId)} ended`, teamName(by, now)),
  HandoffAnsweredByLink: ({ handoffId, answer, reason, detail, saidBy, reachedOn, issuedBy, ...effect }, telling) =>
    said(
      `Handover to ${telling.receiverOf(handoffId)} ${answer} by a link with a code`,
      reason && declineWords[reason],
      telling.read(detail),
      labelled('Said by', telling.read(saidBy)),
      labelled('To be reached on', telling.read(reachedOn)),
      `Link made by ${staffName(issuedBy)}`,
      takes(effect),
      'Not confirmed by the other team',
    ),
  FirstContactRecorded: ({ by, mode, ...found }, { now, read }) => {
    const { asDescribed, missing, missingDetail } = foundIn(found);
    return said(
      `First contact by ${teamName(by, now)}`,
      contactModeWords[mode],
      asDescribed && `As the handover described: ${inSentence(asDescribedWords[asDescribed])}`,
      missing && `Missing most: ${inSentence(missingWords[missing])}`,
      read(missingDetail),
    );
  },
  ContactRecorded: ({ team, sector, mode, note }, { now, read }) =>
    said(`Contact: ${team ? teamName(team, now) : sectorWords[sector]}`, contactModeWords[mode], read(note)),
  EmergencyAttended: ({ departedAt }) =>
    said('Came to an emergency department', departedAt && `Left on ${dateAndTime(departedAt)}`),
  CarePlanAgreed: ({ reviewBy, goals, team }, { now, read }) =>
    said(
      'Care plan agreed',
      team && teamName(team, now),
      read(goals),
      reviewBy && `To be reviewed by ${longDate(reviewBy)}`,
    ),
  CarePlanReviewed: ({ reviewBy, changes, team }, { now, read }) =>
    said(
      'Care plan reviewed',
      team && teamName(team, now),
      read(changes),
      reviewBy && `Next review by ${longDate(reviewBy)}`,
    ),
  OrderPlaced: ({ kind, team, what, supplier, promisedOn, urgency }, { now, read }) =>
    said(
      `Ordered: ${inSentence(orderKindWords[kind])}`,
      teamName(team, now),
      read(what),
      labelled('From', read(supplier)),
      promisedOn && `Promised by ${longDate(promisedOn)}`,
      urgency && `Urgency: ${urgencyWords[urgency]}`,
    ),
  OrderDelivered: ({ order }, { orderOf }) => said(`Delivered: ${orderOf(order)}`),
  OrderFailed: ({ order, reason, detail, promisedOn }, { orderOf, read }) =>
    said(
      `Did not come: ${orderOf(order)}`,
      orderFailureWords[reason],
      read(detail),
      promisedOn && `Now promised by ${longDate(promisedOn)}`,
    ),
  OrderCancelled: ({ order, reason }, { orderOf }) =>
    said(`Order cancelled: ${orderOf(order)}`, orderCancelWords[reason]),
  ConsentRecorded: ({ decision, note, ...about }, { read }) =>
    said(`Consent to sharing: ${inSentence(consentDecisionWords[decision])}`, `With ${withWhom(about)}`, read(note)),
  Admitted: (data, telling) => said(`Admitted to ${place(data, telling)}`, admissionWords[data.method]),
  Transferred: (data, telling) => said(`Moved to ${place(data, telling)}`),
  ReadyForTransferDeclared: () =>
    said('Ready to leave hospital', 'The clinician, the multidisciplinary team and safety all say so'),
  ReadinessWithdrawn: ({ detail }, { read }) => said('No longer ready to leave hospital', read(detail)),
  Discharged: ({ destination, expectedReceiver, receiverProblem, successor }, { now }) =>
    said(
      `Left hospital: ${inSentence(destinationWords[destination])}`,
      expectedReceiver && `Sent to ${teamName(expectedReceiver, now)}`,
      receiverProblem &&
        `That team could not receive the person${successor ? `; ${teamName({ team: successor, organisation: '' }, now)} took over its work` : ''}`,
    ),
  JourneyPaused: ({ reason, until }) => said('Paused', pauseWords[reason], until && `Until ${longDate(until)}`),
  JourneyResumed: () => said('Goes on'),
  JourneyClosed: ({ reason, agreedWith }, { read }) =>
    said('Journey closed', closeWords[reason], labelled('Agreed with', read(agreedWith))),
  JourneyMovedToDefinition: ({ definitionVersion }) =>
    said(`Runs under version ${definitionVersion} of the pathway from here`),
  EntryCorrected: ({ reason, detail }, { read }) =>
    said('An entry was put right', correctionWords[reason], read(detail)),
  EntryMarkedInError: ({ reason, detail }, { read }) =>
    said('An entry was marked as made in error', correctionWords[reason], read(detail)),
  EntriesMovedOut: ({ entries, reason, detail }, { read }) =>
    said(
      `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} moved to another record`,
      correctionWords[reason],
      read(detail),
    ),
  EntryMovedIn: ({ entryType, entryVersion, data }, telling, event) => {
    const original = entryWords({ ...event, type: entryType, schemaVersion: entryVersion, data }, telling);
    return { ...original, lines: [...original.lines, 'Moved here from another record'] };
  },
};

export function entryWords(event: RecordedEvent, telling: Telling): EntryWords {
  const tell = (tellings as unknown as Readonly<Record<string, Tell<never> | undefined>>)[event.type];
  return tell ? tell(event.data as never, telling, event) : said(event.type);
}
