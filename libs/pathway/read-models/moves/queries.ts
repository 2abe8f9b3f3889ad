import type { Rows } from '#projections';

/** Entries that left one record and have not arrived on the other. */
export interface MoveUnderWay {
  readonly move: string;
  readonly from_journey: string;
  readonly from_person: string;
  readonly to_journey: string;
  readonly to_person: string;
  readonly organisation: string;
  readonly moved_at: string;
  readonly entries: number;
}

const underWay = (
  rows: Rows,
  condition: string,
  params: Readonly<Record<string, string>>,
): Promise<readonly MoveUnderWay[]> =>
  rows.all<MoveUnderWay>(
    `SELECT move, from_journey, from_person, to_journey, to_person, organisation, moved_at, count(*) AS entries
     FROM moved_out WHERE ${condition} AND NOT EXISTS (
       SELECT 1 FROM moved_in WHERE moved_in.stream = moved_out.to_stream AND moved_in.entry = moved_out.entry)
     GROUP BY move ORDER BY moved_at, move`,
    params,
  );

/**
 * Out of this journey, or towards this person: the journey they go to may not have begun. What is the person's own left
 * every journey of theirs.
 */
export const movesUnderWayOf = (
  rows: Rows,
  { journey, person }: { readonly journey: string; readonly person: string },
): Promise<readonly MoveUnderWay[]> => underWay(
    rows,
    `(from_journey = :journey OR to_person = :person OR (from_person = :person AND to_stream = 'person-' || to_person))`,
    { journey, person },
  );

/** Begun by this organisation, which has to finish them. */
export const movesUnderWayBy = (rows: Rows, organisation: string): Promise<readonly MoveUnderWay[]> =>
  underWay(rows, 'organisation = :organisation', { organisation });
