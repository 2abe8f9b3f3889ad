/**
 * Linear interpolation between the closest ranks (type 7 of Hyndman and Fan, 1996): what SQLite's `median` and
 * `percentile` do, and PERCENTILE.INC of spreadsheets. Computed here because one pass over the facts then serves the
 * figure of each boundary and that of all of them together; the test holds it against SQLite.
 *
 * @param sorted ascending
 * @param share 0 to 1
 * @returns null for no values
 */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (rank - below) * (high - low);
}
