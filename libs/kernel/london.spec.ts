import { describe, expect, it } from '@jest/globals';
import {
  addDays, civilDate, daysBetween, elapsed, fromMillis, hours, isCivilDate, isInstant, londonInstant, londonOffset, wallClock,
} from './index.js';

const intl = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

/** What Intl, with the time-zone database behind it, says the London clock shows. */
function shownByIntl(instant: string): string {
  const parts = Object.fromEntries(intl.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`;
}

describe('Days and clocks in London', () => {
  it('agree with the time-zone database around every clock change from 1996 to 2040', () => {
    for (let year = 1996; year <= 2040; year++) {
      for (const month of [2, 9]) {
        const start = Date.UTC(year, month, 24);
        for (let hour = 0; hour < 8 * 24; hour++) {
          const instant = fromMillis(start + hour * hours(1));
          expect(`${instant} ${civilDate(instant)} ${wallClock(instant)}`).toBe(`${instant} ${shownByIntl(instant)}`);
        }
      }
    }
  });

  it('know that an offer at 23:30 on 27 March 2010 accepted at 02:30 took two hours, not three (FACTS 3.15, 17)', () => {
    expect(elapsed(londonInstant('2010-03-27', '23:30'), londonInstant('2010-03-28', '02:30'))).toBe(hours(2));
  });

  it('turn a wall clock into the moment that shows it', () => {
    for (const time of ['00:00', '00:59', '08:05', '12:00', '23:59']) {
      for (const date of ['2010-01-15', '2010-03-28', '2010-07-01', '2010-10-31', '2011-03-01']) {
        const instant = londonInstant(date, time);
        expect([civilDate(instant), wallClock(instant)]).toEqual([date, time]);
      }
    }
  });

  it('read a time that spring skips as the hour after, and one that autumn repeats as the first', () => {
    expect(wallClock(londonInstant('2010-03-28', '01:30'))).toBe('02:30');
    expect(londonOffset(londonInstant('2010-10-31', '01:30'))).toBe(hours(1));
  });

  it('count a day of 23 hours and a day of 25 hours as one day each', () => {
    expect(daysBetween('2010-03-27', '2010-03-29')).toBe(2);
    expect(daysBetween('2010-10-30', '2010-11-01')).toBe(2);
    expect(addDays('2010-11-15', 91)).toBe('2011-02-14');
    expect(daysBetween('2010-03-01', '2010-07-05')).toBe(126);
  });

  it('refuse days and moments that never were', () => {
    expect(['2011-02-29', '2011-13-01', '2011-2-1', '31/01/2011', ''].filter(isCivilDate)).toEqual([]);
    expect(
      ['2011-02-31T10:00:00.000Z', '2011-02-01T25:00:00.000Z', '2011-02-01', '2011-02-01T10:00:00Z', 5].filter(isInstant),
    ).toEqual([]);
    expect(isInstant('2012-02-29T23:59:59.999Z') && isCivilDate('2012-02-29')).toBe(true);
  });
});
