import { fromMillis, londonInstant, toMillis, type Clock, type Instant } from '#kernel';

/** Tuesday 1 March 2011, 08:05 in London (DESIGN 9). */
export const DEMO_OPENS: Instant = londonInstant('2011-03-01', '08:05');

/** Runs as the real one does, that many milliseconds behind it. */
export const shiftedClock = (real: Clock, behind: number): Clock => ({
  now: () => fromMillis(toMillis(real.now()) - behind),
});
