import { DatabaseUnavailableError } from '../place.js';
import { isAway } from './address.js';

/** The same error, or that the database cannot be reached. */
export const unlessAway = (error: unknown): unknown =>
  isAway(error) ? new DatabaseUnavailableError(`PostgreSQL does not answer: ${(error as Error).message}`, { cause: error }) : error;
