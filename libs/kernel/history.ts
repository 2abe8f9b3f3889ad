import type { RecordedEvent } from './envelope.js';
import type { EventRegistry } from './registry.js';

/**
 * The history as care happened, out of the entries as they were recorded: entries made in error are left out,
 * corrections are put in place of what they correct, and the rest is ordered by when it occurred, then by ordinal
 * (by arrival where ordinals are not counted). The events that void or correct stay in the list: read models may
 * want to show them.
 *
 * @param recorded decoded events of one subject in the order they were recorded
 */
export function effectiveHistory(
  recorded: readonly RecordedEvent[],
  registry: EventRegistry,
): readonly RecordedEvent[] {
  const voided = new Set<string>();
  const corrected = new Map<string, { data?: object; occurredAt?: string }>();
  // Newest first: an entry that is itself made in error neither voids nor corrects anything.
  for (let i = recorded.length - 1; i >= 0; i--) {
    const event = recorded[i]!;
    if (voided.has(event.eventId)) continue;
    const effect = registry.definition(event.type).effect;
    if (!effect) continue;
    if ('voids' in effect) effect.voids(event.data).forEach((id) => voided.add(id));
    else {
      const correction = effect.corrects(event.data);
      const later = corrected.get(correction.eventId);
      const occurredAt = later?.occurredAt ?? correction.occurredAt;
      corrected.set(correction.eventId, {
        data: { ...correction.data, ...later?.data },
        ...(occurredAt && { occurredAt }),
      });
    }
  }
  const effective: RecordedEvent[] = [];
  for (const event of recorded) {
    if (voided.has(event.eventId)) continue;
    const change = corrected.get(event.eventId);
    effective.push(
      change
        ? { ...event, data: { ...(event.data as object), ...change.data }, occurredAt: change.occurredAt ?? event.occurredAt }
        : event,
    );
  }
  const ordered = effective.every((event, i) => i === 0 || effective[i - 1]!.occurredAt <= event.occurredAt);
  return ordered ? effective : stableByOccurrence(effective);
}

/** `recorded` is in ordinal order already, and Array.sort is stable. */
const stableByOccurrence = (events: RecordedEvent[]): RecordedEvent[] =>
  events.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
