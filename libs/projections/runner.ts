/**
 * Keeps the served generation up to date and, where the read models changed, builds the next one beside it, moves
 * the pointer when it has caught up and deletes the old file (DESIGN 3). One a directory.
 */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import { backoffMs, pause } from './backoff.js';
import { buildGeneration } from './bulk.js';
import type { ReadModel } from './definition.js';
import { Follower, isLasting } from './follower.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import { LiveGeneration } from './live.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';
import { modelSet, type ModelSet } from './model-set.js';
import { GenerationFiles } from './sqlite/files.js';
import { GenerationDb, type Contents } from './sqlite/generation-db.js';
import { statusAfter } from './status.js';

export interface RunnerOptions {
  readonly directory: string;
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
  /** How long a file that is no longer served is kept for readers to move, milliseconds. */
  readonly keepOldMs?: number;
  readonly onMessage?: (message: ProjectionMessage) => void;
}

export class ProjectionRunner {
  private readonly files: GenerationFiles;
  private readonly set: ModelSet;
  private readonly ending = new AbortController();
  private readonly followers = new Map<string, Follower>();
  private readonly statuses = new Map<string, GenerationStatus>();
  private lock: { release(): void } | undefined;
  private served: string | undefined;
  private building: Promise<void> = Promise.resolve();

  /** @throws Error where the read models contradict each other */
  constructor(private readonly options: RunnerOptions) {
    this.files = new GenerationFiles(options.directory);
    this.set = modelSet(options.readModels);
  }

  /** Resolves once work is under way. @throws ProjectorBusyError */
  async start(): Promise<void> {
    this.lock = this.files.lock();
    this.served = this.files.current();
    this.files.sweep(this.served === undefined ? [] : [this.served]);
    let upToDate = false;
    if (this.served !== undefined) {
      const db = GenerationDb.open(this.files.path(this.served));
      const contents = db.contents();
      upToDate = contents.id === this.set.id;
      const set = upToDate ? this.set : this.retained(contents);
      if (set) this.follow(this.served, db, set);
      else await this.leaveAsItIs(this.served, db);
    }
    if (!upToDate) this.building = this.buildNext();
  }

  /** Ends after the batches under way; a build under way is given up. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.building;
    for (const follower of this.followers.values()) {
      await follower.stop();
      follower.close();
    }
    this.followers.clear();
    this.lock?.release();
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

  private async leaveAsItIs(generation: string, db: GenerationDb): Promise<void> {
    const checkpoint = db.checkpoint();
    const behind = await eventsBehind(this.options.reader, checkpoint);
    const incomplete = db.incomplete();
    db.close();
    this.tell({
      kind: 'advanced', generation, served: true, ...checkpoint, eventsBehind: behind, incomplete, tables: [], subjects: [],
    });
    const reason = 'made by another release; served as it is until the next generation is built';
    this.tell({ kind: 'stopped', generation, served: true, reason });
  }

  private follow(name: string, db: GenerationDb, set: ModelSet): Follower {
    const { reader, registry, cachedEvents, batch = LIVE_WITHIN } = this.options;
    const live = new LiveGeneration({ db, set, reader, registry, ...(cachedEvents !== undefined && { cachedEvents }) });
    const follower = new Follower({
      generation: name, db, live, reader, batch, served: () => this.served === name, tell: (message) => this.tell(message),
    });
    this.followers.set(name, follower);
    follower.start();
    return follower;
  }

  private async buildNext(): Promise<void> {
    const name = this.files.freeName(this.set.id);
    if (!(await this.persist(name, () => this.build(name)))) return;
    const follower = this.follow(name, GenerationDb.open(this.files.path(name)), this.set);
    await this.persist(name, () => this.moveTo(name, follower));
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
    const { reader, registry, eventsPerPart } = this.options;
    this.files.sweep(this.served === undefined ? [] : [this.served]);
    await buildGeneration({
      path: this.files.buildingPath(name),
      set: this.set,
      reader,
      registry,
      signal: this.ending.signal,
      ...(eventsPerPart !== undefined && { eventsPerPart }),
      onProgress: (progress) => this.tell({ kind: 'building', generation: name, ...progress }),
    });
    this.files.finish(name);
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
    this.files.pointTo(name);
    this.served = name;
    this.tell({ kind: 'served', generation: name });
    if (oldName === undefined) return;
    await old?.stop();
    old?.close();
    this.followers.delete(oldName);
    this.statuses.delete(oldName);
    await pause(this.options.keepOldMs ?? 5_000, signal);
    this.files.remove(oldName);
  }

  private tell(message: ProjectionMessage): void {
    this.statuses.set(message.generation, statusAfter(this.statuses.get(message.generation), message));
    this.options.onMessage?.(message);
  }
}
