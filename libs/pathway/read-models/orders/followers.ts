import type { Team } from '../../domain/fields.js';
import type { Order } from '../../domain/order/state.js';
import type { StandingNow } from '../standing.js';

/** Whoever ordered it, and whoever is responsible or will be: they may all follow it. */
export function followersOf({ team }: Order, { responsible, next }: StandingNow): readonly Team[] {
  const holders = [responsible, next].flatMap((period) => (period?.kind === 'team' ? [period.team] : []));
  return [...new Map([team, ...holders].map((one) => [one.team, one])).values()];
}
