import { effectiveHistory, journeyStream, refuse, type Decision, type RecordedEvent } from '#kernel';
import type { correctionReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { noJourney, onJourney } from '../policies.js';
import type { DataOf } from '../record/event.js';
import { pathwayRegistry } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { entryOf } from './decide.js';
import { asMade, sameHandover, whatHangsOn } from './together.js';

export interface MoveEntriesOut {
  readonly journeyId: string;
  /** A handoff with everything that was answered to it, or else … */
  readonly handoffId?: string;
  /** … an entry with everything that hangs on it. */
  readonly entry?: string;
  readonly toJourneyId: string;
  readonly toPersonId: string;
  readonly reason: (typeof correctionReasons)[number];
  readonly detail?: string;
}

/** What was moved here wrongly is moved on; the journey remembers that it had arrived, so nothing brings it again. */
const cameFrom = (data: unknown) => {
  const { fromJourney, entry } = data as DataOf<'EntryMovedIn'>;
  return { fromJourney, entry };
};

function meantBy({ journeyId, handoffId, entry }: MoveEntriesOut, { recorded }: Context): readonly RecordedEvent[] {
  const here = recorded.filter(({ stream }) => stream === journeyStream(journeyId));
  return handoffId !== undefined ? sameHandover(handoffId, here) : whatHangsOn(entry, here);
}

/**
 * The first of two steps (scenario 10): the entries stop counting here and say where they went. No transaction spans
 * two streams, so until the second step they are on their way, and both journeys show it.
 */
export const moveEntriesOut = (command: MoveEntriesOut, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, ({ journey }) => {
    const { toJourneyId, toPersonId, reason, detail } = command;
    if (toJourneyId === command.journeyId) return refuse('same-journey', 'They are on that journey already.');
    const meant = meantBy(command, context);
    if (meant.length === 0) return refuse('entry-not-found', 'This journey has no such entry or handover.');
    const going = meant.filter(({ eventId }) => !record.voided.includes(eventId));
    if (going.length === 0) {
      const gone = journey.movedOut.find(({ entries }) => entries.includes(meant[0]!.eventId));
      return gone?.toJourney === toJourneyId ? [] : refuse('entry-void', 'They were taken back or moved already.');
    }
    const broughtHere = going.filter(({ type }) => type === 'EntryMovedIn').map(({ data }) => cameFrom(data));
    const data = {
      entries: going.map(({ eventId }) => eventId),
      toJourney: toJourneyId,
      toPerson: toPersonId,
      reason,
      ...given({ detail }),
      ...(broughtHere.length > 0 && { broughtHere }),
    };
    return [happened('EntriesMovedOut', data, { occurredAt: context.now, precision: 'second' })];
  });

export interface MoveEntriesIn {
  readonly journeyId: string;
  readonly fromJourneyId: string;
  /** Event id of the first step. */
  readonly movedOut: string;
}

/** The second step: the entries count here, from when they occurred. A referral that arrives begins the journey. */
export function moveEntriesIn(command: MoveEntriesIn, record: PersonRecord, context: Context): Decision {
  const step = entryOf(command.movedOut, context);
  const out = step?.type === 'EntriesMovedOut' ? (step.data as DataOf<'EntriesMovedOut'>) : undefined;
  if (!step || !out) return refuse('entry-not-found', 'Nothing was moved away from there by that entry.');
  if (out.toJourney !== command.journeyId || out.toPerson !== record.personId) {
    return refuse('moved-elsewhere', 'They were moved to another journey.', { journey: out.toJourney });
  }
  const journey = record.journeys[command.journeyId];
  const arrived = new Set(journey?.movedIn.map(({ entry }) => entry));
  const asTheyStood = effectiveHistory(
    context.recorded.filter(({ eventId }) => eventId !== step.eventId),
    pathwayRegistry,
  );
  const arriving = asTheyStood.filter(({ eventId }) => out.entries.includes(eventId) && !arrived.has(eventId));
  if (arriving.length === 0) return [];
  const begins = arriving.some((event) => asMade(event).type === 'ReferralMade');
  if (begins && journey?.referral)
    return refuse('journey-has-referral', 'That journey began with a referral of its own: move them to a new one.');
  if (!begins && !journey?.referral) return noJourney;
  return arriving.map((event) => {
    const { type, schemaVersion, data } = asMade(event);
    return happened(
      'EntryMovedIn',
      {
        fromJourney: command.fromJourneyId,
        entry: event.eventId,
        entryType: type,
        entryVersion: schemaVersion,
        data: data as Record<string, unknown>,
        identity: event.person === record.personId ? 'copied' : 'resealed',
      },
      { occurredAt: event.occurredAt, precision: event.precision },
    );
  });
}
