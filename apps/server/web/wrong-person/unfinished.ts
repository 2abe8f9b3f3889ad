import { movesUnderWayBy, movesUnderWayOf, type MoveUnderWay } from '#pathway';
import type { Rows } from '#projections';
import { dateAndTime } from '#web';
import { organisationName } from '../pages.js';
import type { Subject } from '../record/subject.js';

export interface UnfinishedMove {
  readonly text: string;
  /** Where it is finished, for those who began it. */
  readonly href: string | null;
}

const howMany = (entries: number): string => (entries === 1 ? 'One entry' : `${entries} entries`);

const whatHappened = ({ entries, moved_at }: MoveUnderWay): string =>
  `${howMany(entries)} moved on ${dateAndTime(moved_at)} ${entries === 1 ? 'is' : 'are'} not on the right record yet`;

const pageOf = ({ from_journey, move }: MoveUnderWay): string => `/journeys/${from_journey}/moves/${move}`;

/** Both records say that entries are on their way, until they have arrived (DESIGN 4). */
export const unfinishedMoves = async (
  rows: Rows,
  { journey: { journeyId }, record: { personId }, principal: { actor } }: Subject,
): Promise<readonly UnfinishedMove[]> =>
  (await movesUnderWayOf(rows, { journey: journeyId, person: personId })).map((move) => {
    const mayFinish = actor.role === 'coordinator' && actor.organisation === move.organisation;
    const leaves = move.from_journey === journeyId || (move.from_person === personId && move.to_person !== personId);
    const direction = leaves ? 'out of this record' : 'towards this record';
    const whose = mayFinish ? '' : ` ${organisationName(move.organisation)} has to finish it.`;
    return {
      text: `${whatHappened(move)}: on the way ${direction}.${whose}`,
      href: mayFinish ? pageOf(move) : null,
    };
  });

/** On the list of those who began them. */
export const begunMoves = async (rows: Rows, organisation: string): Promise<readonly UnfinishedMove[]> =>
  (await movesUnderWayBy(rows, organisation)).map((move) => ({ text: `${whatHappened(move)}.`, href: pageOf(move) }));
