import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, minutes, plus } from '#kernel';
import { responsibilityTimeline } from './responsibility/responsibility.js';
import { referralMade, referralTaken } from './testing/entries.js';
import { given, type Asked, type Story } from './testing/story.js';
import { at, herJourney } from './testing/torbay.js';
import { anyDay, asked, eachIsNew, wishes, type Day } from './testing/walk.js';

interface Request {
  readonly wish: string;
  readonly asks: Asked<never>;
  readonly wrote: number;
}

/** Lives through a day of asking; `see` looks at the story after each step. */
function live({ taken, steps }: Day, see: (story: Story, request: Request) => void): void {
  let story = given(...(taken ? referralTaken(at('2011-03-01 08:00')) : [referralMade(at('2011-03-01 08:00'))]));
  let now = at('2011-03-01 09:00');
  for (const step of steps) {
    now = plus(now, minutes(step.wait));
    const asks = asked(story, step, now);
    const outcome = story.when(asks);
    story = outcome.goOn();
    see(story, { wish: step.wish, asks, wrote: outcome.events.length });
  }
}

describe('decisions, whatever is asked for by whomever and however late', () => {
  it('yield only entries that fit where they stand, but for those that a death recorded late overtakes', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        live(day, (story, { wish }) => {
          const { unplaced, death } = story.record;
          const misfits = story.log.filter(
            ({ eventId, occurredAt }) => unplaced.includes(eventId) && !(death && occurredAt >= death.at),
          );
          expect({ wish, misfits }).toEqual({ wish, misfits: [] });
        });
      }),
      { numRuns: 150 },
    );
  });

  it('yield nothing new when they are asked for once more', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        live(day, (story, { wish, asks, wrote }) => {
          if (wrote === 0 || eachIsNew.has(wish)) return;
          const again = story.when(asks);
          expect({ wish, again: isRefusal(again.decision) ? [] : again.events }).toEqual({ wish, again: [] });
        });
      }),
      { numRuns: 150 },
    );
  });

  it('leave exactly one answer to who is responsible, and no overlap', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        live(day, (story, { asks: { now } }) => {
          // A referral that was taken back leaves nothing to be responsible for.
          if (!story.journey.referral) return;
          const periods = responsibilityTimeline(story.record, herJourney, now);
          expect(periods.length).toBeGreaterThan(0);
          periods.forEach(({ to }, i) => expect(to).toBe(periods[i + 1]?.from));
        });
      }),
      { numRuns: 100 },
    );
  });

  it('are all tried', () => {
    const seen = new Set<string>();
    for (const day of fc.sample(anyDay, { numRuns: 1600, seed: 11 }))
      live(day, (_, { wish, wrote }) => wrote > 0 && seen.add(wish));
    expect([...seen].sort()).toEqual(Object.keys(wishes).sort());
  });
});
