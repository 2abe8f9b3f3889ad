import { latest, type Instant } from '#kernel';
import type { Effect, Handoff } from '../handoff/state.js';
import type { PersonRecord } from '../record/state.js';
import { currentStay, leavings } from './hospital.js';

/**
 * The moment at which an acceptance takes effect; undefined while a discharge is awaited. Where the person left
 * hospital between offer and acceptance, it takes effect at once.
 */
export function effectiveFrom(
  record: PersonRecord,
  handoff: Handoff,
  accepted: Effect & { readonly at: Instant },
): Instant | undefined {
  if (accepted.effect === 'now') return accepted.at;
  if (accepted.effect === 'atTime') return latest(accepted.at, accepted.effectAt ?? accepted.at);
  const left = leavings(record);
  const inHospital = currentStay(record, accepted.at) !== undefined;
  const leftBefore = left.some((at) => at >= handoff.offered.at && at <= accepted.at);
  return !inHospital && leftBefore ? accepted.at : left.filter((at) => at >= accepted.at).toSorted()[0];
}

/** When an accepted handoff's receiver began to hold; undefined while it is not accepted or not in effect. */
export const heldFrom = (record: PersonRecord, handoff: Handoff): Instant | undefined =>
  handoff.status === 'accepted' && handoff.accepted ? effectiveFrom(record, handoff, handoff.accepted) : undefined;
