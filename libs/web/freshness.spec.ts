import { describe, expect, it } from '@jest/globals';
import type { Freshness } from '#projections';
import { freshnessWords } from './freshness.js';

const live: Freshness = {
  position: '10',
  ordinal: 1_010,
  asOf: '2011-03-01T08:05:00.000Z',
  eventsBehind: 0,
  status: 'live',
  incomplete: 0,
};

describe('How fresh a page is', () => {
  it('is said where everything is there', () => {
    expect(freshnessWords(live)).toBe('Up to date; last entry 1 March 2011 at 08:05. Entry number 1,010.');
  });

  it('is never "up to date" while entries are still to come', () => {
    expect(freshnessWords({ ...live, status: 'catchingUp', eventsBehind: 3 })).toMatch(
      /^Catching up: 3 entries still to come\./,
    );
    expect(freshnessWords({ ...live, eventsBehind: 1 })).toMatch(/^Catching up: 1 entry still to come\./);
  });

  it('of a page that has stopped says since when, and to ring before relying on it', () => {
    expect(freshnessWords({ ...live, status: 'stopped' })).toMatch(
      /^This page may be out of date\. It stopped being brought up to date on 1 March 2011 at 08:05\. Ring the team/,
    );
  });

  it('names records that may be incomplete, beside whatever else it says', () => {
    expect(freshnessWords({ ...live, incomplete: 2 })).toMatch(
      /May be incomplete: 2 records could not be read in full\.$/,
    );
  });
});
