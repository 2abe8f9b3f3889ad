import { refuse, type Decision, type Instant } from '#kernel';
import type { contactModes } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import type { Team } from '../fields.js';
import {
  happenedByNow,
  isTeam,
  knownTeam,
  onJourney,
  personIsAlive,
  speaksFor,
  unless,
  type JourneyCase,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';

export interface RecordContact {
  readonly journeyId: string;
  /** The acting team where absent. */
  readonly team?: string;
  readonly mode: (typeof contactModes)[number];
  readonly endedAt?: Instant;
  readonly kind?: string;
  /** Ciphertext. */
  readonly note?: string;
}

/** The acting team, else the first that the actor speaks for. */
function ownTeam(about: JourneyCase): Team | undefined {
  const acting = actingTeam(about);
  if (isTeam(acting)) return acting;
  const [first] = about.context.actorTeams;
  return first === undefined ? undefined : knownTeam(first, about.context);
}

/** Any team with a part may see the person; it need not hold. */
function contactTeam(command: RecordContact, about: JourneyCase) {
  const { context } = about;
  const team = command.team === undefined ? ownTeam(about) : knownTeam(command.team, context);
  if (!team) return refuse('team-unknown', 'Say which team of the directory saw the person.');
  return speaksFor(context, team)
    ? team
    : refuse('not-your-team', 'Record contacts of your own team.', { team: team.team });
}

export const recordContact = (command: RecordContact, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive], () => {
      const { endedAt, kind, note, mode } = command;
      if (endedAt !== undefined && endedAt < context.occurredAt) {
        return refuse('ended-before-start', 'The contact cannot end before it begins.');
      }
      const team = contactTeam(command, about);
      return isTeam(team)
        ? [
            happened('ContactRecorded', {
              contact: context.newId('contact'),
              team,
              sector: team.sector,
              mode,
              ...given({ endedAt, kind, note }),
            }),
          ]
        : team;
    }),
  );
