/** Where EventStoreDB is and who asks there: read and checked before the client is loaded, and never shown. */
import { readFileSync } from 'node:fs';

export interface EventStoreDbAddress {
  /**
   * `esdb://host:2113?tls=false`, the nodes of a cluster as `esdb://a:2113,b:2113,c:2113`, or one name that stands for
   * all of them as `esdb+discover://cluster.example:2113`.
   */
  readonly connectionString: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Holds the password; a line break at its end does not count. */
  readonly passwordFile?: string | undefined;
  /** Certificates, as PEM, of who vouches for the nodes; those that Node knows when absent. */
  readonly caFile?: string | undefined;
}

/** Says what is wrong, never what was given: an address may hold a password. */
export class AddressError extends Error {}

export interface Node {
  readonly address: string;
  readonly port: number;
}

/** What the client is made of. */
export interface Target {
  readonly nodes: readonly Node[];
  /** One name for all nodes, asked for the members of the cluster. */
  readonly discover: boolean;
  readonly secure: boolean;
  readonly ca: Buffer | undefined;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly options: Readonly<Record<string, number | string>>;
  /** Tells two servers, or two users of one, apart; without the password. */
  readonly name: string;
}

const ADDRESS = /^esdb(?<discover>\+discover)?:\/\/(?:(?<login>[^@/?]*)@)?(?<hosts>[^@/?#]+)\/*(?:\?(?<query>[^?#]*))?$/;
const NODE = /^(?<address>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>\d{1,5}))?$/;

/** Asking one node who leads: shorter than an attempt of ours, so that a frozen one leaves time for the next. */
const GOSSIP_SECONDS = 2;

const numbers = new Set(['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'keepAliveInterval', 'defaultDeadline']);
/** Ours whatever is asked for: see `Session`. */
const overruled = new Set(['throwOnAppendFailure', 'keepAliveTimeout']);

/** @throws AddressError */
export function readAddress(given: EventStoreDbAddress): Target {
  const { discover, login, hosts = '', query = '' } = ADDRESS.exec(given.connectionString.trim())?.groups ?? {};
  const nodes = hosts.split(',').map(nodeAt);
  if (discover && nodes.length > 1) {
    throw new AddressError('esdb+discover:// takes one name; the nodes of a cluster are listed after esdb://');
  }
  const { secure, caFile, options } = settingsIn(query);
  const ca = given.caFile ?? caFile;
  if (!secure && ca !== undefined) throw new AddressError('a file of certificates is of no use with tls=false');
  const credentials = credentialsOf(given, login);
  if (!secure && credentials) {
    throw new AddressError('a user name and a password would not be sent with tls=false');
  }
  return {
    nodes, discover: discover !== undefined, secure, options, credentials,
    ca: ca === undefined ? undefined : certificatesIn(ca),
    name: [discover ?? '', credentials?.username ?? '', ...nodes.map(({ address, port }) => `${address}:${port}`)].join(' '),
  };
}

function nodeAt(text: string): Node {
  const { address, port = '2113' } = NODE.exec(text.trim())?.groups ?? {};
  if (!address || Number(port) > 65_535) {
    throw new AddressError('is not an address like esdb://localhost:2113?tls=false or esdb://a:2113,b:2113,c:2113');
  }
  return { address, port: Number(port) };
}

function settingsIn(query: string) {
  const options: Record<string, number | string> = { gossipTimeout: GOSSIP_SECONDS };
  let secure = true;
  let caFile: string | undefined;
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === 'tls' && (value === 'true' || value === 'false')) secure = value === 'true';
    else if (key === 'tlsCAFile') caFile = value;
    else if (key === 'connectionName') options[key] = value;
    else if (key === 'nodePreference') refuseFollowers(value);
    else if (numbers.has(key) && /^\d{1,7}$/.test(value)) options[key] = Number(value);
    else if (!overruled.has(key)) throw new AddressError('has a setting after the ? that is not known, or not as it should be');
  }
  return { secure, caFile, options };
}

/** A follower is behind the leader, so a reader would miss what it has just written (reference, G). */
function refuseFollowers(preference: string): void {
  if (preference.toLowerCase() !== 'leader') {
    throw new AddressError('asks for a node that does not lead: reads would be behind one’s own writes');
  }
}

function credentialsOf({ user, password, passwordFile }: EventStoreDbAddress, login: string | undefined): Target['credentials'] {
  const apart = [user, password, passwordFile].some((value) => value !== undefined);
  if (login !== undefined && apart) throw new AddressError('has a user name in it and another beside it');
  if (login !== undefined) return inAddress(login);
  if (!apart) return undefined;
  if (password !== undefined && passwordFile !== undefined) throw new AddressError('has a password and a file with one');
  const secret = passwordFile === undefined ? password : readText(passwordFile, 'the password').replace(/\r?\n$/, '');
  if (!user || !secret) throw new AddressError('needs a user name together with a password');
  return { username: user, password: secret };
}

function inAddress(login: string): Target['credentials'] {
  const [username = '', password = ''] = login.split(/:(.*)/s);
  try {
    if (username && password) return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    // Not percent-encoded text: told below, without the text.
  }
  throw new AddressError('has a user name and a password that cannot be read: write user:password@, percent-encoded');
}

function certificatesIn(file: string): Buffer {
  const text = readText(file, 'the certificates');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new AddressError('the file of certificates has none as PEM');
  return Buffer.from(text);
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AddressError(`the file with ${what} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}
