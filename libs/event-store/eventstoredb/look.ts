/** Each node asked by itself what it is, over its own address for operators: the client hides which of them is in trouble. */
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { isOfCertificate } from '#database';
import { readAddress, type EventStoreDbAddress, type Node, type Target } from './address.js';

/**
 * - `unknownName`, `nobodyListens`, `silent`: it cannot be reached
 * - `certificate`: nobody we know vouches for it, or not under this name, or no longer
 * - `noTls`, `needsTls`: it speaks without TLS and is asked with it, or the other way round
 * - `resets`: it ends connections without a word when asked without TLS: not up yet behind its address, or it speaks with TLS
 * - `credentials`: it does not know this user with this password; a new node says so until it has made its users
 * - `other`: what it answered was no answer of a node
 */
export type NodeTrouble =
  'unknownName' | 'nobodyListens' | 'silent' | 'certificate' | 'noTls' | 'needsTls' | 'resets' | 'credentials' | 'other';

interface Troubled {
  /** `host:port` */
  readonly node: string;
  readonly trouble: NodeTrouble;
  /** As Node or the node said it. */
  readonly detail: string;
}

export interface NodeAnswered {
  readonly node: string;
  readonly trouble?: undefined;
  /** `23.10.6` */
  readonly version: string;
  /** As the node says it, in lower case: `leader`, `follower`, `catchingup` … */
  readonly state: string;
  readonly secure: boolean;
  /** Until when its certificate holds. */
  readonly certificateUntil?: Date;
  /** Nodes of its cluster that it takes for alive, itself included; undefined where it does not say. */
  readonly alive: number | undefined;
}

export type NodeLook = Troubled | NodeAnswered;

const ANSWER_WITHIN = 5_000;

/** Asks every node of the address; writes nothing. @throws AddressError */
export const lookAtNodes = (given: EventStoreDbAddress): Promise<readonly NodeLook[]> => {
  const target = readAddress(given);
  return Promise.all(target.nodes.map((node) => lookAt(node, target)));
};

async function lookAt({ address, port }: Node, target: Target): Promise<NodeLook> {
  const node = `${address}:${port}`;
  try {
    const { answer, text } = await get({ address, port }, '/info', target);
    if (answer.statusCode === 401 || answer.statusCode === 403) return { node, trouble: 'credentials', detail: `answered ${answer.statusCode}` };
    if (answer.statusCode !== 200) return { node, trouble: 'other', detail: `answered ${answer.statusCode}` };
    const { esVersion, state } = JSON.parse(text) as { readonly esVersion: string; readonly state: string };
    const until = target.secure ? (answer.socket as TLSSocket).getPeerCertificate().valid_to : undefined;
    return {
      node, version: esVersion.split('.').slice(0, 3).join('.'), state: state.toLowerCase(), secure: target.secure,
      ...(until !== undefined && { certificateUntil: new Date(until) }),
      alive: await aliveSeenBy({ address, port }, target),
    };
  } catch (error) {
    return { node, trouble: troubleIn(error, target.secure), detail: (error as Error).message };
  }
}

async function aliveSeenBy(node: Node, target: Target): Promise<number | undefined> {
  try {
    const { text } = await get(node, '/gossip', target);
    const { members } = JSON.parse(text) as { readonly members: readonly { readonly isAlive: boolean; readonly state: string }[] };
    return members.filter(({ isAlive, state }) => isAlive && state !== 'Manager').length;
  } catch {
    // It can be told not to say it to everybody.
    return undefined;
  }
}

function get({ address, port }: Node, path: string, { secure, ca, credentials }: Target): Promise<{ readonly answer: IncomingMessage; readonly text: string }> {
  const options = {
    host: address.replace(/^\[|\]$/g, ''), port, path, headers: { accept: 'application/json' }, agent: false, signal: AbortSignal.timeout(ANSWER_WITHIN),
    ...(credentials && { auth: `${credentials.username}:${credentials.password}` }),
  };
  return new Promise((resolve, reject) => {
    const take = (answer: IncomingMessage) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += String(part)));
      answer.on('end', () => resolve({ answer, text })).on('error', reject);
    };
    const asking = secure ? tlsRequest({ ...options, ...(ca && { ca }) }, take) : plainRequest(options, take);
    asking.on('error', reject).end();
  });
}

function troubleIn(error: unknown, secure: boolean): NodeTrouble {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknownName';
  if (code === 'ECONNREFUSED') return 'nobodyListens';
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'silent';
  if (isOfCertificate(code)) return 'certificate';
  if (secure && (code === 'EPROTO' || code.startsWith('ERR_SSL_'))) return 'noTls';
  if (!secure && code === 'ECONNRESET') return 'resets';
  if (!secure && code.startsWith('HPE_')) return 'needsTls';
  return 'other';
}
