import { refuse, type Decision } from '#kernel';
import type { referralDeclineReasons, referrers, Urgency } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import {
  happenedByNow,
  isTeam,
  journeyIsOpen,
  knownTeam,
  onJourney,
  openTeam,
  personIsAlive,
  referralIsTaken,
  speaksFor,
  unless,
  type JourneyCase,
  type Policy,
  notBefore,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';
import { nameOf, when } from '../words.js';
import { eligibilityOf } from './eligibility.js';

export interface TakeReferral {
  readonly personId: string;
  readonly pathway: string;
  readonly definitionVersion?: number;
  readonly referrer: (typeof referrers)[number];
  readonly referredBy?: string;
  readonly to: string;
  readonly urgency: Urgency;
  readonly reason: string;
  readonly accept?: boolean;
  readonly keyWorker?: string;
  /** Answers about the criteria of the pathway, by criterion. */
  readonly eligibility?: Readonly<Record<string, unknown>>;
}

/** Begins a journey. Whoever takes the referral for their own team may accept it in the same breath. */
export function takeReferral(command: TakeReferral, record: PersonRecord, context: Context): Decision {
  return unless({ record, context }, [happenedByNow, personIsAlive], () => {
    const to = openTeam(command.to, context.occurredAt, context);
    if (!isTeam(to)) return to;
    if (command.accept && !speaksFor(context, to)) return notTheAsked(to.team, context);
    const rules = context.rules(command.pathway, command.definitionVersion);
    if (!rules) return refuse('pathway-unknown', 'There is no such pathway, or not in that version.');
    const referredBy = command.referredBy === undefined ? undefined : knownTeam(command.referredBy, context);
    if (command.referredBy !== undefined && !referredBy) {
      return refuse('team-unknown', `The directory knows no team ${command.referredBy}.`, { team: command.referredBy });
    }
    const eligibility = eligibilityOf(command.eligibility ?? {}, rules);
    if ('refused' in eligibility) return eligibility;
    const made = happened('ReferralMade', {
      pathway: rules.pathway,
      definitionVersion: rules.version,
      definitionHash: rules.hash,
      referrer: command.referrer,
      ...(referredBy && { referredBy }),
      to,
      urgency: command.urgency,
      reason: command.reason,
      ...(eligibility.length > 0 && { eligibility: [...eligibility] }),
    });
    const accepted = happened('ReferralAccepted', { team: to, ...given({ keyWorker: command.keyWorker }) });
    return command.accept ? [made, accepted] : [made];
  });
}

const notTheAsked = (team: string, context: Context) =>
  refuse('not-the-receiver', `${nameOf(team, context)} was asked: only they can answer.`, { team });

const isAsked: Policy<JourneyCase> = ({ journey: { referral }, context }) =>
  referral && !speaksFor(context, referral.to) ? notTheAsked(referral.to.team, context) : undefined;

const isNotTaken: Policy<JourneyCase> = ({ journey: { referral }, context }) =>
  referral?.accepted
    ? refuse(
        'referral-taken',
        `${nameOf(referral.accepted.team.team, context)} took it ${when(referral.accepted.at, context.now)}.`,
      )
    : undefined;

const notBeforeReferral: Policy<JourneyCase> = ({ journey: { referral }, context }) =>
  notBefore(referral?.made.at, 'The referral was made', context) ??
  notBefore(referral?.redirects.at(-1)?.at, 'The referral was passed on', context);

const answering = [happenedByNow, personIsAlive, journeyIsOpen, isAsked, notBeforeReferral] as const;

export interface AcceptReferral {
  readonly journeyId: string;
  readonly keyWorker?: string;
}

export const acceptReferral = (command: AcceptReferral, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, answering, ({ journey: { referral } }) => {
      if (!referral || referral.accepted) return [];
      if (referral.declined) {
        return refuse(
          'referral-declined',
          `It was declined ${when(referral.declined.at, context.now)}: pass it on or take a new one.`,
        );
      }
      const to = openTeam(referral.to.team, context.occurredAt, context);
      return isTeam(to) ? [happened('ReferralAccepted', { team: to, ...given({ keyWorker: command.keyWorker }) })] : to;
    }),
  );

export interface DeclineReferral {
  readonly journeyId: string;
  readonly reason: (typeof referralDeclineReasons)[number];
  readonly detail?: string;
}

export const declineReferral = (command: DeclineReferral, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [...answering, isNotTaken], ({ journey: { referral } }) =>
      !referral || referral.declined
        ? []
        : [
            happened('ReferralDeclined', {
              team: referral.to,
              reason: command.reason,
              ...given({ detail: command.detail }),
            }),
          ],
    ),
  );

export interface RedirectReferral {
  readonly journeyId: string;
  readonly to: string;
  readonly detail?: string;
}

/** Also after a decline: the service that declined may know who will take it. */
export const redirectReferral = (command: RedirectReferral, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(
      about,
      [happenedByNow, personIsAlive, journeyIsOpen, notBeforeReferral, isNotTaken],
      ({ journey: { referral } }) => {
        if (!referral || referral.to.team === command.to) return [];
        if (!speaksFor(context, referral.to)) return notTheAsked(referral.to.team, context);
        const to = openTeam(command.to, context.occurredAt, context);
        return isTeam(to)
          ? [happened('ReferralRedirected', { from: referral.to, to, ...given({ detail: command.detail }) })]
          : to;
      },
    ),
  );

export interface NameKeyWorker {
  readonly journeyId: string;
  readonly keyWorker: string;
}

export const nameKeyWorker = (command: NameKeyWorker, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive, journeyIsOpen, referralIsTaken], ({ journey }) => {
      const team = actingTeam(about);
      if (!isTeam(team)) return team;
      const named = journey.keyWorkers.findLast((known) => known.team === team.team);
      return named?.keyWorker === command.keyWorker
        ? []
        : [happened('KeyWorkerNamed', { team, keyWorker: command.keyWorker })];
    }),
  );
