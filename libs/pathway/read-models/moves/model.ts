import { journeyStream, personStream } from '#kernel';
import type { ReadModel, Table } from '#projections';
import { recordFold } from '../../domain/record/fold.js';
import type { MovedIn, MovedOut, PersonRecord } from '../../domain/record/state.js';

/** One row an entry that left a record (scenario 10). */
export const movedOut = {
  name: 'moved_out',
  columns: {
    /** Event id of the first step. */
    move: 'text',
    entry: 'text',
    from_journey: 'text',
    from_person: 'text',
    to_journey: 'text',
    to_person: 'text',
    /** The stream on which it arrives: of the journey, or the person's own for a stay or a death. */
    to_stream: 'text',
    /** Who moved it, and has to finish the move. */
    organisation: 'text',
    moved_at: 'text',
  },
  key: ['move', 'entry'],
  indexes: [['from_journey'], ['from_person'], ['to_person'], ['organisation']],
  history: 'latest',
} as const satisfies Table;

/** One row an entry that arrived. What is in the other table and not here is on its way. */
export const movedIn = {
  name: 'moved_in',
  columns: { stream: 'text', entry: 'text' },
  key: ['stream', 'entry'],
  history: 'latest',
} as const satisfies Table;

type Out = (typeof movedOut)['columns'];

const leftRows = (
  from: { readonly from_person: string; readonly from_journey: string },
  { eventId, entries, toJourney, toPerson, by, at }: MovedOut,
  to_stream: string,
): readonly Record<keyof Out, string>[] =>
  entries.map((entry) => ({
    move: eventId,
    entry,
    ...from,
    to_journey: toJourney,
    to_person: toPerson,
    to_stream,
    organisation: by,
    moved_at: at,
  }));

const arrivedRows = (stream: string, arrived: readonly MovedIn[]) =>
  [...new Set(arrived.map(({ entry }) => entry))].map((entry) => ({ stream, entry }));

export const movesModel: ReadModel<PersonRecord> = {
  name: 'moves',
  version: 2,
  subject: 'person',
  affectedBy: ['EntriesMovedOut', 'EntryMovedIn', 'EntryMarkedInError'],
  fold: recordFold,
  tables: [movedOut, movedIn],
  rows: ({ personId: from_person, journeys, ...own }) => ({
    moved_out: [
      ...Object.values(journeys).flatMap(({ journeyId: from_journey, movedOut: moves }) =>
        moves.flatMap((move) => leftRows({ from_person, from_journey }, move, journeyStream(move.toJourney))),
      ),
      ...own.movedOut.flatMap((move) =>
        leftRows({ from_person, from_journey: move.fromJourney }, move, personStream(move.toPerson)),
      ),
    ],
    moved_in: [
      ...Object.values(journeys).flatMap(({ journeyId, movedIn: arrived }) =>
        arrivedRows(journeyStream(journeyId), arrived),
      ),
      ...arrivedRows(personStream(from_person), own.movedIn),
    ],
  }),
};
