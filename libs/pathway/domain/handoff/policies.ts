import { refuse, type Decision, type Refusal } from '#kernel';
import type { Context } from '../context.js';
import {
  happenedByNow,
  isTeam,
  onJourney,
  openTeam,
  personIsAlive,
  speaksFor,
  timeIsKnown,
  type JourneyCase,
  type Policy,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { nameOf, when } from '../words.js';
import { acceptedElsewhere, handoffOf } from './change.js';
import { isOpen, type Effect, type Handoff } from './state.js';

export interface HandoffCase extends JourneyCase {
  readonly handoff: Handoff;
}

export interface OnHandoff {
  readonly journeyId: string;
  readonly handoffId: string;
}

/** Decides about a handoff that exists. */
export const onHandoff = (
  command: OnHandoff,
  record: PersonRecord,
  context: Context,
  decide: (about: HandoffCase) => Decision,
): Decision =>
  onJourney(command, record, context, (about) => {
    const handoff = handoffOf(about.journey, command.handoffId);
    return handoff
      ? decide({ ...about, handoff })
      : refuse('handoff-not-found', 'This journey has no such handover: open it again from the journey.');
  });

export const isReceiver: Policy<HandoffCase> = ({ handoff: { to }, context }) =>
  speaksFor(context, to)
    ? undefined
    : refuse('not-the-receiver', `It was offered to ${nameOf(to.team, context)}: only they can answer.`, {
        team: to.team,
      });

export const isSender: Policy<HandoffCase> = ({ handoff: { from }, context }) =>
  speaksFor(context, from)
    ? undefined
    : refuse('not-the-sender', `${nameOf(from.team, context)} offered it: only they can do that.`, { team: from.team });

/** To the minute: an answer written as 10:02 may follow an offer of 10:02:30. */
export const notBeforeOffer: Policy<HandoffCase> = ({
  handoff: { offered },
  context: { occurredAt, precision, now },
}) => {
  const width = precision === 'day' || offered.precision === 'day' ? 10 : precision === 'minute' ? 16 : 24;
  return occurredAt.slice(0, width) < offered.at.slice(0, width)
    ? refuse('occurred-before-offer', `It was offered ${when(offered.at, now)}: give a later time.`)
    : undefined;
};

export const receiverIsOpen: Policy<HandoffCase> = ({ handoff: { to }, context }) => {
  const team = openTeam(to.team, context.occurredAt, context);
  return isTeam(team) ? undefined : team;
};

const acceptedByAnother = (holder: Handoff, context: Context): Refusal => {
  const at = holder.accepted?.at ?? holder.offered.at;
  return refuse(
    'accepted-by-another',
    `${nameOf(holder.to.team, context)} accepted ${when(at, context.now)}: you are not responsible.`,
    { team: holder.to.team, at },
  );
};

/** One need, one receiver: of two that accept the first holds (scenario 3). */
export const noOtherAccepted: Policy<HandoffCase> = ({ journey, handoff, context }) => {
  const holder = acceptedElsewhere(journey, handoff);
  return holder && acceptedByAnother(holder, context);
};

/**
 * The offer can be answered, or could when the answer was given: an answer of before the lapse or the death, recorded
 * late, is an answer (scenario 5). A withdrawal stands against it all the same (scenario 2).
 */
export const waitsForAnswer: Policy<HandoffCase> = ({ handoff, context }) => {
  const { occurredAt, now } = context;
  const { withdrawn, declined, accepted, lapsed, stopped } = handoff;
  const sender = nameOf(handoff.from.team, context);
  if (isOpen(handoff)) return undefined;
  switch (handoff.status) {
    case 'accepted':
      return refuse('already-accepted', `It was accepted ${when(accepted!.at, now)}: offer it on if you cannot hold.`);
    case 'declined':
      return refuse(
        'handoff-declined',
        `It was declined ${when(declined!.at, now)}: ${sender} would have to offer it again.`,
      );
    case 'withdrawn':
      return refuse(
        'handoff-withdrawn',
        `Withdrawn ${when(withdrawn!.at, now)}: you are not responsible.` +
          (occurredAt < withdrawn!.at
            ? ' If you accepted by telephone before that, record what was said: both accounts will stand.'
            : ''),
      );
    case 'lapsed':
      return occurredAt < lapsed!.at
        ? undefined
        : refuse(
            'handoff-lapsed',
            `Not answered in time, it ended ${when(lapsed!.at, now)}: ${sender} would have to offer it again.`,
          );
    case 'stopped':
      if (stopped!.why === 'deathInError') {
        return refuse(
          'handoff-stopped',
          `A death recorded in error stopped it: ${sender} would have to offer it again.`,
        );
      }
      return occurredAt < stopped!.at
        ? undefined
        : refuse('handoff-stopped', `It ended ${when(stopped!.at, now)} with the journey: you are not responsible.`);
    default:
      return refuse('handoff-disputed', 'Two accounts of the answer stand: resolve that with the other side first.');
  }
};

/** What every answer to an offer has to satisfy. */
export const answering = [happenedByNow, timeIsKnown, personIsAlive, notBeforeOffer] as const;

/** A moment belongs to `atTime`, an expected day to `atDischarge`. */
export const effectProblem = ({ effect, effectAt, expectedOn }: Partial<Effect>): Refusal | undefined => {
  if (effect === 'atTime' && effectAt === undefined) {
    return refuse('effect-time-missing', 'Say from when: the handover takes effect at a time.');
  }
  if (effect !== 'atTime' && effectAt !== undefined) {
    return refuse('effect-time-unexpected', 'A time belongs only to a handover that takes effect at a time.');
  }
  return effect !== 'atDischarge' && expectedOn !== undefined
    ? refuse('expected-day-unexpected', 'An expected day belongs only to a handover that takes effect at discharge.')
    : undefined;
};
