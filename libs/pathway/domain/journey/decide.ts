import { refuse, type CivilDate, type Decision } from '#kernel';
import type { closeReasons, pauseReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import {
  happenedByNow,
  isTeam,
  journeyIsOpen,
  onJourney,
  personIsAlive,
  unless,
  type JourneyCase,
  type Policy,
  notBefore,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';

const actsForIt: Policy<JourneyCase> = (about) => {
  const team = actingTeam(about);
  return isTeam(team) ? undefined : team;
};

const notBeforeReferral: Policy<JourneyCase> = ({ journey: { referral }, context }) =>
  notBefore(referral?.made.at, 'The referral was made', context);

export interface PauseJourney {
  readonly journeyId: string;
  readonly reason: (typeof pauseReasons)[number];
  readonly until?: CivilDate;
}

export const pauseJourney = (command: PauseJourney, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(
      about,
      [happenedByNow, personIsAlive, journeyIsOpen, notBeforeReferral, actsForIt],
      ({ journey: { paused, resumed } }) => {
        if (paused) return [];
        const { reason, until } = command;
        return (
          notBefore(resumed?.at, 'It was resumed', context) ?? [
            happened('JourneyPaused', { reason, ...given({ until }) }),
          ]
        );
      },
    ),
  );

export interface ResumeJourney {
  readonly journeyId: string;
}

export const resumeJourney = (command: ResumeJourney, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive, journeyIsOpen, actsForIt], ({ journey: { paused } }) => {
      if (!paused) return [];
      return notBefore(paused.at, 'It was paused', context) ?? [happened('JourneyResumed', {})];
    }),
  );

const notBeforeLast: Policy<JourneyCase> = ({ journey, context }) =>
  notBefore(journey.last.at, 'The last entry of the journey is', context);

export interface CloseJourney {
  readonly journeyId: string;
  readonly reason: (typeof closeReasons)[number];
  /** Ciphertext. */
  readonly agreedWith: string;
}

/** Open offers stop with it. */
export const closeJourney = (command: CloseJourney, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) => {
    if (about.journey.closed) return [];
    const policies = record.death ? [happenedByNow, notBeforeLast] : [happenedByNow, notBeforeLast, actsForIt];
    return unless(about, policies, () => [
      happened('JourneyClosed', { reason: command.reason, agreedWith: command.agreedWith }),
    ]);
  });

export interface MoveJourneyToDefinition {
  readonly journeyId: string;
  readonly version: number;
}

/** Runs on under another version of the same pathway: an event, never a silent change (DESIGN 6). */
export const moveJourneyToDefinition = (
  command: MoveJourneyToDefinition,
  record: PersonRecord,
  context: Context,
): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, journeyIsOpen, notBeforeReferral], ({ journey }) => {
      if (journey.definitionVersion === command.version) return [];
      const rules = context.rules(journey.pathway, command.version);
      return rules
        ? [
            happened('JourneyMovedToDefinition', {
              pathway: rules.pathway,
              definitionVersion: rules.version,
              definitionHash: rules.hash,
            }),
          ]
        : refuse('pathway-unknown', `This pathway has no version ${command.version}.`);
    }),
  );
