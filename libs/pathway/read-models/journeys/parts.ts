import type { Row } from '#projections';
import type { Team } from '../../domain/fields.js';
import { isOpen, type Handoff } from '../../domain/handoff/state.js';
import { movesFrom } from '../../domain/record/moves.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import type { Period } from '../../domain/responsibility/state.js';

/**
 * `held`: holds or held responsibility, is returned to, sent somebody there, or moved entries to another record. `asked`: a referral or an open or
 * accepted offer waits for it; whoever declined sees nothing more (SCENARIOS).
 */
export const parts = ['held', 'asked'] as const;

const holders = (period: Period): readonly (Team | undefined)[] => {
  if (period.kind === 'ended') return [];
  return period.kind === 'team' ? [period.team, period.returnsTo] : [period.lastHeldBy, period.returnsTo];
};

const isStillAsked = (handoff: Handoff): boolean =>
  isOpen(handoff) || handoff.status === 'accepted' || handoff.status === 'disputed';

/** Every organisation that has or had a part in the journey, once. */
export function partsOf(
  record: PersonRecord,
  journey: Journey,
  periods: readonly Period[],
): readonly Row[] {
  const { journeyId, referral, handoffs } = journey;
  const held = [
    ...periods.flatMap(holders),
    ...handoffs.map(({ from }) => from),
    referral?.referredBy,
    ...record.plans.flatMap(({ journeyId: of, team }) => (of === journeyId ? [team] : [])),
  ];
  const asked = [
    ...handoffs.flatMap((handoff) => (isStillAsked(handoff) ? [handoff.to] : [])),
    referral?.status === 'made' ? referral.to : undefined,
  ];
  const found = new Map<string, (typeof parts)[number]>();
  for (const team of asked) if (team) found.set(team.organisation, 'asked');
  for (const team of held) if (team) found.set(team.organisation, 'held');
  for (const { by } of movesFrom(record, journey)) found.set(by, 'held');
  return [...found].map(([organisation, part]) => ({ journey: journeyId, organisation, part }));
}
