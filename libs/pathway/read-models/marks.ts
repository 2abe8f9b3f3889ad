/** What rows take from the marks of a record (DESIGN 5). */
import { elapsed } from '#kernel';
import type { Mark } from '../domain/record/mark.js';

type Marks = readonly (Mark | undefined)[];

/** How long after it happened the latest of these entries was written, in milliseconds; 0 where none was late. */
export const latenessOf = (marks: Marks): number =>
  marks.reduce((late, mark) => (mark ? Math.max(late, elapsed(mark.at, mark.recordedAt)) : late), 0);

/** Ids of the entries, as a JSON list. */
export const idsOf = (marks: Marks): string => JSON.stringify(marks.flatMap((mark) => (mark ? [mark.eventId] : [])));
