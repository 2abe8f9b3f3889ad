/** What no fault may do to the log. */
import type { RecordedEvent } from '#kernel';

/** Ordinals of the log and revisions of each stream count without a gap. */
export function gapsIn(events: readonly RecordedEvent[]): string[] {
  const heads = new Map<string, number>();
  return events.flatMap(({ ordinal, stream, revision }, i) => {
    const expected = (heads.get(stream) ?? -1) + 1;
    heads.set(stream, revision);
    return ordinal === i + 1 && revision === expected ? [] : [`${stream}@${revision} at ${ordinal}`];
  });
}

/** A referral that is taken at once is two events of one command: both or neither. */
export const halfWritten = (events: readonly RecordedEvent[]): string[] =>
  [...Map.groupBy(events, ({ commandId }) => commandId)].flatMap(([commandId, written]) =>
    written.some(({ type }) => type === 'ReferralMade') && written.length !== 2 ? [commandId] : [],
  );
