/** Which failures mean that the database is not there for us, whatever was asked of it. */
import { DatabaseUnavailableError } from '../place.js';

/** Classes of SQLSTATE: connection, authorisation, no such database, too many connections, ended or timed out by the server. */
const AWAY = /^(?:08...|28...|3D000|53300|57...)$/;
/** As Node and the driver say it. */
const NO_CONNECTION = /^E[A-Z]{3,}$/;
const DRIVER = /^(?:timeout expired|timeout exceeded when trying to connect|Connection terminated|Client .+ not queryable)/;

function isAway(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return AWAY.test(code) || NO_CONNECTION.test(code) || DRIVER.test(message);
}

/** The same error, or that the database cannot be reached. */
export const unlessAway = (error: unknown): unknown =>
  isAway(error) ? new DatabaseUnavailableError(`PostgreSQL does not answer: ${(error as Error).message}`, { cause: error }) : error;
