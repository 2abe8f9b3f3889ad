/** The two steps of a move, as far as they are the same for a journey's entries and for a person's own (scenario 10). */
import { effectiveHistory, refuse, type RecordedEvent, type Refusal } from '#kernel';
import type { correctionReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import type { DataOf } from '../record/event.js';
import { pathwayRegistry } from '../record/fold.js';
import type { MovedIn, MovedOut, PersonRecord } from '../record/state.js';
import { entryOf } from './decide.js';
import { asMade, cameFrom } from './together.js';

export interface MoveEntriesOut {
  readonly journeyId: string;
  /** Where the entry is the person's own, a stay or a death; it was found on the page of the journey. */
  readonly personId?: string;
  /** A handoff with everything that was answered to it, or else … */
  readonly handoffId?: string;
  /** … an entry with everything that hangs on it. */
  readonly entry?: string;
  readonly toJourneyId: string;
  readonly toPersonId: string;
  /** Where a death goes: somebody made sure that the person who stays is alive. */
  readonly alive?: boolean;
  readonly reason: (typeof correctionReasons)[number];
  readonly detail?: string;
}

export interface MoveEntriesIn {
  readonly journeyId: string;
  readonly fromJourneyId: string;
  /** Where they are the person's own, a stay or a death: the person on whose record they were. */
  readonly fromPersonId?: string;
  /** Event id of the first step. */
  readonly movedOut: string;
}

/** Those of them that still count here; or what there is to say where none does. */
export function stillHere(
  meant: readonly RecordedEvent[],
  { voided }: PersonRecord,
  { movedOut, toJourneyId }: { readonly movedOut: readonly MovedOut[]; readonly toJourneyId: string },
): readonly RecordedEvent[] | Refusal {
  const [first] = meant;
  if (!first) return refuse('entry-not-found', 'This record has no such entry or handover.');
  const going = meant.filter(({ eventId }) => !voided.includes(eventId));
  if (going.length > 0) return going;
  const gone = movedOut.find(({ entries }) => entries.includes(first.eventId));
  return gone?.toJourney === toJourneyId ? [] : refuse('entry-void', 'They were taken back or moved already.');
}

/** What every first step says. */
export function firstStep(
  going: readonly RecordedEvent[],
  { toJourneyId, toPersonId, reason, detail }: MoveEntriesOut,
): DataOf<'EntriesMovedOut'> {
  const broughtHere = going.filter(({ type }) => type === 'EntryMovedIn').map(({ data }) => cameFrom(data));
  return {
    entries: going.map(({ eventId }) => eventId),
    toJourney: toJourneyId,
    toPerson: toPersonId,
    reason,
    ...given({ detail }),
    ...(broughtHere.length > 0 && { broughtHere }),
  };
}

/** What the first step sent here and has not arrived yet, as it stood when it left. */
export function stillComing(
  { movedOut, journeyId }: MoveEntriesIn,
  { personId }: PersonRecord,
  { movedIn, context }: { readonly movedIn: readonly MovedIn[]; readonly context: Context },
): readonly RecordedEvent[] | Refusal {
  const step = entryOf(movedOut, context);
  const out = step?.type === 'EntriesMovedOut' ? (step.data as DataOf<'EntriesMovedOut'>) : undefined;
  if (!step || !out) return refuse('entry-not-found', 'Nothing was moved away from there by that entry.');
  if (out.toJourney !== journeyId || out.toPerson !== personId) {
    return refuse('moved-elsewhere', 'They were moved to another journey.', { journey: out.toJourney });
  }
  const arrived = new Set(movedIn.map(({ entry }) => entry));
  const asTheyStood = effectiveHistory(
    context.recorded.filter(({ eventId }) => eventId !== step.eventId),
    pathwayRegistry,
  );
  return asTheyStood.filter(({ eventId }) => out.entries.includes(eventId) && !arrived.has(eventId));
}

/** An entry as it arrives: it counts here from when it occurred. */
export const asArrived = (
  event: RecordedEvent,
  { personId }: PersonRecord,
  { fromJourneyId, data }: { readonly fromJourneyId: string; readonly data: unknown },
) =>
  happened(
    'EntryMovedIn',
    {
      fromJourney: fromJourneyId,
      entry: event.eventId,
      entryType: asMade(event).type,
      entryVersion: asMade(event).schemaVersion,
      data: data as Record<string, unknown>,
      identity: event.person === personId ? 'copied' : 'resealed',
    },
    { occurredAt: event.occurredAt, precision: event.precision },
  );
