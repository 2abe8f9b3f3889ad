import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before attempt n + 1: doubling from a quarter of a second to half a minute, or to `most`. */
export const backoffMs = (attempt: number, most = 30_000): number => Math.min(most, 250 * 2 ** Math.min(attempt, 10));

/** Where what is tried again costs little, and people wait for it: seconds after a server is back it is in use again. */
export const SOON = 5_000;

/** Resolves early, and without an error, when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
