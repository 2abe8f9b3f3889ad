import { excludeSystemEvents, START, type AllStreamSubscription } from '@eventstore/db-client';
import { addAbortSignal } from 'node:stream';
import type { RecordedEvent } from '#kernel';
import { DEFAULT_BATCH } from '../follow.js';
import type { Position, SubscribeOptions } from '../port.js';
import type { Target } from './address.js';
import { verdictOn } from './errors.js';
import type { Limits } from './line.js';
import { Nodes } from './nodes.js';
import { comparePositions, formatPosition, parsePosition } from './position.js';
import { headOf, readLogPage } from './reader.js';
import { fromLogRecord, type LogRecord } from './record.js';
import { Session } from './session.js';
import { Backoff, pause, withTimer } from './timing.js';

/** The subscription looks alive and delivers nothing although the log has gone on, or has ended without an error. */
class StalledError extends Error {}

const LONGEST_PAUSE = 5_000;

/** A place in the log: the last event handed to the reader. */
interface Place {
  readonly position: Position | undefined;
  readonly ordinal: number;
}

/**
 * `$all` without system events, for as long as the signal lets it. A connection that breaks, freezes or stalls is
 * replaced, each time from the last batch handed out; the checkpoint that survives the process is the reader's own.
 */
export async function* subscribeToLog(
  target: Target, limits: Limits, options: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const { after, afterOrdinal = 0, signal, batch = DEFAULT_BATCH, onResume } = options;
  let place: Place = { position: after, ordinal: after === undefined ? 0 : afterOrdinal };
  const backoff = new Backoff(LONGEST_PAUSE);
  const nodes = new Nodes(target);
  let cause: Error | undefined;
  let brokenSince: number | undefined;
  while (!signal.aborted) {
    const session = new Session(target, nodes);
    const stop = () => void session.end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      // From a position behind its end the server would subscribe in silence and skip what comes before it.
      if (place.position !== undefined) await confirmPlace(session, place.position, limits);
      const confirmed = () => {
        backoff.reset();
        brokenSince = undefined;
        if (cause) onResume?.(cause);
        cause = undefined;
      };
      for await (const records of liveBatches(session, place.position, batch, limits, confirmed)) {
        if (signal.aborted) return;
        const events = records.map((record, i) => fromLogRecord(record, place.ordinal + 1 + i));
        const last = events.at(-1)!;
        place = { position: last.position, ordinal: last.ordinal };
        yield events;
      }
    } catch (error) {
      if (signal.aborted) return;
      brokenSince ??= Date.now();
      session.blame();
      if (!isWorthResuming(error, brokenSince + limits.patience)) throw error;
      cause = error as Error;
    } finally {
      signal.removeEventListener('abort', stop);
      await session.end();
    }
    await pause(backoff.next(), signal);
  }
}

/** Known trouble for ever, whatever is not on the list for as long as patience lasts. */
function isWorthResuming(error: unknown, giveUpAt: number): boolean {
  if (error instanceof StalledError) return true;
  const verdict = verdictOn(error);
  return verdict === 'lost' || verdict === 'again' || (verdict === 'unknown' && Date.now() < giveUpAt);
}

const confirmPlace = (session: Session, position: Position, limits: Limits): Promise<unknown> =>
  withTimer(limits.attemptTimeout, (alive) => readLogPage(session, position, 1, alive));

async function* liveBatches(
  session: Session, after: Position | undefined, batch: number, limits: Limits, confirmed: () => void,
): AsyncGenerator<LogRecord[], void, undefined> {
  // At most one batch waits behind the one the reader has; beyond, gRPC's flow control holds the server back.
  const buffers = { objectMode: true, readableHighWaterMark: batch, writableHighWaterMark: 1 };
  const fromPosition = after === undefined ? START : parsePosition(after);
  const watch = new Watch(session, after, limits);
  // A sign that the server is searching, never a place to resume from: it runs ahead of the reader.
  const filter = excludeSystemEvents({ checkpointReached: () => watch.alive() });
  const subscription = session.client.subscribeToAll({ fromPosition, filter, requiresLeader: true }, buffers);
  subscription.on('confirmation', confirmed);
  // An error after the loop has ended is nobody's; without a listener it would end the process.
  subscription.on('error', () => undefined);
  addAbortSignal(session.signal, subscription);
  const arriving = subscription[Symbol.asyncIterator]();
  try {
    for (;;) {
      const first = await watch.over(arriving.next());
      if (first.done) throw new StalledError('the server ended the subscription');
      const arrived = [first.value, ...waiting(subscription, batch - 1)];
      const records: LogRecord[] = arrived.flatMap(({ event }) => event ?? []);
      const last = records.at(-1)?.position;
      if (!last) continue;
      watch.seen(formatPosition(last));
      yield records;
    }
  } finally {
    subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }
}

type Arrived = AllStreamSubscription extends AsyncIterable<infer E> ? E : never;

/** What has arrived already, at most `most`. */
function waiting(subscription: AllStreamSubscription, most: number): Arrived[] {
  const arrived: Arrived[] = [];
  while (arrived.length < most) {
    const next = subscription.read() as Arrived | null;
    if (next === null) break;
    arrived.push(next);
  }
  return arrived;
}

/**
 * Asks over the same connection where the log's head is whenever nothing has come for a while: a frozen server, a
 * connection dead without a word, and a subscription that the server forgot all look like silence.
 */
class Watch {
  private owed = false;

  constructor(
    private readonly session: Session,
    private last: Position | undefined,
    private readonly limits: Limits,
  ) {}

  seen(position: Position): void {
    this.last = position;
    this.alive();
  }

  alive(): void {
    this.owed = false;
  }

  async over<T>(arriving: Promise<T>): Promise<T> {
    // Where the probe fails first nobody waits for this any more.
    arriving.catch(() => undefined);
    for (;;) {
      const done = new AbortController();
      const probed = this.probeAfterSilence(done.signal);
      probed.catch(() => undefined);
      try {
        const winner = await Promise.race([arriving.then((value) => ({ value })), probed]);
        if (winner) return winner.value;
      } finally {
        done.abort();
      }
    }
  }

  private async probeAfterSilence(done: AbortSignal): Promise<undefined> {
    await pause(this.limits.idleProbe, done);
    if (!done.aborted) await this.probe();
  }

  private async probe(): Promise<void> {
    const head = await withTimer(this.limits.attemptTimeout, (alive) => headOf(this.session, alive));
    const behind = head !== undefined && (this.last === undefined || comparePositions(head, this.last) > 0);
    if (behind && this.owed) throw new StalledError('the subscription has stopped delivering');
    this.owed = behind;
  }
}
