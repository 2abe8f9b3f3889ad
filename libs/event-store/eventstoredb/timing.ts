import { setTimeout as sleep } from 'node:timers/promises';

/** Our own timer ran out: the server may be frozen, its `deadline` is only kept by a server that runs. */
export class CallTimeoutError extends Error {}

/**
 * Rejects after `millis` without a sign of life. The action may call `alive` to start the time anew, so a long page
 * that still flows is not cut off.
 */
export function withTimer<T>(millis: number, action: (alive: () => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CallTimeoutError(`no answer within ${millis} ms`)), millis);
    const over = <V>(settle: (value: V) => void) => (value: V): void => {
      clearTimeout(timer);
      settle(value);
    };
    action(() => void timer.refresh()).then(over(resolve), over(reject));
  });
}

/** Waits for `work` to end either way, at most `millis`. */
export const settled = async (work: Promise<unknown>, millis: number): Promise<void> => {
  await withTimer(millis, () => work).catch(() => undefined);
};

/** Doubling pauses with jitter, so that many writers do not return in step. */
export class Backoff {
  private failures = 0;

  constructor(private readonly longest: number, private readonly first = 50) {}

  reset(): void {
    this.failures = 0;
  }

  /** Milliseconds to wait now; each call is one more failure. */
  next(): number {
    const ceiling = Math.min(this.longest, this.first * 2 ** Math.min(this.failures++, 16));
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  }
}

/** Resolves early, without an error, when the signal aborts. */
export const pause = async (millis: number, signal: AbortSignal): Promise<void> => {
  await sleep(millis, undefined, { signal }).catch(() => undefined);
};

export { sleep };
