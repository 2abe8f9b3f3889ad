import { effectiveHistory, refuse, type Decision, type RecordedEvent } from '#kernel';
import type { correctionReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { onJourney } from '../policies.js';
import type { DataOf } from '../record/event.js';
import { pathwayRegistry } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { entryOf } from './decide.js';

export interface MoveEntriesOut {
  readonly journeyId: string;
  /** A handoff with everything that was answered to it, or else … */
  readonly handoffId?: string;
  /** … one entry. */
  readonly entry?: string;
  readonly toJourneyId: string;
  readonly toPersonId: string;
  readonly reason: (typeof correctionReasons)[number];
  readonly detail?: string;
}

/** Entries about entries stay where they are: what they changed goes along in the entry itself. */
const canMove = ({ type }: RecordedEvent): boolean => !/^Entr(y|ies)/.test(type);

const isMeant = ({ handoffId, entry }: MoveEntriesOut, { eventId, data }: RecordedEvent): boolean =>
  handoffId === undefined ? eventId === entry : (data as { handoffId?: string }).handoffId === handoffId;

/**
 * The first of two steps (scenario 10): the entries stop counting here and say where they went. No transaction spans
 * two streams, so until the second step they are on their way, and both journeys show it.
 */
export const moveEntriesOut = (command: MoveEntriesOut, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, ({ journey }) => {
    const { toJourneyId, toPersonId, reason, detail } = command;
    if (toJourneyId === command.journeyId) return refuse('same-journey', 'They are on that journey already.');
    const meant = context.recorded.filter((event) => canMove(event) && isMeant(command, event));
    if (meant.length === 0) return refuse('entry-not-found', 'This journey has no such entry or handover.');
    const going = meant.map(({ eventId }) => eventId).filter((id) => !record.voided.includes(id));
    if (going.length === 0) {
      const gone = journey.movedOut.find(({ entries }) => entries.includes(meant[0]!.eventId));
      return gone?.toJourney === toJourneyId ? [] : refuse('entry-void', 'They were taken back or moved already.');
    }
    const data = { entries: going, toJourney: toJourneyId, toPerson: toPersonId, reason, ...given({ detail }) };
    return [happened('EntriesMovedOut', data, { occurredAt: context.now, precision: 'second' })];
  });

export interface MoveEntriesIn {
  readonly journeyId: string;
  readonly fromJourneyId: string;
  /** Event id of the first step. */
  readonly movedOut: string;
}

/** The second step: the entries count here, from when they occurred. */
export const moveEntriesIn = (command: MoveEntriesIn, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, ({ journey }) => {
    const step = entryOf(command.movedOut, context);
    const out = step?.type === 'EntriesMovedOut' ? (step.data as DataOf<'EntriesMovedOut'>) : undefined;
    if (!step || !out) return refuse('entry-not-found', 'Nothing was moved away from there by that entry.');
    if (out.toJourney !== journey.journeyId || out.toPerson !== record.personId) {
      return refuse('moved-elsewhere', 'They were moved to another journey.', { journey: out.toJourney });
    }
    const arrived = new Set(journey.movedIn.map(({ entry }) => entry));
    const asTheyStood = effectiveHistory(
      context.recorded.filter(({ eventId }) => eventId !== step.eventId),
      pathwayRegistry,
    );
    return asTheyStood
      .filter(({ eventId }) => out.entries.includes(eventId) && !arrived.has(eventId))
      .map((event) =>
        happened(
          'EntryMovedIn',
          {
            fromJourney: command.fromJourneyId,
            entry: event.eventId,
            entryType: event.type,
            entryVersion: event.schemaVersion,
            data: event.data as Record<string, unknown>,
            identity: event.person === record.personId ? 'copied' : 'resealed',
          },
          { occurredAt: event.occurredAt, precision: event.precision },
        ),
      );
  });
