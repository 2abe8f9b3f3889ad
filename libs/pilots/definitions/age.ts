import type { CivilDate } from '#kernel';

/** Whole years are counted as people do, on the birthday; whoever was born on 29 February has theirs on 1 March. */
export const isAged = (years: number, birthDate: CivilDate, day: CivilDate): boolean =>
  `${String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0')}${birthDate.slice(4)}` <= day;
