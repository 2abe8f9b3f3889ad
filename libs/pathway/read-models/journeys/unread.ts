import type { Instant } from '#kernel';
import type { Rows } from '#projections';

/** A journey of somebody whose record could not be folded in full, whether or not it ever got a row. */
export interface UnreadJourney {
  readonly journey: string;
  readonly person: string;
  /** When the entry was recorded at which reading ended. */
  readonly since: Instant;
}

/** The oldest first. Read from what the engine set aside, because of a first entry that nobody can read there is no row. */
export const unreadJourneys = (rows: Rows, most: number): Promise<readonly UnreadJourney[]> =>
  rows.all<UnreadJourney>(
    `SELECT substr(held.stream, 9) AS journey, aside.subject AS person, min(aside.since) AS since
     FROM quarantine AS aside JOIN subject_stream AS held ON held.subject = aside.subject
     WHERE held.stream LIKE 'journey-%'
     GROUP BY aside.subject, held.stream
     ORDER BY since, journey LIMIT :most`,
    { most },
  );
