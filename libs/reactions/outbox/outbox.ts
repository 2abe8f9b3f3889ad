/** What leaves the house: signed webhooks, at least once each, keyed by the event (DESIGN 3). */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import { backoffMs, pause } from '#projections';
import type { Lease } from '../lease.js';
import { Box, type OutboxSummary } from './box.js';
import { collect } from './collector.js';
import { Delivery, postOverHttp, type Post } from './deliver.js';
import type { Subscription } from './subscriptions.js';

export interface OutboxOptions {
  /** `outbox.db` of the data directory: to be backed up with the log. */
  readonly file: string;
  readonly reader: Pick<EventReader, 'subscribe' | 'readStream' | 'head'>;
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
    this.box = new Box(options.file);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** What is under way is broken off, and sent again after the next start. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.state = 'stopped';
    this.box.close();
  }

  status(): OutboxStatus {
    return {
      state: this.state,
      subscriptions: this.options.subscriptions.map(({ id }) => id),
      ...this.box.summary(),
    };
  }

  private async run(): Promise<void> {
    const { lease } = this.options;
    const { signal } = this.ending;
    while (!signal.aborted) {
      if (lease.hold()) await this.hold(signal);
      else this.state = 'standingBy';
      if (!signal.aborted) await pause(lease.ttl / 3, signal);
    }
  }

  /** Works for as long as the lease is ours. */
  private async hold(ending: AbortSignal): Promise<void> {
    const { lease, subscriptions, now = Date.now } = this.options;
    const losing = new AbortController();
    const signal = AbortSignal.any([ending, losing.signal]);
    const renewal = setInterval(() => lease.hold() || losing.abort(), lease.ttl / 3);
    this.state = 'running';
    this.box.startAgain(now());
    try {
      await Promise.all(subscriptions.map((subscription) => this.serve(subscription, signal)));
    } finally {
      clearInterval(renewal);
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
