/**
 * Sends requests over kept connections, each the next when its answer is there. Written here because the generators
 * there are take a core for themselves, and the machine has two: a request of this one costs some ten microseconds.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { quantile } from './figure.js';
import { answering } from './processes.js';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Each request once, in order; for so long at random where absent. */
  readonly seconds?: number;
  readonly tokens: readonly string[];
  readonly requests: readonly { readonly token: number; readonly body: string }[];
}

export interface LoadAnswer {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<string, number>>;
}

answering(async ({ port, path, connections, seconds, tokens, requests }: Load): Promise<LoadAnswer> => {
  const begins = performance.now();
  const ends = begins + (seconds ?? Infinity) * 1000;
  let next = 0;
  const times: number[] = [];
  const statuses: Record<string, number> = {};

  const text = (): string => {
    const { token, body } = requests[seconds === undefined ? next++ : Math.floor(Math.random() * requests.length)]!;
    return (
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${tokens[token]!}\r\n` +
      `idempotency-key: ${randomUUID()}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  };

  async function one(): Promise<void> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    const answers = answersOf(socket);
    for (let sent = performance.now(); sent < ends && next < requests.length; sent = performance.now()) {
      socket.write(text());
      const status = await answers();
      times.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    socket.destroy();
  }

  await Promise.all(Array.from({ length: connections }, one));
  return {
    perSecond: Math.round((times.length * 1000) / (performance.now() - begins)),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    longest: Math.max(0, ...times.slice(-100_000)),
    statuses,
  };
});

/** Each call resolves with the status of the next answer. */
function answersOf(socket: Socket): () => Promise<string> {
  let received = '';
  let settle: { resolve: (status: string) => void; reject: (cause: Error) => void } | undefined;
  socket.on('data', (chunk: string) => {
    received += chunk;
    const end = received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
    if (length === undefined) return socket.destroy(new Error(`an answer without length: ${received.slice(0, end)}`)), undefined;
    if (received.length < end + 4 + Number(length)) return;
    const status = received.slice(9, 12);
    received = '';
    settle?.resolve(status);
  });
  socket.on('error', (cause) => settle?.reject(cause));
  socket.on('close', () => settle?.reject(new Error('the server closed the connection')));
  return () => new Promise((resolve, reject) => (settle = { resolve, reject }));
}
