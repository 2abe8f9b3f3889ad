import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openVisits, type Visits } from './visits.js';

const at = (words: string) => `${words.replace(' ', 'T')}:00.000Z`;
const monday = at('2011-02-28 08:00');
const tuesday = at('2011-03-01 08:00');

let directory: string;
let visits: Visits;
/** Opens the page: what it says, and then it is noted. */
const visit = (staff: string, session: string, now: string) => {
  const before = visits.before(staff, session);
  visits.note(staff, session, now);
  return before;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-visits-'));
  visits = openVisits(join(directory, 'sessions.db'));
});
afterEach(() => {
  visits.close();
  rmSync(directory, { recursive: true });
});

describe('When I was last here', () => {
  it('is unknown on a first visit, however often the page is opened', () => {
    expect(visit('cara', monday, monday)).toBeUndefined();
    expect(visit('cara', monday, at('2011-02-28 09:00'))).toBeUndefined();
  });

  it('is the last time I looked in the session before, and stays so for the whole of this one', () => {
    visit('cara', monday, monday);
    visit('cara', monday, at('2011-02-28 17:30'));
    expect(visit('cara', tuesday, tuesday)).toBe(at('2011-02-28 17:30'));
    expect(visit('cara', tuesday, at('2011-03-01 11:00'))).toBe(at('2011-02-28 17:30'));
  });

  it('does not move when a window of an older session is opened again', () => {
    visit('cara', monday, monday);
    visit('cara', tuesday, tuesday);
    expect(visit('cara', monday, at('2011-03-01 08:30'))).toBe(monday);
    expect(visit('cara', tuesday, at('2011-03-01 09:00'))).toBe(monday);
  });

  it('is my own, and outlives a restart', () => {
    visit('cara', monday, monday);
    visits.close();
    visits = openVisits(join(directory, 'sessions.db'));
    expect(visit('bryn', tuesday, tuesday)).toBeUndefined();
    expect(visit('cara', tuesday, tuesday)).toBe(monday);
  });
});
