import { latest, type Instant, type RecordedEvent } from '#kernel';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';
import { isOpen, type Acceptance, type Effect, type Handoff } from './state.js';

export const handoffOf = (journey: Journey, handoffId: string): Handoff | undefined =>
  journey.handoffs.find((handoff) => handoff.handoffId === handoffId);

/** Replaces one handoff; undefined where it is not known or `change` says that the event does not fit. */
export function changeHandoff(
  journey: Journey,
  handoffId: string,
  change: (handoff: Handoff) => Handoff | undefined,
): Journey | undefined {
  const index = journey.handoffs.findIndex((handoff) => handoff.handoffId === handoffId);
  const changed = index < 0 ? undefined : change(journey.handoffs[index]!);
  return changed && { ...journey, handoffs: journey.handoffs.with(index, changed) };
}

export const effectOf = ({ effect, effectAt, expectedOn }: Effect): Effect => ({
  effect,
  ...(effectAt && { effectAt }),
  ...(expectedOn && { expectedOn }),
});

/** The handoff of the same need that another team accepted: one holds (scenario 3). */
export const acceptedElsewhere = (journey: Journey, handoff: Handoff): Handoff | undefined =>
  journey.handoffs.find(
    (other) =>
      other.episode === handoff.episode && other.handoffId !== handoff.handoffId && other.status === 'accepted',
  );

/** Accepted; or closed, where another team of the same episode had accepted before. */
export function accept(journey: Journey, handoff: Handoff, accepted: Acceptance, event: RecordedEvent): Handoff {
  const first = acceptedElsewhere(journey, handoff);
  if (first) {
    const withdrawn = { ...markOf(event), by: first.to, reason: 'acceptedElsewhere' } as const;
    return { ...handoff, status: 'withdrawn', withdrawn };
  }
  const { withdrawn: _, ...standing } = handoff;
  return { ...standing, status: 'accepted', accepted };
}

export const canStillAnswer = (handoff: Handoff): boolean => isOpen(handoff) || handoff.status === 'lapsed';

/** The moment of the latest entry about a handoff: what is said about its answers is said after that. */
export const latestOf = ({
  offered,
  acknowledged,
  accepted,
  declined,
  withdrawn,
  lapsed,
  ...handoff
}: Handoff): Instant =>
  [
    ...[offered, acknowledged, accepted, declined, withdrawn, lapsed, handoff.stopped, handoff.actedOn],
    ...handoff.escalations,
    ...handoff.revisions,
    ...handoff.accounts.flatMap((account) => [account, account.confirmed, account.disputed]),
    ...[handoff.dispute?.raised, handoff.dispute?.resolved, handoff.firstContact],
  ].reduce((last, mark) => (mark ? latest(last, mark.at) : last), offered.at);
