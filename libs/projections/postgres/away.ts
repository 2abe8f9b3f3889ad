import { isAway } from '#database';
import { ReadModelsUnavailableError } from '../read-store.js';

/** The same error, or that the database cannot be reached. */
export const unlessAway = (error: unknown): unknown =>
  isAway(error) ? new ReadModelsUnavailableError('the database of the read models does not answer', { cause: error }) : error;
