import { elapsed, type CivilDate, type Instant } from '#kernel';
import {
  accountBehind,
  answeredBeforeEscalation,
  heldFrom,
  isDisputed,
  isOpen,
  type Account,
  type Alert,
  type Handoff,
  type PersonRecord,
  type Responsible,
} from '#pathway';
import {
  agreementWords,
  asDescribedWords,
  askedWords,
  contactModeWords,
  dateAndTime,
  declineWords,
  effectWords,
  inSentence,
  longDate,
  missingWords,
  overridingWords,
  sharingWords,
  urgencyWords,
  withdrawalWords,
} from '#web';
import { linkLines } from './answer-link.view.js';
import { withheldLine } from './consent.view.js';
import { contentsLabels, everChanged, revisionLines } from './revision.view.js';
import { teamView, type TeamView } from './teams.js';

export interface Line {
  readonly label: string;
  readonly text: string;
  /** It says something else than when the offer was sent. */
  readonly putRight?: boolean;
}

/** One handover in words. */
export interface HandoverView {
  readonly id: string;
  readonly from: TeamView;
  readonly to: TeamView;
  readonly urgency: string;
  readonly open: boolean;
  /** What it is now and who is responsible, in one sentence. */
  readonly status: string;
  /** `waiting`, `bad`, `good` or `over`: colour only repeats the sentence. */
  readonly tone: 'waiting' | 'bad' | 'good' | 'over';
  /** Accepted, and somebody else still holds until it takes effect. */
  readonly pending: boolean;
  readonly offeredAt: Instant;
  readonly deadline: { readonly what: string; readonly at: Instant; readonly overdue: boolean } | null;
  readonly cautions: readonly string[];
  readonly carries: readonly Line[];
  /** What the receiver found at first contact: how right the handover was. Empty before. */
  readonly found: readonly Line[];
}

interface Reading {
  readonly record: PersonRecord;
  /** Who is responsible; undefined for a receiver who is told nothing new. */
  readonly responsible: Responsible | undefined;
  readonly ours: readonly string[];
  readonly now: Instant;
  readonly alerts: readonly Alert[];
  read(sealed: string | undefined): string | undefined;
}

export function handoverView(handoff: Handoff, reading: Reading): HandoverView {
  const { now } = reading;
  return {
    id: handoff.handoffId,
    from: teamView(handoff.from, now),
    to: teamView(handoff.to, now),
    urgency: urgencyWords[handoff.urgency],
    open: isOpen(handoff),
    ...standing(handoff, reading),
    pending: isPending(handoff, reading),
    offeredAt: handoff.offered.at,
    deadline: deadlineOf(handoff, now),
    cautions: cautionsOf(handoff, reading),
    carries: carries(handoff, reading),
    found: found(handoff, reading),
  };
}

const isPending = (handoff: Handoff, { record, now, responsible }: Reading): boolean => {
  const held = heldFrom(record, handoff);
  return handoff.status === 'accepted' && responsible?.kind !== 'ended' && (held === undefined || held > now);
};

/** Until when the receiver has to see it, or to answer it. */
function deadlineOf(handoff: Handoff, now: Instant): HandoverView['deadline'] {
  if (!isOpen(handoff)) return null;
  const at = handoff.acknowledged ? handoff.acceptBy : handoff.acknowledgeBy;
  return { what: handoff.acknowledged ? 'Answer needed by' : 'To be seen by', at, overdue: elapsed(at, now) > 0 };
}

/** "you are still responsible", "Torbay North zone is still responsible" (SCENARIOS, glossary). */
function stillResponsible({ responsible, ours, now }: Reading, handoff: Handoff): string {
  if (!responsible) return `${teamView(handoff.from, now).name} is still responsible`;
  if (responsible.kind === 'nobody') return 'nobody has accepted';
  if (responsible.kind === 'ended') return 'nobody is responsible any more';
  return ours.includes(responsible.team.team)
    ? 'you are still responsible'
    : `${teamView(responsible.team, now).name} is still responsible`;
}

function standing(handoff: Handoff, reading: Reading): Pick<HandoverView, 'status' | 'tone'> {
  const { now, ours, responsible, record } = reading;
  const still = stillResponsible(reading, handoff);
  const isReceiver = ours.includes(handoff.to.team);
  const to = isReceiver ? 'you' : teamView(handoff.to, now).name;
  // Whatever it ended as: what the receiver says it answered before stands against it (scenario 2).
  if (isDisputed(handoff) && handoff.status !== 'stopped')
    return { status: `Two accounts of the answer stand against each other: ${still}`, tone: 'bad' };
  switch (handoff.status) {
    case 'offered':
      return { status: `Offered, not seen yet: ${still}`, tone: 'waiting' };
    case 'acknowledged':
      return { status: `Seen, not accepted: ${still}`, tone: 'waiting' };
    case 'accepted':
      return accepted(handoff, heldFrom(record, handoff), {
        to,
        isReceiver,
        still,
        now,
        ended: responsible?.kind === 'ended',
      });
    case 'declined': {
      const { reason } = handoff.declined!;
      const how = `Declined${howWords(accountBehind(handoff, handoff.declined))}`;
      const end = isReceiver ? 'you are not responsible' : still;
      return { status: `${how} (${inSentence(declineWords[reason])}): ${end}`, tone: handoff.actedOn ? 'over' : 'bad' };
    }
    case 'withdrawn': {
      const { reason } = handoff.withdrawn!;
      const why = inSentence(withdrawalWords[reason]);
      return { status: `Withdrawn (${why}): ${isReceiver ? 'you are not responsible' : still}`, tone: 'over' };
    }
    case 'lapsed':
      return {
        status: `Not answered in time: ${isReceiver ? 'you are not responsible' : still}`,
        tone: handoff.actedOn ? 'over' : 'bad',
      };
    case 'stopped':
      return handoff.stopped!.why === 'died'
        ? { status: 'Stopped: the person has died. Do not contact', tone: 'over' }
        : handoff.stopped!.why === 'journeyClosed'
          ? { status: 'Stopped: the journey was closed', tone: 'over' }
          : {
              status: `Stopped by a death that was recorded in error: offer it again if it is still needed; ${still}`,
              tone: 'bad',
            };
    case 'disputed':
      return { status: `Settled after two accounts: ${still}`, tone: 'over' };
  }
}

function accepted(
  { accepted: answer }: Handoff,
  held: Instant | undefined,
  {
    to,
    isReceiver,
    still,
    now,
    ended,
  }: { to: string; isReceiver: boolean; still: string; now: Instant; ended: boolean },
): Pick<HandoverView, 'status' | 'tone'> {
  if (ended) return { status: 'Accepted, and ended since', tone: 'over' };
  const effective = held !== undefined && held <= now;
  if (effective)
    return {
      status: `Accepted: ${to} ${isReceiver ? 'have' : 'has'} been responsible since ${dateAndTime(held)}`,
      tone: 'good',
    };
  const from =
    answer?.effect === 'atTime' && answer.effectAt !== undefined
      ? `from ${dateAndTime(answer.effectAt)}`
      : `from the day the person leaves hospital${answer?.expectedOn ? `, expected ${longDate(answer.expectedOn)}` : ''}`;
  return { status: `Accepted ${from}. Until then ${still}`, tone: 'good' };
}

/** Said since the offer was made: to the sender, who can withdraw it. What was shown already cannot be unseen. */
const withheldSince = (handoff: Handoff, { record, responsible, now }: Reading): readonly string[] => {
  const line = isOpen(handoff) && responsible ? withheldLine(record, handoff.to, now) : undefined;
  return line === undefined || handoff.contents.despite ? [] : [`${line} Withdraw this handover, or ring them.`];
};

function cautionsOf(handoff: Handoff, reading: Reading): readonly string[] {
  const { alerts, now, read } = reading;
  const own = alerts.filter(({ handoffId }) => handoffId === handoff.handoffId);
  const detail = read(handoff.declined?.detail);
  return [
    ...own.map(({ kind }) => alertWords[kind]),
    ...withheldSince(handoff, reading),
    ...revisionLines(handoff, { ours: reading.ours, receiver: teamView(handoff.to, now).name }),
    ...(reading.ours.includes(handoff.from.team) ? linkLines(handoff, now) : []),
    ...(handoff.status === 'declined' && detail !== undefined
      ? [`${teamView(handoff.to, now).name} wrote: ${detail}`]
      : []),
    ...(handoff.withdrawn && handoff.accounts.length > 0
      ? [`${teamView(handoff.from, now).name} withdrew it on ${dateAndTime(handoff.withdrawn.at)}.`]
      : []),
    ...handoff.accounts.flatMap((account) => {
      const line = accountWords(handoff, account, reading);
      if (account.confirmed) return [`${line}: confirmed by the other team.`];
      if (!account.disputed)
        return [`${line}: ${account.strength === 'linkWithCode' ? 'not confirmed' : 'reported, not confirmed'}.`];
      const denial = read(account.disputed.detail);
      return [
        `${line}. ${teamView(account.disputed.by, now).name} denied this on ${dateAndTime(account.disputed.at)}${denial ? `: ${denial}` : '.'}`,
      ];
    }),
    ...(answeredBeforeEscalation(handoff) ? ['Answered before the deadline, recorded late.'] : []),
  ];
}

const howWords = (account: Account | undefined): string =>
  account === undefined ? '' : account.strength === 'linkWithCode' ? ' by a link with a code' : ' by telephone';

/** Who answered, how, and how to reach them; without an end, so that what became of it follows. */
export function accountWords({ to }: Handoff, account: Account, { now, read }: Pick<Reading, 'now' | 'read'>): string {
  const who = read(account.spokenTo) ?? 'somebody';
  const when = dateAndTime(account.at);
  if (account.strength === 'telephoneReport')
    return `${teamView(account.reportedBy, now).name} wrote down that it was ${account.answer} by telephone on ${when}, by ${who}`;
  const reached = read(account.reachedOn);
  return `${teamView(to, now).name} ${account.answer} by a link with a code on ${when}, by ${who}${reached === undefined ? '' : ` (to be reached on ${reached})`}`;
}

const alertWords: Readonly<Record<Alert['kind'], string>> = {
  deteriorated: 'The person’s condition has changed and they are not ready to leave hospital: the ward still holds.',
  homeEarly: 'The person left hospital earlier than expected: you are responsible from that moment.',
  doNotContact: 'The person has died: do not contact.',
};

/** What an offer carries (SCENARIOS), in the order in which a receiver reads it. */
function carries(handoff: Handoff, { read }: Reading): readonly Line[] {
  const { contents, asked, urgency } = handoff;
  const effect =
    asked.effect === 'atTime' && asked.effectAt !== undefined
      ? `At a set time: ${dateAndTime(asked.effectAt)}`
      : asked.effect === 'atDischarge' && asked.expectedOn !== undefined
        ? `When the person leaves hospital, expected ${longDate(asked.expectedOn)}`
        : effectWords[asked.effect];
  const changed = everChanged(handoff);
  const lines = [
    { label: contentsLabels.asked, text: read(contents.asked) ?? '' },
    { label: 'Urgency', text: urgencyWords[urgency] },
    { label: 'Answer needed by', text: dateAndTime(handoff.acceptBy) },
    { label: 'Takes effect', text: effect },
    {
      label: contentsLabels.risks,
      text: contents.risks === 'yes' ? (read(contents.riskDetail) ?? '') : askedWords[contents.risks],
    },
    {
      label: contentsLabels.safeguarding,
      text:
        contents.safeguarding === 'yes' ? (read(contents.safeguardingDetail) ?? '') : askedWords[contents.safeguarding],
    },
    { label: contentsLabels.communication, text: read(contents.communication) ?? 'None given' },
    { label: contentsLabels.carer, text: read(contents.carer) ?? 'None given' },
    { label: contentsLabels.telephone, text: read(contents.telephone) ?? 'None given: ring the team' },
    { label: contentsLabels.toldPerson, text: read(contents.toldPerson) ?? 'Nothing given' },
    { label: contentsLabels.agreement, text: agreementWords[contents.agreement] },
    { label: 'Basis for sharing', text: sharingWords[contents.sharing] },
    ...(contents.despite
      ? [{ label: 'Shared although the person did not consent', text: overridingWords[contents.despite] }]
      : []),
  ];
  return lines.map((line) => (changed.has(line.label) ? { ...line, putRight: true } : line));
}

/** The sender learns from it what to say next time. */
function found({ firstContact, to }: Handoff, { read, now }: Reading): readonly Line[] {
  if (!firstContact) return [];
  const { at, mode, asDescribed, missing, missingDetail } = firstContact;
  const words = read(missingDetail);
  return [
    {
      label: 'First contact',
      text: `${teamView(to, now).name}, ${dateAndTime(at)} (${inSentence(contactModeWords[mode])})`,
    },
    {
      label: 'Was the person as described?',
      text: asDescribed === undefined ? 'They did not say' : asDescribedWords[asDescribed],
    },
    ...(missing === undefined ? [] : [{ label: 'What was missing most', text: missingWords[missing] }]),
    ...(words === undefined ? [] : [{ label: 'What the handover should have said', text: words }]),
  ];
}

export const dayWords = (day: CivilDate | undefined): string => (day === undefined ? 'No day given' : longDate(day));
