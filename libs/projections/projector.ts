/** The projector as the request path sees it: its work happens in a thread of its own. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { filter, firstValueFrom, fromEvent, map, race, Subject, type Observable } from 'rxjs';
import type { EventReader, Position } from '#event-store';
import { backoffMs, SOON } from './backoff.js';
import type { Freshness } from './definition.js';
import { Heard } from './heard.js';
import type { ReadModelsPlace } from './place.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';
import type { Answer, Ask, StandsBy, Tuning, WorkerInput } from './thread.js';

export interface ProjectorSettings extends Tuning {
  /**
   * A module that exports `projectorSetup(options): Promise<ProjectorSetup>`; loaded in the thread, so `options` is
   * plain data.
   */
  readonly setup: { readonly module: URL; readonly options?: unknown };
  readonly comparePositions: EventReader['comparePositions'];
}

export type ProjectorOptions = ProjectorSettings & ReadModelsPlace;

export interface ProjectorStatus {
  /**
   * `standby`: another process projects, and this one takes over when that is gone. `restarting`: it crashed, or no
   * process projects; it is tried again without anybody's help.
   */
  readonly state: 'starting' | 'running' | 'standby' | 'restarting' | 'stopped';
  readonly problem?: string;
  readonly generations: readonly GenerationStatus[];
}

/** A projector as those see it who read what it writes: in this process or in another. */
export interface Projector {
  /** Every message of the projector, hot. */
  readonly changes$: Observable<ProjectionMessage>;
  status(): ProjectorStatus;
  /** How fresh the served generation was when last heard of; undefined before the first is served. */
  freshness(): Freshness | undefined;
  /** Resolves true once what is served includes the event at `position`; false when that took too long. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Replays the subjects in quarantine; how many of (subject, read model) came out. */
  retryQuarantined(): Promise<number>;
  stop(): Promise<void>;
}

export const startProjector = (options: ProjectorOptions): ProjectorHandle => new ProjectorHandle(options);

/** A crash this long after the start counts as the first, milliseconds. */
const STEADY = 60_000;
const STOP_WITHIN = 10_000;

export class ProjectorHandle implements Projector {
  private readonly heard: Heard;
  private readonly answers = new Subject<Answer>();
  private state: ProjectorStatus['state'] = 'starting';
  private problem: string | undefined;
  private worker: Worker;
  private crashes = 0;
  private startedAt = 0;
  private asked = 0;
  private restart: NodeJS.Timeout | undefined;

  constructor(private readonly options: ProjectorOptions) {
    this.heard = new Heard(options.comparePositions);
    this.worker = this.launch();
  }

  get changes$(): Observable<ProjectionMessage> {
    return this.heard.changes$;
  }

  status(): ProjectorStatus {
    const { state, problem } = this;
    return { state, ...(problem !== undefined && { problem }), generations: this.heard.all() };
  }

  freshness(): Freshness | undefined {
    return this.heard.freshness(this.isUp);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.heard.waitFor(position, timeoutMs);
  }

  async retryQuarantined(): Promise<number> {
    return (await this.ask('retryQuarantined')).value ?? 0;
  }

  /** Finishes the batch under way, then ends the thread. */
  async stop(): Promise<void> {
    clearTimeout(this.restart);
    const wasUp = this.isUp;
    this.state = 'stopped';
    if (wasUp) {
      const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
      const tooLong = setTimeout(() => void this.worker.terminate(), STOP_WITHIN);
      this.worker.postMessage({ id: ++this.asked, ask: 'stop' } satisfies Ask);
      await ended;
      clearTimeout(tooLong);
    }
    this.heard.complete();
    this.answers.complete();
  }

  private get isUp(): boolean {
    return this.state === 'running' || this.state === 'starting' || this.state === 'standby';
  }

  private launch(): Worker {
    const { setup, comparePositions: _here, ...runner } = this.options;
    const input: WorkerInput = { module: setup.module.href, options: setup.options, runner };
    const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
      name: 'projector',
      workerData: input,
      // Large enough that what belongs to one part of a rebuild dies young, small enough for its memory.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    this.startedAt = performance.now();
    worker.on('message', (message: ProjectionMessage | Answer | StandsBy) => this.receive(message));
    worker.on('error', (error: Error) => (this.problem = error.message));
    worker.on('exit', () => this.exited());
    return worker;
  }

  private receive(message: ProjectionMessage | Answer | StandsBy): void {
    if (message.kind === 'answer') return this.answers.next(message);
    if (message.kind === 'standsBy') {
      if (this.state !== 'stopped') this.state = 'standby';
      this.problem = message.because;
      return;
    }
    if (this.state !== 'stopped') this.state = 'running';
    this.problem = undefined;
    this.heard.receive(message);
  }

  private exited(): void {
    if (this.state === 'stopped') return;
    this.state = 'restarting';
    this.problem ??= 'the projector ended unexpectedly';
    this.heard.forgetUnfinished();
    if (performance.now() - this.startedAt > STEADY) this.crashes = 0;
    this.restart = setTimeout(() => {
      this.worker = this.launch();
      this.state = 'starting';
    }, backoffMs(this.crashes++, SOON));
  }

  private async ask(ask: Ask['ask']): Promise<Answer> {
    if (!this.isUp) throw new Error(`the projector is ${this.state}`);
    const id = ++this.asked;
    const answered = this.answers.pipe(filter((answer) => answer.id === id));
    const ended = fromEvent(this.worker, 'exit').pipe(map((): Answer => ({ kind: 'answer', id, error: 'the projector ended' })));
    const answer = firstValueFrom(race(answered, ended));
    this.worker.postMessage({ id, ask } satisfies Ask);
    const { error, ...rest } = await answer;
    if (error !== undefined) throw new Error(error);
    return rest;
  }
}
