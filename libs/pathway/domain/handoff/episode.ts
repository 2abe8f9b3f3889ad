import type { Journey } from '../record/state.js';
import type { Handoff } from './state.js';

/** All attempts to hand over for one need (FACTS 3.1: declined and offered again is one episode). */
export interface Episode {
  readonly episode: string;
  readonly attempts: readonly Handoff[];
  /** Somebody accepted, or the need has gone. */
  readonly settled: boolean;
}

const needHasGone = ({ status, withdrawn }: Handoff): boolean =>
  status === 'stopped' ||
  (status === 'withdrawn' &&
    ['noLongerNeeded', 'deteriorated', 'wrongPerson', 'died'].includes(withdrawn?.reason ?? ''));

export function episodesOf({ handoffs }: Journey): readonly Episode[] {
  const byEpisode = Map.groupBy(handoffs, ({ episode }) => episode);
  return [...byEpisode].map(([episode, attempts]) => ({
    episode,
    attempts,
    settled: attempts.some(({ status }) => status === 'accepted') || attempts.every(needHasGone),
  }));
}

/** The need that still looks for a receiver: lead responsibility is one, so there is at most one such need. */
export const openEpisode = (journey: Journey): Episode | undefined =>
  episodesOf(journey).findLast(({ settled }) => !settled);
