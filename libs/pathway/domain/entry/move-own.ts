/** A stay or a death that stands on the wrong person's record goes to the right one (scenarios 4 and 10). */
import { effectiveHistory, personStream, refuse, type Decision, type RecordedEvent } from '#kernel';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { stayEndedBy } from '../person/decide.js';
import type { DataOf } from '../record/event.js';
import { pathwayRegistry, recordOf } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { entryOf } from './decide.js';
import { asArrived, firstStep, stillComing, stillHere, type MoveEntriesIn, type MoveEntriesOut } from './move-steps.js';
import { isDeath, stayThatGoesOn, whatHangsOnOwn, whyNotHere } from './own.js';
import { asMade, cameFrom } from './together.js';

const ofPerson = (personId: string, { recorded }: Context): readonly RecordedEvent[] =>
  recorded.filter(({ stream }) => stream === personStream(personId));

/**
 * The first step. Where the entries cannot arrive, nothing leaves. A death makes the record that it leaves go on: no
 * clock and no program does that, and no offer revives (scenario 4).
 */
export function moveOwnOut(command: MoveEntriesOut, record: PersonRecord, context: Context): Decision {
  const { personId } = record;
  const { toPersonId, toJourneyId, journeyId, entry, reason } = command;
  if (toPersonId === personId) return refuse('same-person', 'They are on that person’s record already.');
  const here = ofPerson(personId, context);
  const { movedOut } = record;
  const going = stillHere(whatHangsOnOwn(entry, here), record, { movedOut, toJourneyId });
  if ('refused' in going) return going;
  if (going.length === 0) return [];
  if (going.some(isDeath) && (command.alive !== true || context.actor.role === 'system'))
    return refuse('alive-not-said', 'Without the death this record goes on: somebody has to say that the person on it is alive.');
  const asTheyStand = effectiveHistory(here, pathwayRegistry).filter(({ eventId }) =>
    going.some((event) => event.eventId === eventId),
  );
  const there = recordOf(toPersonId, ofPerson(toPersonId, context));
  const refusal = whyNotHere(asTheyStand, there, context);
  if (refusal) return refusal;
  const now = { occurredAt: context.now, precision: 'second' } as const;
  const left = stayThatGoesOn(asTheyStand, record)?.discharged;
  const died = left && entryOf(left.eventId, context);
  return [
    ...(died
      ? [
          happened(
            'EntryMarkedInError',
            {
              entry: died.eventId,
              entryType: asMade(died).type,
              reason,
              ...(died.type === 'EntryMovedIn' && { broughtHere: cameFrom(died.data) }),
            },
            now,
          ),
        ]
      : []),
    happened(
      'EntriesMovedOut',
      {
        ...firstStep(going, command),
        fromJourney: journeyId,
        entryTypes: going.map((event) => asMade(event).type),
      },
      now,
    ),
  ];
}

/** The receiver that a ward named was meant for the journey that the stay goes to. */
function dataHere(event: RecordedEvent, journeyId: string): unknown {
  const { type, data } = asMade(event);
  if (type !== 'Discharged') return data;
  const discharged = data as DataOf<'Discharged'>;
  return { ...discharged, ...given({ journey: discharged.journey && journeyId }) };
}

/** The second step. A death does here what a death that is recorded here does: offers stop, and a stay ends with it. */
export function moveOwnIn(command: MoveEntriesIn, record: PersonRecord, context: Context): Decision {
  const { journeyId, fromJourneyId } = command;
  const arriving = stillComing(command, record, { movedIn: record.movedIn, context });
  if ('refused' in arriving) return arriving;
  if (arriving.length === 0) return [];
  const refusal = whyNotHere(arriving, record, context);
  if (refusal) return refusal;
  const death = arriving.find(isDeath);
  const place = death && (asMade(death).data as DataOf<'PersonDied'>).place;
  const ended = death && place && stayEndedBy({ place, at: death.occurredAt }, record);
  return [
    ...(death && ended
      ? [
          happened(
            'Discharged',
            { stayId: ended.stayId, destination: 'died' },
            { occurredAt: death.occurredAt, precision: death.precision },
          ),
        ]
      : []),
    ...arriving.map((event) => asArrived(event, record, { fromJourneyId, data: dataHere(event, journeyId) })),
  ];
}
