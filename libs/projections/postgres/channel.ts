/**
 * What the active projector and the processes that read its work say to each other through the database that both use:
 * nothing is kept, so whoever was away looks for itself (`followed.ts`).
 */
import type { Client, Notification } from 'pg';
import { backoffMs, pause, SOON } from '../backoff.js';
import type { GenerationStatus, ProjectionMessage } from '../messages.js';
import { clientAt, watch } from './connect.js';
import type { PostgresPlace } from './place.js';

export type Said =
  | { readonly kind: 'said'; readonly message: ProjectionMessage }
  | { readonly kind: 'answer'; readonly id: string; readonly value?: number; readonly error?: string };

export type Asked =
  /** Somebody has just come. */
  | { readonly kind: 'tell' }
  | { readonly kind: 'retryQuarantined'; readonly id: string };

export const saidIn = (space: string): string => `${space} said`;
export const askedIn = (space: string): string => `${space} asked`;

/** The server takes 8,000 bytes; subjects are all that can be many. */
const SUBJECTS_EACH = 120;

/** The same in pieces that fit; each says where the rows stand. */
export function pieces(message: ProjectionMessage): readonly ProjectionMessage[] {
  if (message.kind !== 'advanced' || message.subjects.length <= SUBJECTS_EACH) return [shortened(message)];
  const many = Math.ceil(message.subjects.length / SUBJECTS_EACH);
  return Array.from({ length: many }, (_, i) => ({
    ...message,
    subjects: message.subjects.slice(i * SUBJECTS_EACH, (i + 1) * SUBJECTS_EACH),
  }));
}

const WORDS = 2_000;

/** How often a line asks whether it stands, milliseconds. */
const ASKED_EVERY = 5_000;

function shortened(message: ProjectionMessage): ProjectionMessage {
  switch (message.kind) {
    case 'stopped':
      return { ...message, reason: message.reason.slice(0, WORDS) };
    case 'troubled':
      return { ...message, problem: message.problem.slice(0, WORDS) };
    case 'quarantined':
      return { ...message, error: message.error.slice(0, WORDS) };
    default:
      return message;
  }
}

/** What somebody who has just come has to hear of a generation. */
export function asMessages({ generation, served, ...status }: GenerationStatus): readonly ProjectionMessage[] {
  const { position, ordinal, knownAt, eventsBehind, incomplete, building, state, problem } = status;
  if (building) return [{ kind: 'building', generation, ...building }];
  return [
    { kind: 'advanced', generation, served, position, ordinal, knownAt, eventsBehind, incomplete, tables: [], subjects: [] },
    ...(state === 'stopped' ? [{ kind: 'stopped', generation, served, reason: problem ?? '' } as const] : []),
  ];
}

export interface LineOptions {
  readonly place: PostgresPlace;
  readonly hears: string;
  readonly onHeard: (payload: string) => void;
  /** Each time that the line stands, first and again. */
  readonly onUp: () => void;
  readonly onDown: (error: Error) => void;
}

/** A connection that listens, and is made anew whenever it is lost. */
export class Line {
  private readonly ending = new AbortController();
  private readonly ended: Promise<void>;
  private client: Client | undefined;

  constructor(private readonly options: LineOptions) {
    this.ended = this.stayUp();
  }

  /** Nothing where the line is down: nobody hears it, and nobody relies on it. */
  async say(channel: string, said: Said | Asked): Promise<void> {
    await this.client?.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(said)]).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.ended;
  }

  private async stayUp(): Promise<void> {
    const { signal } = this.ending;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await this.untilLost(() => (attempt = 0));
      } catch (error) {
        this.client = undefined;
        if (signal.aborted) return;
        this.options.onDown(error as Error);
      }
      await pause(backoffMs(attempt, SOON), signal);
    }
  }

  /** @throws Error as soon as the connection is no more */
  private async untilLost(onUp: () => void): Promise<void> {
    const { place, hears, onHeard } = this.options;
    const { signal } = this.ending;
    const client = clientAt(place);
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject).on('end', () => reject(new Error('the connection to PostgreSQL has ended')));
      signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
    });
    // Looked at below, also where connecting fails first.
    lost.catch(() => undefined);
    let unwatch = () => {};
    client.on('notification', ({ payload }: Notification) => payload !== undefined && onHeard(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(hears)}`);
      this.client = client;
      onUp();
      this.options.onUp();
      const silent = new Promise<never>((_, reject) => {
        unwatch = watch(client, ASKED_EVERY, reject);
      });
      await Promise.race([lost, silent]);
    } finally {
      unwatch();
      this.client = undefined;
      await client.end().catch(() => undefined);
    }
  }
}
