import { fromMillis, type Instant } from './instant.js';

/** A node whose clock is off by more than this is not ready, milliseconds (DESIGN 5). */
export const CLOCK_TOLERANCE = 1_000;

/** Handed in wherever time is asked for; the demo, tests and the simulation bring their own. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => fromMillis(Date.now()) };

export const fixedClock = (instant: Instant): Clock => ({ now: () => instant });
