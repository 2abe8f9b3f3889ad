import { civilDate, dayInWords, wallClock, type Instant } from '#kernel';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `21 November 2026` */
export const longDate = dayInWords;

/** `Tuesday 1 March 2011` */
export const weekdayDate = (date: string): string =>
  `${weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()]} ${longDate(date)}`;

/** `1 March 2011 at 08:05`, London time */
export const dateAndTime = (instant: Instant): string => `${longDate(civilDate(instant))} at ${wallClock(instant)}`;
