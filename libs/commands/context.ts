import { boundary, civilDate, deriveId, type Actor, type Instant, type Precision, type RecordedEvent } from '#kernel';
import { deadlines, definition, hashOf, latestDefinition, linkLimits, reactionDue, teamAsOf, teamStatus } from '#pilots';
import type { Context } from '#pathway';

export interface Asked {
  readonly commandId: string;
  readonly actor: Actor;
  readonly teams: readonly string[];
  readonly now: Instant;
  readonly occurredAt: Instant;
  readonly precision: Precision;
  readonly recorded: readonly RecordedEvent[];
}

/** The world as it is for one command: the clock, the dated directory, the pathways, and ids that a repeat derives again. */
export function contextOf({ commandId, teams, ...asked }: Asked): Context {
  return {
    ...asked,
    actorTeams: teams,
    newId: (label) => deriveId(label, commandId),
    team: teamAt,
    rules(pathway, version) {
      const found =
        version === undefined ? latestDefinition(pathway, civilDate(asked.occurredAt)) : definition(pathway, version);
      return (
        found && {
          pathway,
          version: found.version,
          hash: hashOf(found),
          boundaries: found.handoffs.allowed,
          criteria: found.eligibility.map(({ code }) => code),
        }
      );
    },
    deadlines({ from, to, urgency, offeredAt, receiver }) {
      const team = teamAsOf(receiver, civilDate(offeredAt));
      if (!team) throw new RangeError(`the directory has no team ${receiver}`);
      return deadlines({ boundary: boundary(from, to), urgency, offeredAt, receiver: team });
    },
    linkLimits,
    due: reactionDue,
  };
}

const teamAt: Context['team'] = (id, at) => {
  const found = teamStatus(id, at);
  if (found.status === 'unknown') return undefined;
  const { team } = found;
  const closed = found.status === 'closed';
  return {
    team: team.id,
    name: team.name,
    organisation: team.organisation,
    sector: team.sector,
    telephone: team.telephone,
    status: closed ? (team.opened > civilDate(at) ? 'notYetOpen' : 'closed') : 'open',
    ...(closed && found.successor && { successor: found.successor.id }),
  };
};
