import { responsibleAt, type Responsible, type Team } from '#pathway';
import type { Subject } from './subject.js';

/** Teams that may act: the responsible one, the one it returns to and, where nobody holds, those that held last. */
const candidates = (now: Responsible, asked: Team | undefined): readonly (Team | undefined)[] =>
  now.kind === 'team' ? [now.team, now.returnsTo] : now.kind === 'nobody' ? [now.lastHeldBy, now.returnsTo, asked] : [];

/** Whether the visitor answers for that team. A hospital without a known ward is its organisation. */
export const isOurs = ({ principal: { teams, actor } }: Pick<Subject, 'principal'>, team: Team | undefined): boolean =>
  team !== undefined &&
  (teams.includes(team.team) || (team.team === team.organisation && team.organisation === actor.organisation));

/** The team for which the visitor may act on this journey; undefined where another team has to. */
export function senderOf(subject: Pick<Subject, 'record' | 'journey' | 'principal' | 'now'>): Team | undefined {
  const { record, journey, now } = subject;
  return candidates(responsibleAt(record, journey.journeyId, now), journey.referral?.to).find((team) =>
    isOurs(subject, team),
  );
}
