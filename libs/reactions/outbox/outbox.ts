/** What leaves the house: signed webhooks, at least once each, keyed by the event (DESIGN 3). */
import type { Place } from '#database';
import type { EventRegistry } from '#kernel';
import { backoffMs, pause } from '#projections';
import type { Lease } from '../lease.js';
import { Box, type OutboxSummary } from './box.js';
import { collect, type CollectorOptions } from './collector.js';
import { Delivery, postOverHttp, type Post } from './deliver.js';
import type { Subscription } from './subscriptions.js';

export interface OutboxOptions {
  /** To be backed up with the log. */
  readonly place: Place;
  readonly reader: CollectorOptions['reader'];
  readonly registry: EventRegistry;
  readonly subscriptions: readonly Subscription[];
  readonly lease: Lease;
  readonly onProblem: (problem: string) => void;
  readonly post?: Post;
  /** Real milliseconds. */
  readonly now?: () => number;
}

export interface OutboxStatus extends OutboxSummary {
  readonly state: 'running' | 'standingBy' | 'stopped';
  readonly subscriptions: readonly string[];
}

export class Outbox {
  private readonly box: Box;
  private readonly ending = new AbortController();
  private running: Promise<void> | undefined;
  private state: OutboxStatus['state'] = 'stopped';

  constructor(private readonly options: OutboxOptions) {
    this.box = new Box(options.place);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** What is under way is broken off, and sent again after the next start. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.state = 'stopped';
    await this.box.close();
  }

  async status(): Promise<OutboxStatus> {
    return {
      state: this.state,
      subscriptions: this.options.subscriptions.map(({ id }) => id),
      ...(await this.box.summary()),
    };
  }

  private async run(): Promise<void> {
    const { lease } = this.options;
    const { signal } = this.ending;
    while (!signal.aborted) {
      await this.turn(signal).catch((error: unknown) => {
        if (!signal.aborted) this.options.onProblem((error as Error).message);
      });
      if (!signal.aborted) await pause(lease.ttl / 3, signal);
    }
  }

  private async turn(signal: AbortSignal): Promise<void> {
    if (await this.options.lease.hold()) await this.hold(signal);
    else this.state = 'standingBy';
  }

  /** Works for as long as the lease is ours. */
  private async hold(ending: AbortSignal): Promise<void> {
    const { lease, subscriptions, now = Date.now } = this.options;
    try {
      await lease.during(async (lost) => {
        const signal = AbortSignal.any([ending, lost]);
        await this.box.startAgain(now());
        this.state = 'running';
        await Promise.all(subscriptions.map((subscription) => this.serve(subscription, signal)));
      });
    } finally {
      this.state = 'standingBy';
    }
  }

  private async serve(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const { reader, registry, post = postOverHttp, now = Date.now } = this.options;
    const { box } = this;
    const delivery = new Delivery({ box, subscription, post, now });
    const onCollected = () => delivery.wake();
    await Promise.all([
      this.keepOn(() => collect({ reader, registry, box, subscription, onCollected }, signal), signal),
      this.keepOn(() => delivery.run(signal), signal),
    ]);
  }

  /** Both go on from what is durable. */
  private async keepOn(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await work();
      } catch (error) {
        if (!signal.aborted) this.options.onProblem((error as Error).message);
      }
      if (!signal.aborted) await pause(backoffMs(attempt), signal);
    }
  }
}
