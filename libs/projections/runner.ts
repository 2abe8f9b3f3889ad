/**
 * Keeps the served generation up to date and, where the read models changed, builds the next one beside it, moves
 * the pointer when it has caught up and deletes the old one (DESIGN 3). One a place where generations lie.
 */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import { backoffMs, pause } from './backoff.js';
import { buildGeneration } from './bulk.js';
import type { ReadModel } from './definition.js';
import { Follower, isLasting } from './follower.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import type { Contents, Generation, Generations, ProjectorBusyError } from './generations.js';
import { LiveGeneration } from './live.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';
import { modelSet, type ModelSet } from './model-set.js';
import { statusAfter } from './status.js';

/** Said of a generation that is served as it is until the next is built. */
export const OF_ANOTHER_RELEASE = 'made by another release; served as it is until the next generation is built';

export interface RunnerOptions {
  readonly generations: Generations;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly readModels: readonly ReadModel[];
  /**
   * Read models of the release before, by which the old generation is kept up to date while the next is built. One
   * that is not given leaves the old generation served as it is, and its freshness says so.
   */
  readonly previous?: readonly ReadModel[];
  /** Events of a live batch, at most. */
  readonly batch?: number;
  readonly cachedEvents?: number;
  readonly eventsPerPart?: number;
  /** See `BulkOptions.spoolIn`. */
  readonly spoolIn?: string;
  /** How long a generation that is no longer served is kept for readers to move, milliseconds. */
  readonly keepOldMs?: number;
  readonly onMessage?: (message: ProjectionMessage) => void;
  /** Another projector is at work: this one stands by. */
  readonly onWaiting?: (because: ProjectorBusyError) => void;
  /** Another projector may be at work from now on; this one ends. */
  readonly onLockLost?: (error: Error) => void;
}

export class ProjectionRunner {
  private readonly set: ModelSet;
  private readonly ending = new AbortController();
  private readonly followers = new Map<string, Follower>();
  private readonly statuses = new Map<string, GenerationStatus>();
  private lock: { release(): Promise<void> } | undefined;
  private served: string | undefined;
  private building: Promise<void> = Promise.resolve();

  /** @throws Error where the read models contradict each other */
  constructor(private readonly options: RunnerOptions) {
    this.set = modelSet(options.readModels);
  }

  /** Resolves once work is under way, where it stands by after the other has gone. @throws ProjectorBusyError */
  async start(): Promise<void> {
    const { generations } = this.options;
    const { signal } = this.ending;
    this.lock = await generations.lock(
      (error) => {
        void this.stop();
        this.options.onLockLost?.(error);
      },
      { signal, onWaiting: (because) => this.options.onWaiting?.(because) },
    );
    this.served = await generations.current();
    await generations.sweep(this.served === undefined ? [] : [this.served]);
    let upToDate = false;
    if (this.served !== undefined) {
      const stored = await generations.open(this.served);
      const contents = await stored.contents();
      upToDate = contents.id === this.set.id;
      const set = upToDate ? this.set : this.retained(contents);
      if (set) await this.follow(this.served, stored, set);
      else await this.leaveAsItIs(this.served, stored);
    }
    if (!upToDate) this.building = this.buildNext();
  }

  /** Ends after the batches under way; a build under way is given up. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.building;
    for (const follower of this.followers.values()) {
      await follower.stop();
      await follower.close();
    }
    this.followers.clear();
    await this.lock?.release();
    this.lock = undefined;
  }

  status(): readonly GenerationStatus[] {
    return [...this.statuses.values()];
  }

  /** Replays the subjects in quarantine; how many of (subject, read model) came out. */
  async retryQuarantined(): Promise<number> {
    let released = 0;
    for (const follower of this.followers.values()) released += await follower.retryQuarantined();
    return released;
  }

  /** The models that made the old generation, where this release still has all of them. */
  private retained({ id, models }: Contents): ModelSet | undefined {
    const known = [...this.options.readModels, ...(this.options.previous ?? [])];
    const found = models.map(({ name, version }) => known.find((model) => model.name === name && model.version === version));
    if (!found.every((model) => model !== undefined)) return undefined;
    const set = modelSet(found);
    return set.id === id ? set : undefined;
  }

  private async leaveAsItIs(generation: string, stored: Generation): Promise<void> {
    const checkpoint = await stored.checkpoint();
    const behind = await eventsBehind(this.options.reader, checkpoint);
    const incomplete = await stored.incomplete();
    await stored.close();
    this.tell({
      kind: 'advanced', generation, served: true, ...checkpoint, eventsBehind: behind, incomplete, tables: [], subjects: [],
    });
    this.tell({ kind: 'stopped', generation, served: true, reason: OF_ANOTHER_RELEASE });
  }

  private async follow(name: string, stored: Generation, set: ModelSet): Promise<Follower> {
    const { reader, registry, cachedEvents, batch = LIVE_WITHIN } = this.options;
    const live = await LiveGeneration.open({ generation: stored, set, reader, registry, ...(cachedEvents !== undefined && { cachedEvents }) });
    const follower = new Follower({
      generation: name, stored, live, reader, batch, served: () => this.served === name, tell: (message) => this.tell(message),
    });
    this.followers.set(name, follower);
    follower.start();
    return follower;
  }

  private async buildNext(): Promise<void> {
    const { generations } = this.options;
    let name = this.set.id;
    const built = await this.persist(name, async () => {
      name = await generations.freeName(this.set.id);
      await this.build(name);
    });
    if (!built) return;
    const follower = async () => this.followers.get(name) ?? this.follow(name, await generations.open(name), this.set);
    await this.persist(name, async () => this.moveTo(name, await follower()));
  }

  /** Tries until it is done; false where that is hopeless or no longer wanted. */
  private async persist(generation: string, work: () => Promise<void>): Promise<boolean> {
    const { signal } = this.ending;
    for (let attempt = 0; ; attempt++) {
      try {
        await work();
        return !signal.aborted;
      } catch (error) {
        if (signal.aborted) return false;
        const { message } = error as Error;
        if (isLasting(error)) {
          this.tell({ kind: 'stopped', generation, served: false, reason: message });
          return false;
        }
        const retryInMs = backoffMs(attempt);
        this.tell({ kind: 'troubled', generation, problem: message, retryInMs });
        await pause(retryInMs, signal);
        if (signal.aborted) return false;
      }
    }
  }

  private async build(name: string): Promise<void> {
    const { generations, reader, registry, eventsPerPart, spoolIn } = this.options;
    await generations.sweep(this.served === undefined ? [] : [this.served]);
    await buildGeneration({
      into: await generations.create(name, this.set),
      set: this.set,
      reader,
      registry,
      signal: this.ending.signal,
      ...(eventsPerPart !== undefined && { eventsPerPart }),
      ...(spoolIn !== undefined && { spoolIn }),
      onProgress: (progress) => this.tell({ kind: 'building', generation: name, ...progress }),
    });
    await generations.finish(name);
  }

  /** Readers move only to what has caught up, and never back to an earlier moment. */
  private async moveTo(name: string, follower: Follower): Promise<void> {
    const { signal } = this.ending;
    const oldName = this.served;
    const old = oldName === undefined ? undefined : this.followers.get(oldName);
    const ready = () => follower.behind <= LIVE_WITHIN && follower.checkpoint.ordinal >= (old?.checkpoint.ordinal ?? 0);
    while (!ready()) {
      if (signal.aborted || follower.hasStopped) return;
      await pause(10, signal);
    }
    await this.options.generations.pointTo(name);
    this.served = name;
    this.tell({ kind: 'served', generation: name });
    if (oldName === undefined || oldName === name) return;
    await old?.stop();
    await old?.close();
    this.followers.delete(oldName);
    this.statuses.delete(oldName);
    await pause(this.options.keepOldMs ?? 5_000, signal);
    await this.options.generations.remove(oldName);
  }

  private tell(message: ProjectionMessage): void {
    this.statuses.set(message.generation, statusAfter(this.statuses.get(message.generation), message));
    this.options.onMessage?.(message);
  }
}
