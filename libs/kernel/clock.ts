import { fromMillis, type Instant } from './instant.js';

/** Handed in wherever time is asked for; the demo, tests and the simulation bring their own. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => fromMillis(Date.now()) };

export const fixedClock = (instant: Instant): Clock => ({ now: () => instant });
