import type { EventStore } from '#event-store';
import { deriveId, type Actor, type Instant, type NewEvent } from '#kernel';
import { programmeHistory, type ProgrammeEntry } from '#pilots';

/** The engine itself, where no member of staff asked. */
export const system: Actor = {
  staff: 'throughcare',
  role: 'system',
  organisation: 'throughcare-operations',
  sector: 'community',
};

export interface ProgrammeOptions {
  /** When an entry became known: now in a live store, as it happened where history is simulated. */
  readonly recordedAt: (entry: ProgrammeEntry) => Instant;
  readonly synthetic: boolean;
}

/** The programme's own history: pilots, their names, the pathways they run. The same ids whenever it is asked for. */
export const programmeEvents = ({
  recordedAt,
  synthetic,
}: ProgrammeOptions): readonly { stream: string; event: NewEvent }[] =>
  [...programmeHistory()].map((entry) => {
    const { type, data, stream, pilot, occurredAt, precision } = entry;
    const commandId = deriveId('programme', stream, JSON.stringify([type, data, occurredAt]));
    const event: NewEvent = {
      eventId: deriveId('programme-event', commandId),
      type,
      schemaVersion: 1,
      pilot,
      occurredAt,
      precision,
      recordedAt: recordedAt(entry),
      actor: system,
      purpose: 'administration',
      commandId,
      commandHash: commandId,
      correlationId: commandId,
      source: 'programme',
      synthetic,
      data,
    };
    return { stream, event };
  });

/** Whether any of it is there: it is the last that a first start writes. */
export async function hasProgramme(store: Pick<EventStore, 'readStream'>): Promise<boolean> {
  const streams = new Set([...programmeHistory()].map(({ stream }) => stream));
  const first = await Promise.all([...streams].map((stream) => store.readStream(stream, { limit: 1 })));
  return first.some(({ length }) => length > 0);
}

/** Writes what is missing: all of it into a new store, and what a later release adds into an old one. */
export async function recordProgramme(store: EventStore, options: ProgrammeOptions): Promise<void> {
  const streams = Map.groupBy(programmeEvents(options), ({ stream }) => stream);
  await Promise.all(
    [...streams].map(async ([stream, entries]) => {
      const known = await store.readStream(stream);
      const ids = new Set(known.map(({ eventId }) => eventId));
      const missing = entries.map(({ event }) => event).filter(({ eventId }) => !ids.has(eventId));
      if (missing.length > 0) await store.append(stream, known.length === 0 ? 'none' : known.length - 1, missing);
    }),
  );
}
