import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, fromMillis, hours, londonInstant, minutes, plus, toMillis } from '#kernel';
import { bankHolidaysKnownIn, isBankHoliday } from './bank-holidays.js';
import { allTeamIds, teamAsOf } from './directory.js';
import { addOpeningTime, isOpenAt, openingTimeBetween } from './opening-hours.js';

const brixham = teamAsOf('brixham-home-care-team', '2010-05-01')!;
const ward = teamAsOf('torbay-hospital-care-of-the-elderly-ward', '2010-05-01')!;
const nights = teamAsOf('torbay-night-sitting', '2010-05-01')!;
const everyDay = teamAsOf('torbay-reablement-team', '2010-05-01')!;
const surgery = teamAsOf('brixham-quay-surgery', '2010-05-01')!;

describe('time as the receiver’s doors count it', () => {
  it('Brixham opens from 8 to 6 on weekdays; a ward never closes', () => {
    expect(brixham.hours.words).toBe('Monday to Friday, 8 am to 6 pm');
    expect(isOpenAt(londonInstant('2011-03-01', '08:05'), brixham)).toBe(true);
    expect(isOpenAt(londonInstant('2011-03-01', '18:00'), brixham)).toBe(false);
    expect(isOpenAt(londonInstant('2011-03-01', '03:00'), ward)).toBe(true);
  });

  it('30 minutes asked for at 5.50 pm end at 8.20 the next morning', () => {
    expect(addOpeningTime(londonInstant('2011-03-01', '17:50'), minutes(30), brixham)).toBe(
      londonInstant('2011-03-02', '08:20'),
    );
  });

  it('time that runs out exactly at closing ends at closing, not at the next opening', () => {
    expect(addOpeningTime(londonInstant('2011-03-01', '17:30'), minutes(30), brixham)).toBe(
      londonInstant('2011-03-01', '18:00'),
    );
  });

  it('an offer made while the team is closed begins to count when it opens', () => {
    expect(addOpeningTime(londonInstant('2011-03-01', '06:00'), minutes(15), brixham)).toBe(
      londonInstant('2011-03-01', '08:15'),
    );
  });

  it('no time added is the same moment, even at night', () => {
    expect(addOpeningTime(londonInstant('2011-03-01', '02:00'), 0, brixham)).toBe(londonInstant('2011-03-01', '02:00'));
  });

  it('a lunch break does not count', () => {
    expect(addOpeningTime(londonInstant('2011-03-01', '12:50'), minutes(30), surgery)).toBe(
      londonInstant('2011-03-01', '14:20'),
    );
  });

  it('Mrs Smith, home on Friday 30 April 2010 at 5 pm: two opening hours end at 9 on the Tuesday after the bank holiday', () => {
    const home = londonInstant('2010-04-30', '17:00');
    expect(isBankHoliday('2010-05-03')).toBe(true);
    expect(addOpeningTime(home, hours(2), brixham)).toBe(londonInstant('2010-05-04', '09:00'));
    expect(openingTimeBetween(home, londonInstant('2010-05-04', '10:30'), brixham)).toBe(minutes(60 + 150));
  });

  it('over Easter 2010 a team with bank holidays off is closed from Thursday evening to Tuesday morning', () => {
    expect(addOpeningTime(londonInstant('2010-04-01', '18:00'), minutes(1), brixham)).toBe(
      londonInstant('2010-04-06', '08:01'),
    );
    expect(
      openingTimeBetween(londonInstant('2010-04-01', '18:00'), londonInstant('2010-04-06', '08:00'), brixham),
    ).toBe(0);
  });

  it('a team that works on bank holidays works on Easter Monday', () => {
    expect(addOpeningTime(londonInstant('2010-04-05', '07:00'), minutes(30), everyDay)).toBe(
      londonInstant('2010-04-05', '08:30'),
    );
  });
});

describe('when the clocks change', () => {
  it('spring: the night of 28 March 2010 holds one hour less for a ward', () => {
    const offered = londonInstant('2010-03-27', '23:30');
    expect(offered).toBe('2010-03-27T23:30:00.000Z');
    expect(openingTimeBetween(offered, londonInstant('2010-03-28', '02:30'), ward)).toBe(hours(2));
    expect(addOpeningTime(offered, hours(2), ward)).toBe(londonInstant('2010-03-28', '02:30'));
  });

  it('autumn: the night of 31 October 2010 holds one hour more', () => {
    expect(openingTimeBetween(londonInstant('2010-10-30', '22:00'), londonInstant('2010-10-31', '07:00'), nights)).toBe(
      hours(10),
    );
    expect(openingTimeBetween(londonInstant('2010-03-27', '22:00'), londonInstant('2010-03-28', '07:00'), nights)).toBe(
      hours(8),
    );
  });

  it('a day team opens at 8 on the clock on both sides of a change', () => {
    const friday = londonInstant('2010-03-26', '17:30');
    expect(addOpeningTime(friday, hours(1), brixham)).toBe('2010-03-29T07:30:00.000Z');
    expect(addOpeningTime(londonInstant('2010-10-29', '17:30'), hours(1), brixham)).toBe('2010-11-01T08:30:00.000Z');
  });

  it('a team open every day keeps its 12 hours on the short day and on the long one', () => {
    for (const day of ['2010-03-28', '2010-10-31']) {
      expect(openingTimeBetween(londonInstant(day), londonInstant(addDays(day, 1)), everyDay)).toBe(hours(12));
    }
  });
});

describe('for every team, at any moment', () => {
  const teams = allTeamIds().map((id) => teamAsOf(id, '2010-06-01')!);
  const moment = fc
    .integer({ min: toMillis('2009-01-01T00:00:00.000Z'), max: toMillis('2012-12-01T00:00:00.000Z') })
    .map(fromMillis);
  const span = fc.integer({ min: 1, max: hours(60) });

  it('as much opening time lies between a moment and its deadline as was added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...teams), moment, span, (team, start, millis) => {
        const deadline = addOpeningTime(start, millis, team);
        expect(openingTimeBetween(start, deadline, team)).toBe(millis);
        expect(openingTimeBetween(deadline, start, team)).toBe(0 - millis);
        expect(deadline >= plus(start, millis)).toBe(true);
      }),
    );
  });

  it('opening time adds up: to noon and from noon is the whole', () => {
    fc.assert(
      fc.property(fc.constantFrom(...teams), moment, span, span, (team, a, first, second) => {
        const b = plus(a, first);
        const c = plus(b, second);
        expect(openingTimeBetween(a, b, team) + openingTimeBetween(b, c, team)).toBe(openingTimeBetween(a, c, team));
      }),
    );
  });

  it('a team that never opens, and time added backwards, are refused', () => {
    const never = { hours: { words: 'Never', always: false, week: [], bankHolidays: false } };
    expect(() => addOpeningTime('2010-01-01T00:00:00.000Z', 1, never)).toThrow('does not open for a year');
    expect(() => addOpeningTime('2010-01-01T00:00:00.000Z', -1, ward)).toThrow(RangeError);
  });
});

describe('the bank holidays of England and Wales', () => {
  /** Easter Sunday, by the rule of the Gregorian calendar (Meeus, Astronomical Algorithms). */
  const easterSunday = (year: number): string => {
    const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
    const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
    const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
    const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
    return `${year}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`;
  };
  const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
  const onOrAfter = (day: string, wanted: number) => addDays(day, (wanted - weekday(day) + 7) % 7);

  /** The Banking and Financial Dealings Act's days, with substitutes for those on a weekend. */
  const byRule = (year: number): readonly string[] => {
    const easter = easterSunday(year);
    const newYear = `${year}-01-01`;
    const spring = year === 2012 ? '2012-06-04' : onOrAfter(`${year}-05-25`, 1);
    const christmas = `${year}-12-25`;
    const pair = { 5: ['12-25', '12-28'], 6: ['12-27', '12-28'], 0: ['12-26', '12-27'] }[weekday(christmas)] ?? [
      '12-25',
      '12-26',
    ];
    return [
      [0, 6].includes(weekday(newYear)) ? onOrAfter(newYear, 1) : newYear,
      addDays(easter, -2),
      addDays(easter, 1),
      onOrAfter(`${year}-05-01`, 1),
      spring,
      onOrAfter(`${year}-08-25`, 1),
      ...pair.map((day) => `${year}-${day}`),
      // The royal wedding and the diamond jubilee.
      ...(year === 2011 ? ['2011-04-29'] : year === 2012 ? ['2012-06-05'] : []),
    ].sort();
  };

  it.each(bankHolidaysKnownIn())('%s has the days of the Act and the one-off days, and no others', (year) => {
    const days = Array.from({ length: 366 }, (_, i) => addDays(`${year}-01-01`, i)).filter((day) =>
      day.startsWith(year),
    );
    expect(days.filter(isBankHoliday)).toEqual(byRule(Number(year)));
  });

  it('cover the pilots and their evaluation, and today', () => {
    expect(bankHolidaysKnownIn()).toEqual(['2009', '2010', '2011', '2012', '2024', '2025', '2026', '2027']);
  });
});
