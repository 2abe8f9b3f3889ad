/** Follows the log for one generation, batch by batch, until it is told to stop or cannot go on. */
import type { EventReader } from '#event-store';
import { UnknownEventError, type RecordedEvent } from '#kernel';
import { backoffMs, pause, SOON } from './backoff.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import type { Checkpoint, Generation } from './generations.js';
import type { LiveGeneration } from './live.js';
import type { ProjectionMessage } from './messages.js';

export interface FollowerOptions {
  /** Its name. */
  readonly generation: string;
  readonly stored: Generation;
  readonly live: LiveGeneration;
  readonly reader: EventReader;
  readonly batch: number;
  readonly served: () => boolean;
  readonly tell: (message: ProjectionMessage) => void;
}

/** The log is shorter than what was read from it: it was restored from an older copy. */
class LogCutError extends Error {
  constructor() {
    super('the log ends before what was read from it; it was restored short');
  }
}

const SQLITE_CONSTRAINT = 19;
/** Classes of PostgreSQL's errors: what the data is, and what rules about rows say. */
const POSTGRES_DATA = /^2[23]/;

/** Trying again cannot help: the release, a read model or the log itself has to be put right. */
export const isLasting = (error: unknown): boolean =>
  error instanceof UnknownEventError ||
  error instanceof LogCutError ||
  ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_CONSTRAINT ||
  POSTGRES_DATA.test((error as { code?: string }).code ?? '');

export class Follower {
  private readonly ending = new AbortController();
  /** Batches and retries take turns on it. */
  private turn: Promise<unknown> = Promise.resolve();
  private running: Promise<void> | undefined;
  private retried = false;
  /** Events of the log after the checkpoint, when last looked. */
  behind = Infinity;
  /** True once it has given up. */
  hasStopped = false;

  constructor(private readonly options: FollowerOptions) {}

  get generation(): string {
    return this.options.generation;
  }

  get checkpoint(): Checkpoint {
    return this.options.live.checkpoint;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Ends after the batch under way; the generation stays open. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await this.turn.catch(() => undefined);
  }

  close(): Promise<void> {
    return this.options.stored.close();
  }

  /** How many of (subject, read model) came out of quarantine. */
  retryQuarantined(): Promise<number> {
    return this.inTurn(async () => {
      const released = await this.options.live.retryQuarantined();
      if (released > 0) await this.announce([], []);
      return released;
    });
  }

  private async run(): Promise<void> {
    const { generation, reader, tell } = this.options;
    const { signal } = this.ending;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const before = this.checkpoint.ordinal;
      try {
        await this.follow(reader);
        if (signal.aborted) return;
        throw new Error('the subscription ended');
      } catch (error) {
        if (signal.aborted) return;
        if (isLasting(error)) return this.giveUp(error as Error);
        if (this.checkpoint.ordinal > before) attempt = 0;
        const retryInMs = backoffMs(attempt, SOON);
        tell({ kind: 'troubled', generation, problem: (error as Error).message, retryInMs });
        await pause(retryInMs, signal);
      }
    }
  }

  private async follow(reader: EventReader): Promise<void> {
    const { batch, live } = this.options;
    await this.meetLog(reader);
    const { position, ordinal } = live.checkpoint;
    const subscription = reader.subscribe({
      batch,
      signal: this.ending.signal,
      ...(position !== undefined && { after: position, afterOrdinal: ordinal }),
    });
    for await (const events of subscription) {
      await this.inTurn(() => this.take(events));
      if (this.ending.signal.aborted) return;
    }
  }

  private async meetLog(reader: EventReader): Promise<void> {
    await this.options.live.resume();
    const { position, ordinal } = this.checkpoint;
    const head = await reader.head();
    const cut = head.ordinal !== undefined
      ? head.ordinal < ordinal
      : position !== undefined && (head.position === undefined || reader.comparePositions(head.position, position) < 0);
    if (cut) throw new LogCutError();
    await this.options.stored.saveStopped(undefined);
    // The release that starts may be the one that mends what is in quarantine.
    if (!this.retried) await this.inTurn(() => this.options.live.retryQuarantined());
    this.retried = true;
    this.behind = await eventsBehind(reader, this.checkpoint, LIVE_WITHIN + 1);
    await this.announce([], []);
  }

  private async take(events: readonly RecordedEvent[]): Promise<void> {
    const { live, reader, batch, generation, tell } = this.options;
    const applied = await live.apply(events);
    this.behind = await eventsBehind(reader, live.checkpoint, events.length < batch ? 1 : LIVE_WITHIN + 1);
    for (const { subject, readModel, failure } of applied.quarantined) {
      tell({
        kind: 'quarantined', generation, subject, readModel,
        eventId: failure.eventId, ordinal: failure.ordinal, error: failure.error,
      });
    }
    if (applied.events > 0) await this.announce(applied.tables, applied.subjects);
    if (applied.unknown) throw applied.unknown;
  }

  private async announce(tables: readonly string[], subjects: readonly string[]): Promise<void> {
    const { generation, served, tell, live, stored } = this.options;
    const incomplete = await stored.incomplete();
    tell({
      kind: 'advanced', generation, served: served(), ...live.checkpoint, eventsBehind: this.behind, incomplete, tables, subjects,
    });
  }

  private async giveUp(error: Error): Promise<void> {
    const { generation, served, tell, stored } = this.options;
    this.hasStopped = true;
    const unsaved = await stored.saveStopped(error.message).then(() => undefined, (failed: Error) => failed.message);
    const reason = unsaved === undefined ? error.message : `${error.message}; readers are not told, since ${unsaved}`;
    tell({ kind: 'stopped', generation, served: served(), reason });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
