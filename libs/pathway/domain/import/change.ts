import { refuse, type Decision, type Instant, type RecordedEvent, type Refusal } from '#kernel';
import { asMade } from '../entry/together.js';
import { happened, isSame } from '../event.js';

type Data = Readonly<Record<string, unknown>>;

interface Before {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly data: Data;
  /** It came here from another record, where the source had told of it first (scenario 10). */
  readonly isMoved: boolean;
}

/**
 * What a source says now against what was taken in from it before: nothing where it says the same, else a correction
 * of that entry. A changed record is a correction, not an error (DESIGN 4). What was moved here is put right by people: only
 * they know what of it is this person's.
 */
export function corrected(
  before: Before,
  now: { readonly occurredAt: Instant; readonly data: Data },
  learned: Instant,
): Decision {
  const changed = Object.entries(now.data).filter(([field, value]) => !isSame(before.data[field], value));
  const moved = before.occurredAt !== now.occurredAt;
  if (changed.length === 0 && !moved) return [];
  if (before.isMoved)
    return refuse('moved-here', 'That was moved here from another record, and the source says otherwise: put it right by hand.');
  return [
    happened(
      'EntryCorrected',
      {
        entry: before.eventId,
        entryType: before.type,
        reason: 'sourceChanged',
        ...(moved && { occurredAt: now.occurredAt }),
        ...(changed.length > 0 && { data: Object.fromEntries(changed) }),
      },
      { occurredAt: learned, precision: 'second' },
    ),
  ];
}

/** Entries as they stand, with all corrections made so far, also those that came here from another record. */
export function asItStands(
  effective: readonly RecordedEvent[],
  type: string,
  field: string,
  id: string,
): Before | undefined {
  const found = effective.find((event) => asMade(event).type === type && (asMade(event).data as Data)[field] === id);
  return (
    found && {
      eventId: found.eventId,
      type,
      occurredAt: found.occurredAt,
      data: asMade(found).data as Data,
      isMoved: found.type === 'EntryMovedIn',
    }
  );
}

/** All of them, or the first that is refused. */
export function together(decisions: readonly Decision[]): Decision {
  const refusal = decisions.find((one): one is Refusal => 'refused' in one);
  return refusal ?? decisions.flatMap((one) => ('refused' in one ? [] : one));
}
