/** What is wrong with EventStoreDB, in an operator's words. */
import { StoreUnavailableError, type NodeLook, type NodeTrouble } from '#event-store';
import type { Trouble } from './trouble.js';

const NEW_NODES = 'new nodes refuse everybody until they have made their users, some seconds after their start';

const words: Readonly<Record<NodeTrouble, (detail: string) => Trouble>> = {
  unknownName: (detail) => ({ says: `nobody knows this name (${detail}): mend EVENTSTOREDB_URL, or the names on this network`, stays: false }),
  nobodyListens: () => ({ says: 'nothing listens there: start the node, or mend EVENTSTOREDB_URL', stays: false }),
  silent: () => ({ says: 'does not answer: look whether the node runs, and whether the network between lets this machine through', stays: false }),
  certificate: (detail) => ({
    says: `its certificate is not trusted (${detail}): name the file of who vouches for it in EVENTSTOREDB_CA_FILE, and have the certificate hold this very name or address`,
    stays: true,
  }),
  noTls: () => ({ says: 'speaks without TLS and is asked with it: give the node a certificate; tls=false in EVENTSTOREDB_URL is for tests', stays: true }),
  resets: () => ({
    says: 'resets connections: it is not up yet, or it speaks with TLS only and EVENTSTOREDB_URL says tls=false', stays: false,
  }),
  needsTls: () => ({ says: 'speaks with TLS only, and EVENTSTOREDB_URL says tls=false: take that out', stays: true }),
  credentials: () => ({
    says: `does not take the user name or the password: look at EVENTSTOREDB_USER and EVENTSTOREDB_PASSWORD_FILE (${NEW_NODES})`,
    stays: false,
  }),
  other: (detail) => ({ says: `is no node of EventStoreDB, or in trouble (${detail}): look at its own log`, stays: false }),
};

/** Undefined where it is well: it leads, or follows. */
export function nodeTrouble(look: NodeLook): Trouble | undefined {
  if (look.trouble !== undefined) return words[look.trouble](look.detail);
  if (look.state === 'leader' || look.state === 'follower') return undefined;
  return { says: `neither leads nor follows, it says "${look.state}": wait for it, then look at its own log`, stays: false };
}

/** Of reading the log as the product does. */
export function logTrouble(error: unknown): Trouble {
  const message = (error as Error).message;
  if (message.includes('UNAUTHENTICATED'))
    return { says: `the user name or the password is not taken: look at EVENTSTOREDB_USER and EVENTSTOREDB_PASSWORD_FILE (${NEW_NODES})`, stays: false };
  if (message.includes('PERMISSION_DENIED') || message.includes('Access Denied'))
    return { says: 'this user may not read the log: give it read access to $all in the access control list of the server, and set EVENTSTOREDB_USER', stays: false };
  if (error instanceof StoreUnavailableError) return { says: `cannot be read: ${message}`, stays: false };
  return { says: message, stays: true };
}

/**
 * Of all nodes and of the log, which could not be read.
 *
 * @param error what was answered of the log
 */
export function eventStoreTrouble(looks: readonly NodeLook[], error: unknown): Trouble {
  const inTrouble = looks.flatMap((look) => {
    const trouble = nodeTrouble(look);
    return trouble ? [{ ...trouble, node: look.node }] : [];
  });
  const log = logTrouble(error);
  // All is well with each of them, and yet: they have not elected, or this user may not read.
  if (inTrouble.length === 0) return log;
  const says = inTrouble.map(({ node, says }) => `${node} ${says}`).join('; ');
  if (inTrouble.length === looks.length) return { says, stays: inTrouble.every(({ stays }) => stays) };
  // Those that are well may do without the others, or find them.
  return { says: `${says}; and of the log: ${log.says}`, stays: false };
}
