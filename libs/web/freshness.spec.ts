import { describe, expect, it } from '@jest/globals';
import type { Freshness } from '#projections';
import { freshnessWords, staleWords } from './freshness.js';

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

/** Read at this moment of the same minute. */
const read = (second: string, isFollowing = true) => ({ isFollowing, now: `2011-03-01T08:06:${second}.000Z` });
const behind: Freshness = { ...live, eventsBehind: 1, behindSince: '2011-03-01T08:06:00.000Z' };

describe('Above the page', () => {
  it('nothing stands where it is up to date, or where what is missing was done moments ago', () => {
    expect(staleWords(live, read('00'))).toBeUndefined();
    expect(staleWords(behind, read('05'))).toBeUndefined();
    expect(staleWords(live, read('00', false))).toBeUndefined();
  });

  it('one entry that was recorded longer ago and is still missing is enough to say so', () => {
    expect(staleWords(behind, read('06'))).toContain('1 later entry is not on it yet.');
    // Where nobody can say since when, it is not taken for moments.
    expect(staleWords({ ...live, eventsBehind: 1 }, read('00'))).toContain('1 later entry is not on it yet.');
  });

  it.each([
    ['where nobody brings it up to date', behind, false, '1 later entry is not on it yet.'],
    ['where it is far behind', { ...live, eventsBehind: 4_000, status: 'catchingUp' as const }, true, '4,000 later entries are not on it yet.'],
    ['where it stopped', { ...live, status: 'stopped' as const }, true, 'Ring the team before you rely on it'],
  ])('it says of when it is, what is missing and to ring: %s', (_, freshness, isFollowing, says) => {
    const words = staleWords(freshness, read('01', isFollowing));
    expect(words).toContain('how things stood on 1 March 2011 at 08:05');
    expect(words).toContain(says);
  });
});
