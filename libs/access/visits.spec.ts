import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inEachPlace } from '../../test/support/places.js';
import { openVisits, type Visits } from './visits.js';

const at = (words: string) => `${words.replace(' ', 'T')}:00.000Z`;
const monday = at('2011-02-28 08:00');
const tuesday = at('2011-03-01 08:00');

inEachPlace((here) => {
  let visits: Visits;
  /** Opens the page: what it says, and then it is noted. */
  const visit = async (staff: string, session: string, now: string) => {
    const before = await visits.before(staff, session);
    await visits.note(staff, session, now);
    return before;
  };

  beforeEach(async () => {
    visits = await openVisits(await here().place());
  });
  afterEach(() => visits.close());

  describe('When I was last here', () => {
    it('is unknown on a first visit, however often the page is opened', async () => {
      expect(await visit('cara', monday, monday)).toBeUndefined();
      expect(await visit('cara', monday, at('2011-02-28 09:00'))).toBeUndefined();
    });

    it('is the last time I looked in the session before, and stays so for the whole of this one', async () => {
      await visit('cara', monday, monday);
      await visit('cara', monday, at('2011-02-28 17:30'));
      expect(await visit('cara', tuesday, tuesday)).toBe(at('2011-02-28 17:30'));
      expect(await visit('cara', tuesday, at('2011-03-01 11:00'))).toBe(at('2011-02-28 17:30'));
    });

    it('does not move when a window of an older session is opened again', async () => {
      await visit('cara', monday, monday);
      await visit('cara', tuesday, tuesday);
      expect(await visit('cara', monday, at('2011-03-01 08:30'))).toBe(monday);
      expect(await visit('cara', tuesday, at('2011-03-01 09:00'))).toBe(monday);
    });

    it('is my own, and outlives a restart', async () => {
      await visit('cara', monday, monday);
      await visits.close();
      visits = await openVisits(await here().place());
      expect(await visit('bryn', tuesday, tuesday)).toBeUndefined();
      expect(await visit('cara', tuesday, tuesday)).toBe(monday);
    });

    it('is the same for every process, whichever of them showed the page', async () => {
      const other = await openVisits(await here().place());
      await Promise.all([visits.note('cara', monday, monday), other.note('cara', monday, at('2011-02-28 12:00'))]);
      expect(await visits.before('cara', tuesday)).toBe(at('2011-02-28 12:00'));
      expect(await other.before('cara', tuesday)).toBe(at('2011-02-28 12:00'));
      await other.close();
    });
  });
});
