import type { Journey, MovedOut, PersonRecord } from './state.js';

/** Moves of what was on the journey, and of what is the person's own and was found on its page. */
export const movesFrom = (
  { movedOut }: Pick<PersonRecord, 'movedOut'>,
  journey: Pick<Journey, 'journeyId' | 'movedOut'>,
): readonly MovedOut[] => [
  ...journey.movedOut,
  ...movedOut.filter(({ fromJourney }) => fromJourney === journey.journeyId),
];
