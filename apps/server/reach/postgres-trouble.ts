/** What is wrong with PostgreSQL, in an operator's words. */
import { isOfCertificate, type TakesNoWrites } from '#database';
import type { Trouble } from './trouble.js';

/** By SQLSTATE, or by what Node says. */
const byCode: Readonly<Record<string, Trouble>> = {
  '28P01': { says: 'the password is not taken: look at THROUGHCARE_POSTGRES_PASSWORD_FILE', stays: true },
  '28000': { says: 'this user is not let in, or not without TLS: look at THROUGHCARE_POSTGRES_URL and at pg_hba.conf', stays: false },
  '3D000': { says: 'there is no such database: make it, or mend THROUGHCARE_POSTGRES_URL', stays: false },
  '53300': { says: 'it takes no more connections: allow 25 for each process', stays: false },
  '57P03': { says: 'it is starting up, or ending', stays: false },
  '42501': {
    says: 'the user may not make schemas in this database, or not use what lies in throughcare_state: let it own the database and that schema',
    stays: true,
  },
  ECONNREFUSED: { says: 'nothing listens there: start it, or mend THROUGHCARE_POSTGRES_URL', stays: false },
  ENOTFOUND: { says: 'nobody knows this name: mend THROUGHCARE_POSTGRES_URL, or the names on this network', stays: false },
};

/** It answers, and no process can work with it; another may be made the one that leads, so this does not stay. */
export const noWrites: Readonly<Record<TakesNoWrites, Trouble>> = {
  standby: { says: 'takes no writes: it is a standby, so name the server that it follows in THROUGHCARE_POSTGRES_URL, or promote it', stays: false },
  readOnly: {
    says: 'takes no writes: default_transaction_read_only is on there, for the server, this database or this user: set it off',
    stays: false,
  },
};

export function postgresTrouble(error: unknown): Trouble {
  const { code = '', syscall, message, cause } = error as NodeJS.ErrnoException;
  if (code === '' && cause instanceof Error) return postgresTrouble(cause);
  const known = byCode[code];
  if (known) return { ...known, says: `${known.says} (${message})` };
  if (syscall === 'open' || code === 'EISDIR') {
    return { says: `a file cannot be read that THROUGHCARE_POSTGRES_URL names as sslrootcert, sslcert or sslkey (${message})`, stays: true };
  }
  if (isOfCertificate(code)) {
    return { says: `its certificate is not trusted (${message}): name the file of who vouches for it as sslrootcert in THROUGHCARE_POSTGRES_URL`, stays: true };
  }
  if (message.includes('does not support SSL')) return { says: 'it speaks without TLS and is asked with it: give it a certificate', stays: true };
  return { says: `does not answer: ${message}`, stays: false };
}
