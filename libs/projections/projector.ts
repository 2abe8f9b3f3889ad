/** The projector as the request path sees it: its work happens in a thread of its own. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { exhaustMap, filter, firstValueFrom, fromEvent, map, race, Subject, take, timer, type Observable } from 'rxjs';
import type { EventReader, Position } from '#event-store';
import { backoffMs } from './backoff.js';
import type { Freshness } from './definition.js';
import type { ReadModelsPlace } from './place.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';
import { statusAfter } from './status.js';
import type { Answer, Ask, StandsBy, Tuning, WorkerInput } from './thread.js';

export interface ProjectorSettings extends Tuning {
  /**
   * A module that exports `projectorSetup(options): Promise<ProjectorSetup>`; loaded in the thread, so `options` is
   * plain data.
   */
  readonly setup: { readonly module: URL; readonly options?: unknown };
  readonly comparePositions: EventReader['comparePositions'];
  /** Up to where what is served goes, asked for while another process projects; nothing is waited for then when absent. */
  readonly servedPosition?: () => Promise<Position | undefined>;
}

export type ProjectorOptions = ProjectorSettings & ReadModelsPlace;

export interface ProjectorStatus {
  /** `restarting`: it crashed, and tries again by itself. `standby`: another process projects, this one takes over from it. */
  readonly state: 'starting' | 'running' | 'standby' | 'restarting' | 'stopped';
  readonly problem?: string;
  readonly generations: readonly GenerationStatus[];
}

export const startProjector = (options: ProjectorOptions): ProjectorHandle => new ProjectorHandle(options);

/** A crash this long after the start counts as the first, milliseconds. */
const STEADY = 60_000;
const STOP_WITHIN = 10_000;
const LOOK_EVERY = 100;

export class ProjectorHandle {
  private readonly messages = new Subject<ProjectionMessage>();
  private readonly answers = new Subject<Answer>();
  private generations = new Map<string, GenerationStatus>();
  private state: ProjectorStatus['state'] = 'starting';
  private problem: string | undefined;
  private worker: Worker;
  private crashes = 0;
  private startedAt = 0;
  private asked = 0;
  private restart: NodeJS.Timeout | undefined;

  constructor(private readonly options: ProjectorOptions) {
    this.worker = this.launch();
  }

  /** Every message of the projector, hot. */
  get changes$(): Observable<ProjectionMessage> {
    return this.messages.asObservable();
  }

  status(): ProjectorStatus {
    const { state, problem } = this;
    return { state, ...(problem !== undefined && { problem }), generations: [...this.generations.values()] };
  }

  /** How fresh the served generation was when last heard of; undefined before the first is served. */
  freshness(): Freshness | undefined {
    const served = this.served();
    if (!served) return undefined;
    const { position, ordinal, eventsBehind, knownAt: asOf, incomplete, state } = served;
    const status = state === 'stopped' ? 'stopped' : state === 'live' && this.isUp ? 'live' : 'catchingUp';
    return { position, ordinal, eventsBehind, asOf, incomplete, status };
  }

  /** Resolves true once what is served includes the event at `position`; false when that took too long. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    const includes = (at: Position | undefined) => at !== undefined && this.options.comparePositions(at, position) >= 0;
    const reached = () => includes(this.served()?.position);
    if (reached()) return Promise.resolve(true);
    const there = this.messages.pipe(filter(reached), map(() => true));
    // Another process's projector tells its own process; this one has to look.
    const looked = timer(0, LOOK_EVERY).pipe(exhaustMap(() => this.servedElsewhere()), filter(includes), map(() => true));
    const late = timer(timeoutMs).pipe(map(() => false));
    return firstValueFrom(race(there, looked, late).pipe(take(1)), { defaultValue: false });
  }

  /** Replays the subjects in quarantine; how many of (subject, read model) came out. */
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
    this.messages.complete();
    this.answers.complete();
  }

  private get isUp(): boolean {
    return this.state === 'running' || this.state === 'starting' || this.state === 'standby';
  }

  private async servedElsewhere(): Promise<Position | undefined> {
    if (this.state !== 'standby') return undefined;
    return this.options.servedPosition?.().catch(() => undefined);
  }

  private served(): GenerationStatus | undefined {
    return [...this.generations.values()].find((generation) => generation.served);
  }

  private launch(): Worker {
    const { setup, comparePositions: _here, servedPosition: _too, ...runner } = this.options;
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
    const status = statusAfter(this.generations.get(message.generation), message);
    // There is one served generation: the one before goes when the next takes its place.
    if (message.kind === 'served') {
      this.generations = new Map([...this.generations].filter(([, generation]) => !generation.served));
    }
    this.generations.set(message.generation, status);
    this.messages.next(message);
  }

  private exited(): void {
    if (this.state === 'stopped') return;
    this.state = 'restarting';
    this.problem ??= 'the projector ended unexpectedly';
    // What it was building is lost; what it served stands.
    this.generations = new Map([...this.generations].filter(([, generation]) => generation.served));
    if (performance.now() - this.startedAt > STEADY) this.crashes = 0;
    this.restart = setTimeout(() => {
      this.worker = this.launch();
      this.state = 'starting';
    }, backoffMs(this.crashes++));
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
