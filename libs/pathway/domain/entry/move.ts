import { journeyStream, refuse, type Decision, type RecordedEvent } from '#kernel';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { noJourney, onJourney } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { moveOwnIn, moveOwnOut } from './move-own.js';
import { asArrived, firstStep, stillComing, stillHere, type MoveEntriesIn, type MoveEntriesOut } from './move-steps.js';
import { asMade, sameHandover, whatHangsOn } from './together.js';

export type { MoveEntriesIn, MoveEntriesOut };

function meantBy({ journeyId, handoffId, entry }: MoveEntriesOut, { recorded }: Context): readonly RecordedEvent[] {
  const here = recorded.filter(({ stream }) => stream === journeyStream(journeyId));
  return handoffId !== undefined ? sameHandover(handoffId, here) : whatHangsOn(entry, here);
}

/**
 * The first of two steps (scenario 10): the entries stop counting here and say where they went. No transaction spans
 * two streams, so until the second step they are on their way, and both records show it.
 */
export const moveEntriesOut = (command: MoveEntriesOut, record: PersonRecord, context: Context): Decision =>
  command.personId !== undefined
    ? moveOwnOut(command, record, context)
    : onJourney(command, record, context, ({ journey }) => {
        const { toJourneyId } = command;
        if (toJourneyId === command.journeyId) return refuse('same-journey', 'They are on that journey already.');
        const { movedOut } = journey;
        const going = stillHere(meantBy(command, context), record, { movedOut, toJourneyId });
        if ('refused' in going) return going;
        if (going.length === 0) return [];
        return [
          happened('EntriesMovedOut', firstStep(going, command), { occurredAt: context.now, precision: 'second' }),
        ];
      });

/** The second step: the entries count here, from when they occurred. A referral that arrives begins the journey. */
export function moveEntriesIn(command: MoveEntriesIn, record: PersonRecord, context: Context): Decision {
  if (command.fromPersonId !== undefined) return moveOwnIn(command, record, context);
  const journey = record.journeys[command.journeyId];
  const arriving = stillComing(command, record, { movedIn: journey?.movedIn ?? [], context });
  if ('refused' in arriving) return arriving;
  if (arriving.length === 0) return [];
  const begins = arriving.some((event) => asMade(event).type === 'ReferralMade');
  if (begins && journey?.referral)
    return refuse('journey-has-referral', 'That journey began with a referral of its own: move them to a new one.');
  if (!begins && !journey?.referral) return noJourney;
  const { fromJourneyId } = command;
  return arriving.map((event) => asArrived(event, record, { fromJourneyId, data: asMade(event).data }));
}
