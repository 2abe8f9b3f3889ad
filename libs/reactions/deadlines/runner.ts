/**
 * Does what falls due if nobody does anything (DESIGN 3): asks the read model what that is, and asks for it through
 * the same executor as everybody. The record decides; an id derived from the deadline makes a repeat do nothing.
 */
import { Refused, type Command, type CommandAnswer, type CommandMeta } from '#commands';
import { elapsed, type Clock, type Instant } from '#kernel';
import { backoffMs, pause, type ReadModelReader } from '#projections';
import type { Lease } from '../lease.js';
import { commandFor } from './command-for.js';
import { planAt, type DueReaction } from './plan.js';

export interface DeadlineRunnerOptions {
  readonly reader: Pick<ReadModelReader, 'withFreshness'>;
  /**
   * True once the read models include everything that was in the log when it was asked: nothing is decided on lists
   * that are behind.
   */
  readonly caughtUp: () => Promise<boolean>;
  readonly execute: (command: Command, meta: CommandMeta) => Promise<CommandAnswer>;
  /** Of care: the demo's own in a demo. */
  readonly clock: Clock;
  readonly lease: Lease;
  readonly onProblem: (problem: string) => void;
}

export interface DeadlineStatus {
  /** `waiting`: for the lists to catch up. */
  readonly state: 'running' | 'standingBy' | 'waiting' | 'stopped';
  /** When the next is due; undefined where nothing waits. */
  readonly next: Instant | undefined;
  /** Done since this process started. */
  readonly done: number;
  readonly problem: string | undefined;
}

/** Between two looks at the lists, however often they change, milliseconds. */
const REST = 200;
/** Before it is looked again whether the lists have caught up, milliseconds. */
const CATCHING_UP = 1_000;

export class DeadlineRunner {
  private readonly ending = new AbortController();
  private running: Promise<void> | undefined;
  private waking = new AbortController();
  private state: DeadlineStatus['state'] = 'stopped';
  private next: Instant | undefined;
  private done = 0;
  private problem: string | undefined;
  private failed = 0;
  /** Something may have changed since the lists were last read. */
  private changed = true;
  /** Answered without an event, or refused: not asked again while the row stands. */
  private settled = new Set<string>();

  constructor(private readonly options: DeadlineRunnerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the step under way. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.waking.abort();
    await this.running;
    this.state = 'stopped';
  }

  /** The rows of deadlines have changed. */
  wake(): void {
    this.changed = true;
    this.waking.abort();
  }

  status(): DeadlineStatus {
    const { state, next, done, problem } = this;
    return { state, next, done, problem };
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      this.waking = new AbortController();
      const rest = await this.look().catch((error: unknown) => this.troubled(error));
      await pause(REST, signal);
      if (rest > REST) await pause(rest - REST, this.waking.signal);
    }
  }

  /**
   * Looks once, and does what is due.
   *
   * @returns milliseconds until the next look, unless something changes before
   */
  async look(): Promise<number> {
    const { lease, clock, caughtUp, reader } = this.options;
    const renewal = lease.ttl / 3;
    if (!(await lease.hold())) {
      this.state = 'standingBy';
      this.next = undefined;
      this.changed = true;
      return renewal;
    }
    if (this.state !== 'waiting') this.state = 'running';
    const isTime = this.next !== undefined && this.next <= clock.now();
    if (this.changed || isTime) {
      if (!(await caughtUp())) {
        this.state = 'waiting';
        return CATCHING_UP;
      }
      this.state = 'running';
      this.changed = false;
      const { value: plan } = await reader.withFreshness((rows) => planAt(rows, clock.now()), ['deadlines']);
      this.next = plan.next;
      this.settled = new Set(plan.due.map(({ commandId }) => commandId).filter((id) => this.settled.has(id)));
      await this.actOn(plan.due);
    }
    const left = this.next === undefined ? Infinity : elapsed(clock.now(), this.next);
    return Math.min(renewal, Math.max(0, left));
  }

  private async actOn(due: readonly DueReaction[]): Promise<void> {
    const failures: unknown[] = [];
    for (const reaction of due) {
      if (this.ending.signal.aborted || !(await this.options.lease.hold())) return;
      if (this.settled.has(reaction.commandId)) continue;
      try {
        const { events, repeated } = await this.options.execute(...commandFor(reaction));
        this.settled.add(reaction.commandId);
        if (events.length > 0 && !repeated) this.done++;
      } catch (error) {
        if (error instanceof Refused) this.settled.add(reaction.commandId);
        else failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    this.failed = 0;
    this.problem = undefined;
  }

  /** Nothing is lost by trying again: what was done is known by its id. */
  private troubled(error: unknown): number {
    this.problem = error instanceof Error ? error.message : String(error);
    this.options.onProblem(this.problem);
    this.changed = true;
    return Math.min(this.options.lease.ttl / 3, backoffMs(this.failed++));
  }
}
