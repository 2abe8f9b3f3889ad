import { effectiveHistory } from '#kernel';
import { pathwayRegistry } from '#pathway';
import { asKnownAt, type KnownAt } from '../../api/journey.js';
import type { Subject } from '../record/subject.js';

/**
 * The journey as it was known then, for whoever sees it now; undefined where nothing was known of it yet. Names are
 * those of today: the vault keeps no others.
 */
export function asKnown(subject: Subject, knownAt: KnownAt): Subject | undefined {
  const found = asKnownAt(subject, knownAt);
  if (!found) return undefined;
  const { record, journey, entries } = found;
  const { ordinal, position, recordedAt } = entries.at(-1)!;
  return {
    ...subject,
    record,
    journey,
    entries,
    effective: new Map(effectiveHistory(entries, pathwayRegistry).map((event) => [event.eventId, event])),
    now: knownAt.moment,
    shows: {
      ...subject.shows,
      served: { ...subject.shows.served, ordinal, position, knownAt: knownAt.moment },
    },
    freshness: { ...subject.freshness, ordinal, position, asOf: recordedAt },
  };
}
