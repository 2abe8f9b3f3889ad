import { describe, expect, it } from '@jest/globals';
import { at, brixham } from '../../../../test/support/history.js';
import { teamView } from './teams.js';

describe('Whom to ring', () => {
  it('is told with the hours of the telephone, and whether anybody answers it now', () => {
    const weekday = teamView(brixham, at('2011-03-01 09:00'));
    expect(weekday).toMatchObject({ name: 'Brixham Home Care', telephone: '01632 960131', openNow: true });
    expect(weekday.hours).toBeTruthy();
    expect(teamView(brixham, at('2011-03-01 18:30')).openNow).toBe(false);
  });

  it('has no number made up for it where the directory does not know the team', () => {
    const unknown = teamView({ team: 'a-team-of-long-ago', organisation: 'torbay-hospital' }, at('2011-03-01 09:00'));
    expect(unknown).toEqual({ name: 'a team of long ago' });
  });
});
