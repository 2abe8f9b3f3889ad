/** What no fault may do to the log. */
import type { RecordedEvent } from '#kernel';

/** Ids of events that somebody was told are kept. */
export interface Told {
  readonly acknowledged: ReadonlySet<string>;
  /** To one who sends: each was sent after the one before had been acknowledged. */
  readonly inOrder: readonly (readonly string[])[];
}

export interface Wrong {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  /** Acknowledged before another was sent, and after it in the log. */
  readonly outOfOrder: readonly string[];
  readonly gaps: readonly string[];
  readonly halfWritten: readonly string[];
}

export const nothingWrong: Wrong = { lost: [], twice: [], outOfOrder: [], gaps: [], halfWritten: [] };

export function wrongIn(events: readonly RecordedEvent[], { acknowledged, inOrder }: Told): Wrong {
  const places = new Map(events.map(({ eventId }, i) => [eventId, i]));
  return {
    lost: [...acknowledged].filter((id) => !places.has(id)),
    twice: events.filter(({ eventId }, i) => places.get(eventId) !== i).map(({ eventId }) => eventId),
    outOfOrder: inOrder.flatMap((ids) => {
      const there = ids.filter((id) => places.has(id));
      return there.filter((id, i) => i > 0 && places.get(id)! < places.get(there[i - 1]!)!);
    }),
    gaps: gapsIn(events),
    halfWritten: halfWritten(events),
  };
}

/** Ordinals of the log and revisions of each stream count without a gap. */
function gapsIn(events: readonly RecordedEvent[]): string[] {
  const heads = new Map<string, number>();
  return events.flatMap(({ ordinal, stream, revision }, i) => {
    const expected = (heads.get(stream) ?? -1) + 1;
    heads.set(stream, revision);
    return ordinal === i + 1 && revision === expected ? [] : [`${stream}@${revision} at ${ordinal}`];
  });
}

/** A referral that is taken at once is two events of one command: both or neither. */
const halfWritten = (events: readonly RecordedEvent[]): string[] =>
  [...Map.groupBy(events, ({ commandId }) => commandId)].flatMap(([commandId, written]) =>
    written.some(({ type }) => type === 'ReferralMade') && written.length !== 2 ? [commandId] : [],
  );
