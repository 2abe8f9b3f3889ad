import { elapsed, minutes, type Instant, type Precision, type RecordedEvent, type Sector } from '#kernel';
import { canMove, isOwn, responsibilityTimeline, type Team } from '#pathway';
import { correctionWords, dateAndTime, inSentence, orderKindWords, roleWords, sectorWords, swimlanes } from '#web';
import { organisationName } from '../pages.js';
import { entryWords, type EntryWords } from './entries.js';
import type { Subject } from './subject.js';
import { teamName } from './teams.js';

export interface TimelineEntry {
  readonly id: string;
  readonly at: Instant;
  readonly precision: Precision;
  readonly title: string;
  readonly lines: readonly string[];
  readonly sector: string;
  /** Who wrote it. */
  readonly by: string;
  /** Marks that change how it is to be read, in words. */
  readonly notes: readonly string[];
  readonly inError: boolean;
  /** As it was first written, where it was put right since. */
  readonly original: (EntryWords & { readonly at: Instant; readonly precision: Precision }) | null;
  /** Where it can be put right. */
  readonly correct: string | null;
  /** Where it is moved to the record of somebody else. */
  readonly elsewhere: string | null;
  /** What was moved away by this entry, and who had seen it. */
  readonly moved: string | null;
}

export interface TimelineView {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  /** Of our own making, safe to print as it is. */
  readonly picture: string;
  readonly sentence: string;
}

/** An entry written more than this after it happened says so. */
const LATE = minutes(15);

/** Said by their effect on another entry, or of no interest on a timeline. */
const hidden: ReadonlySet<string> = new Set(['PersonRegistered']);
const notCorrectable: ReadonlySet<string> = new Set([
  'EntryCorrected',
  'EntryMarkedInError',
  'EntriesMovedOut',
  'HandoffOfferRevised',
  'HandoffLapsed',
  'HandoffChased',
  'HandoffProblemSeen',
  'HandoffEscalated',
  'HandoffNoticeRead',
  'AnswerLinkCodeRefused',
  'AnswerLinkOpened',
  'AnswerLinkEnded',
  'HandoffAnsweredByLink',
]);

const tellingOf = ({ journey, now, read }: Subject) => {
  const receivers = new Map(journey.handoffs.map(({ handoffId, to }) => [handoffId, teamName(to, now)]));
  const orders = new Map(journey.orders.map(({ order, kind }) => [order, inSentence(orderKindWords[kind])]));
  return {
    now,
    read,
    receiverOf: (id: string) => receivers.get(id) ?? 'another team',
    orderOf: (id: string) => orders.get(id) ?? 'what was ordered',
  };
};

/** What an entry says, in a few words. */
export const entryTitle = (subject: Subject, entry: RecordedEvent): string =>
  entryWords(entry, tellingOf(subject)).title;

/** Whoever wrote an entry puts it right. */
export const mayCorrect = (
  { principal, part, effective, emergency }: Subject,
  { actor, type, eventId }: RecordedEvent,
): boolean =>
  principal.actor.role === 'coordinator' &&
  !emergency &&
  part.kind === 'whole' &&
  actor.organisation === principal.actor.organisation &&
  effective.has(eventId) &&
  !notCorrectable.has(type) &&
  !hidden.has(type);

/** Whoever sees the whole journey may say that an entry on it, a stay or a death is somebody else's. */
export const mayMove = ({ principal, part, effective, journey }: Subject, event: RecordedEvent): boolean =>
  principal.actor.role === 'coordinator' &&
  part.kind === 'whole' &&
  effective.has(event.eventId) &&
  (isOwn(event) || (event.stream === `journey-${journey.journeyId}` && canMove(event)));

const laneOf = (event: RecordedEvent): Sector => {
  const { team, by, to, ward, sector } = event.data as {
    team?: Team;
    by?: Team;
    to?: Team;
    ward?: Team;
    sector?: Sector;
  };
  if (event.type === 'HandoffOffered' || event.type === 'ReferralMade') return event.actor.sector;
  if (
    [
      'Admitted',
      'Transferred',
      'ReadyForTransferDeclared',
      'ReadinessWithdrawn',
      'Discharged',
      'EmergencyAttended',
    ].includes(event.type)
  )
    return 'secondary';
  return [by, team, ward, to].find((one) => typeof one === 'object')?.sector ?? sector ?? event.actor.sector;
};

export function timelineView(subject: Subject): TimelineView {
  const { entries, effective, journey } = subject;
  const telling = tellingOf(subject);
  const here = `/journeys/${journey.journeyId}`;
  const corrections = new Map(
    entries
      .filter(({ type, eventId }) => type === 'EntryCorrected' && effective.has(eventId))
      .map((event) => [(event.data as { entry: string }).entry, event]),
  );
  const shown = entries
    .filter(
      ({ type, stream }) =>
        !hidden.has(type) && (stream === `journey-${journey.journeyId}` || stream.startsWith('person-')),
    )
    .map((recorded): TimelineEntry & { readonly lane: Sector } => {
      const event = effective.get(recorded.eventId) ?? recorded;
      const correction = corrections.get(recorded.eventId);
      const inError = !effective.has(recorded.eventId);
      const late = elapsed(event.occurredAt, event.recordedAt);
      const lane = laneOf(event);
      return {
        id: event.eventId,
        at: event.occurredAt,
        precision: event.precision,
        ...entryWords(event, telling),
        lane,
        sector: sectorWords[lane],
        by: `${organisationName(event.actor.organisation)}, ${roleWords[event.actor.role]}`,
        notes: [
          ...(inError
            ? ['Entered in error or moved to another record: it does not count, and stays here to be seen.']
            : []),
          ...(correction ? [correctedWords(correction)] : []),
          ...(late > LATE && !inError && event.precision !== 'day'
            ? [`Recorded late, ${whenWords(event.recordedAt)}.`]
            : []),
        ],
        inError,
        original: correction
          ? { ...entryWords(recorded, telling), at: recorded.occurredAt, precision: recorded.precision }
          : null,
        correct: mayCorrect(subject, event) ? `${here}/entries/${event.eventId}/correct` : null,
        elsewhere: mayMove(subject, event) ? `${here}/entries/${event.eventId}/somebody-else` : null,
        moved: event.type === 'EntriesMovedOut' ? `${here}/moves/${event.eventId}` : null,
      };
    })
    // Of one moment, what was written last stands on top.
    .reverse()
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return { entries: shown.map(({ lane: _, ...entry }) => entry), ...picture(subject, shown) };
}

function correctedWords({ recordedAt, data }: RecordedEvent): string {
  const why = inSentence(correctionWords[(data as { reason: keyof typeof correctionWords }).reason]);
  return `Put right ${whenWords(recordedAt)}: ${why}. What was first written is kept.`;
}

const whenWords = (at: Instant): string => `on ${dateAndTime(at)}`;

function picture(
  { record, journey, now }: Subject,
  shown: readonly (TimelineEntry & { readonly lane: Sector })[],
): Pick<TimelineView, 'picture' | 'sentence'> {
  const periods = responsibilityTimeline(record, journey.journeyId, now);
  const begins = [periods[0]?.from, shown.at(-1)?.at].filter((at) => at !== undefined).sort()[0] ?? now;
  const lanesUsed = [
    ...new Set([
      ...periods.flatMap((p) => (p.kind === 'team' ? [p.team.sector] : [])),
      ...shown.map(({ lane }) => lane),
    ]),
  ];
  const holders = periods.flatMap((p) =>
    p.kind === 'team' ? [teamName(p.team, now)] : p.kind === 'nobody' ? ['nobody'] : [],
  );
  const handed = holders.filter((holder, i) => holder !== holders[i - 1]);
  const sentence =
    handed.length === 0
      ? 'Nobody has been responsible yet.'
      : `Responsible one after the other: ${handed.join(', then ')}.`;
  return {
    sentence,
    picture: swimlanes({
      title: `Who was responsible, by sector. ${sentence} The list below says the same in words.`,
      lanes: Object.entries(sectorWords)
        .filter(([id]) => lanesUsed.includes(id as Sector))
        .map(([id, label]) => ({ id, label })),
      bars: periods.flatMap((p) => {
        if (p.kind === 'ended') return [];
        const label = p.kind === 'team' ? teamName(p.team, now) : 'Nobody is responsible';
        return [
          {
            ...(p.kind === 'team' && { lane: p.team.sector }),
            from: p.from,
            to: p.to ?? now,
            label,
            alarmed: p.kind === 'nobody',
          },
        ];
      }),
      marks: shown
        .filter(({ inError }) => !inError)
        .map(({ lane, at, title, notes }) => ({ lane, at, label: title, flagged: notes.length > 0 })),
      from: begins,
      to: now,
    }),
  };
}
