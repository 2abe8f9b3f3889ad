import { backoffMs, pause } from '#projections';
import type { Box, Message } from './box.js';
import { signedHeaders } from './sign.js';
import type { Subscription } from './subscriptions.js';

/** Resolves with the status of the answer. @throws where there was none */
export type Post = (url: string, headers: Record<string, string>, body: string, signal: AbortSignal) => Promise<number>;

export interface DeliveryOptions {
  readonly box: Box;
  readonly subscription: Subscription;
  readonly post: Post;
  /** Real milliseconds. */
  readonly now: () => number;
}

/** Seconds before each next attempt: some three days in all, as Standard Webhooks recommends. */
const RETRIES = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Nothing is looked for less often, milliseconds. */
const LOOK_EVERY = 30_000;
const ANSWER_WITHIN = 15_000;

/** A redirect is an answer like any other that is not yes. */
export const postOverHttp: Post = async (url, headers, body, signal) => {
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  await response.body?.cancel();
  return response.status;
};

/**
 * Sends what waits for one receiver, the oldest first, one after the other, until `signal` aborts. At least once: what
 * was sent and not marked is sent again, under the same id.
 */
export class Delivery {
  private failures = 0;
  private waking = new AbortController();

  constructor(private readonly options: DeliveryOptions) {}

  wake(): void {
    this.waking.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.waking.abort(), { once: true });
    while (!signal.aborted) {
      this.waking = new AbortController();
      const { box, subscription, now } = this.options;
      const message = await box.next(subscription.id, now());
      if (message) await this.attempt(message, signal);
      else {
        const due = await box.nextDue(subscription.id);
        const wait = due === undefined ? LOOK_EVERY : Math.max(1, due - now());
        if (!signal.aborted) await pause(Math.min(LOOK_EVERY, wait), this.waking.signal);
      }
    }
  }

  private async attempt(message: Message, signal: AbortSignal): Promise<void> {
    const { box, subscription, now } = this.options;
    const problem = await this.send(message, signal);
    if (problem === undefined) {
      await box.delivered(message, now());
      if (this.failures > 0) await box.dueNow(subscription.id);
      this.failures = 0;
      return;
    }
    // Told to stop in the middle: neither sent nor failed, for all we know. It is sent again.
    if (signal.aborted) return;
    const wait = RETRIES[message.attempts];
    await box.failed(message, problem, wait === undefined ? undefined : now() + wait * 1000, now());
    // A receiver that is down is not asked for one message after the other.
    await pause(backoffMs(this.failures++), signal);
  }

  /** @returns what went wrong; undefined where it was received */
  private async send({ eventId, body }: Message, signal: AbortSignal): Promise<string | undefined> {
    const { subscription, post, now } = this.options;
    const headers = signedHeaders(eventId, body, subscription.secret, now());
    try {
      const status = await post(
        subscription.url,
        headers,
        body,
        AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN)]),
      );
      return status >= 200 && status < 300 ? undefined : `answered ${status}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return `no answer: ${cause instanceof Error ? cause.message : message}`;
    }
  }
}
