import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '#kernel';

export interface StoredMark {
  readonly ordinal: number;
  readonly position: string;
}

/** The last mark up to which everything was recorded by then. */
export const markBefore = (database: DatabaseSync, knownAt: Instant): StoredMark | undefined =>
  found(database.prepare('SELECT ordinal, position FROM known_at WHERE known_at <= ? ORDER BY bucket DESC LIMIT 1').get(knownAt));

const found = (row: Record<string, unknown> | undefined): StoredMark | undefined =>
  row && { ordinal: row['ordinal'] as number, position: row['position'] as string };
