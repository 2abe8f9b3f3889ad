import { civilDate, dayInWords, minutes, plus, refuse, type Decision, type Instant, type Refusal } from '#kernel';
import type { Context, TeamAt } from './context.js';
import type { Team } from './fields.js';
import type { Journey, PersonRecord } from './record/state.js';
import { moment, nameOf, when } from './words.js';

/** What a decision is about; concepts add their own parts to it. */
export interface Case {
  readonly record: PersonRecord;
  readonly context: Context;
}

/** One named rule: the refusal it gives, or nothing. */
export type Policy<C extends Case = Case> = (about: C) => Refusal | undefined;

/** The first refusal wins. */
export function unless<C extends Case>(
  about: C,
  policies: readonly Policy<C>[],
  decide: (about: C) => Decision,
): Decision {
  for (const policy of policies) {
    const refusal = policy(about);
    if (refusal) return refusal;
  }
  return decide(about);
}

/** Clocks of two machines differ a little (the executor allows as much). */
const AHEAD = minutes(1);

export const happenedByNow: Policy = ({ context: { occurredAt, now } }) =>
  occurredAt > plus(now, AHEAD)
    ? refuse('occurred-in-future', `It is ${moment(now, now)}: record it once it has happened.`)
    : undefined;

export const personIsAlive: Policy = ({ record: { death }, context: { occurredAt, now } }) => {
  if (!death || death.at > occurredAt) return undefined;
  const died = death.precision === 'day' ? `on ${dayInWords(civilDate(death.at))}` : when(death.at, now);
  return refuse('person-died', `The person died ${died}: do not contact.`);
};

/** Where the time of day is not known no clock in hours can run (DESIGN 5); what is imported carries what it has. */
export const timeIsKnown: Policy = ({ context: { precision, actor } }) =>
  precision === 'day' && actor.role !== 'system'
    ? refuse('time-needed', 'Give the time as well as the day: answers to a handover are counted in hours.')
    : undefined;

/** An entry that others of its kind rest on cannot be slipped in before them. */
export const notBefore = (
  earlier: Instant | undefined,
  what: string,
  { occurredAt, now }: Context,
): Refusal | undefined =>
  earlier !== undefined && occurredAt < earlier
    ? refuse('occurred-before-another', `${what} ${when(earlier, now)}: give a later time, or correct that entry.`)
    : undefined;

export interface JourneyCase extends Case {
  readonly journey: Journey;
}

export const noJourney = refuse(
  'journey-not-found',
  'There is no such journey: search for the person and open it from there.',
);

/** Decides about a journey that exists. */
export function onJourney(
  { journeyId }: { readonly journeyId: string },
  record: PersonRecord,
  context: Context,
  decide: (about: JourneyCase) => Decision,
): Decision {
  const journey = record.journeys[journeyId];
  return journey?.referral ? decide({ record, context, journey }) : noJourney;
}

export const journeyIsOpen: Policy<JourneyCase> = ({ journey: { closed }, context: { occurredAt, now } }) =>
  closed && closed.at <= occurredAt
    ? refuse(
        'journey-closed',
        `The journey was closed ${when(closed.at, now)}: take a new referral if help is needed again.`,
      )
    : undefined;

export const referralIsTaken: Policy<JourneyCase> = ({ journey, context: { occurredAt } }) => {
  const accepted = journey.referral?.accepted;
  return accepted && accepted.at <= occurredAt
    ? undefined
    : refuse('referral-not-taken', 'Nobody had taken the referral at that time: take it first.');
};

/** Whether the actor answers for that team. A hospital without a known ward is its organisation. */
export const speaksFor = ({ actor, actorTeams }: Context, team: Team): boolean =>
  actor.role === 'system' ||
  actorTeams.includes(team.team) ||
  (team.team === team.organisation && actor.organisation === team.organisation);

const asThen = ({ team, organisation, sector }: TeamAt): Team => ({ team, organisation, sector });

/** The team as it stands at that moment, or why nobody can ask it for anything. */
export function openTeam(id: string, at: Instant, context: Context): Team | Refusal {
  const team = context.team(id, at);
  if (!team) return refuse('team-unknown', `The directory knows no team ${id}: choose one from it.`, { team: id });
  if (team.status === 'open') return asThen(team);
  if (team.status === 'notYetOpen') {
    return refuse('team-not-open-yet', `${team.name} had not opened at that time: choose another team.`, { team: id });
  }
  const { successor } = team;
  return successor === undefined
    ? refuse('team-closed', `${team.name} has closed: choose another team.`, { team: id })
    : refuse('team-closed', `${team.name} has closed: ask ${nameOf(successor, context)}, which took over its work.`, {
        team: id,
        successor,
      });
}

/** A team of the directory, open or not; undefined where it was never known. */
export const knownTeam = (id: string, context: Context): Team | undefined => {
  const team = context.team(id, context.occurredAt);
  return team && asThen(team);
};

export const isTeam = (team: Team | Refusal): team is Team => !('refused' in team);
