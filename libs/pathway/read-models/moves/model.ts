import type { ReadModel, Table } from '#projections';
import { recordFold } from '../../domain/record/fold.js';
import type { PersonRecord } from '../../domain/record/state.js';

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
    /** Who moved it, and has to finish the move. */
    organisation: 'text',
    moved_at: 'text',
  },
  key: ['move', 'entry'],
  indexes: [['from_journey'], ['to_person'], ['organisation']],
  history: 'latest',
} as const satisfies Table;

/** One row an entry that arrived. What is in the other table and not here is on its way. */
export const movedIn = {
  name: 'moved_in',
  columns: { journey: 'text', entry: 'text' },
  key: ['journey', 'entry'],
  history: 'latest',
} as const satisfies Table;

export const movesModel: ReadModel<PersonRecord> = {
  name: 'moves',
  version: 1,
  subject: 'person',
  affectedBy: ['EntriesMovedOut', 'EntryMovedIn'],
  fold: recordFold,
  tables: [movedOut, movedIn],
  rows: ({ personId, journeys }) => ({
    moved_out: Object.values(journeys).flatMap(({ journeyId, movedOut: moves }) =>
      moves.flatMap(({ eventId, entries, toJourney, toPerson, by, at }) =>
        entries.map((entry) => ({
          move: eventId,
          entry,
          from_journey: journeyId,
          from_person: personId,
          to_journey: toJourney,
          to_person: toPerson,
          organisation: by,
          moved_at: at,
        })),
      ),
    ),
    moved_in: Object.values(journeys).flatMap(({ journeyId, movedIn: arrived }) =>
      [...new Set(arrived.map(({ entry }) => entry))].map((entry) => ({ journey: journeyId, entry })),
    ),
  }),
};
