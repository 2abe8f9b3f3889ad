import { refuse, type Refusal } from '#kernel';
import type { Team } from '../fields.js';
import { speaksFor, type JourneyCase } from '../policies.js';
import { nameOf } from '../words.js';
import { responsibleAt } from './responsibility.js';

/**
 * The team for which the actor may act on this journey: the responsible one or, during a hospital stay, the lead that
 * it returns to. Where nobody holds, those who held last may act, so that somebody can put it right.
 */
export function actingTeam({ record, journey, context }: JourneyCase): Team | Refusal {
  const now = responsibleAt(record, journey.journeyId, context.occurredAt);
  const candidates =
    now.kind === 'team'
      ? [now.team, now.returnsTo]
      : now.kind === 'nobody'
        ? [now.lastHeldBy, now.returnsTo, journey.referral?.to]
        : [];
  const acting = candidates.find((team) => team && speaksFor(context, team));
  if (acting) return acting;
  const holder = candidates.find((team) => team !== undefined);
  return holder
    ? refuse('not-responsible', `${nameOf(holder.team, context)} is responsible: ask them.`, { team: holder.team })
    : refuse('not-responsible', 'Nobody is responsible under this journey any more.');
}
