import type { CivilDate } from '#kernel';
import { load } from '../data.js';

const { years } = load<{ years: Readonly<Record<string, readonly string[]>> }>('bank-holidays.json');

const days: ReadonlySet<CivilDate> = new Set(
  Object.entries(years).flatMap(([year, holidays]) => holidays.map((day) => `${year}-${day}`)),
);

/** In England and Wales. False for every day of a year that `bankHolidaysKnownIn` does not list. */
export const isBankHoliday = (day: CivilDate): boolean => days.has(day);

/** Years whose bank holidays we hold, `YYYY`. */
export const bankHolidaysKnownIn = (): readonly string[] => Object.keys(years);
