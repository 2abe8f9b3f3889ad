import { civilDate, wallClock, type Instant } from '#kernel';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `2026-11-21` → `21 November 2026` */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/** `Tuesday 1 March 2011` */
export const weekdayDate = (date: string): string =>
  `${weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()]} ${longDate(date)}`;

/** `1 March 2011 at 08:05`, London time */
export const dateAndTime = (instant: Instant): string => `${longDate(civilDate(instant))} at ${wallClock(instant)}`;
