import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before attempt n + 1: doubling from a quarter of a second to half a minute. */
export const backoffMs = (attempt: number): number => Math.min(30_000, 250 * 2 ** Math.min(attempt, 10));

/** Resolves early, and without an error, when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
