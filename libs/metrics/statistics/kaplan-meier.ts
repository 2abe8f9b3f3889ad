/**
 * Median time to an answer when some offers have none yet (FACTS 3.1). Leaving open offers out makes a slow boundary
 * look fast, because the slowest are the ones still waiting; the product-limit estimator (Kaplan and Meier, 1958)
 * lets each open offer count for as long as it has waited.
 */
export interface Waited {
  /** Milliseconds from offer to answer, or to the moment at which we stopped knowing. */
  readonly time: number;
  /** False where no answer had come by then: still open, or ended in another way. */
  readonly answered: boolean;
}

/**
 * The smallest time by which at least half are answered; null where fewer than half ever are, so that nobody reads
 * a number into what is not known. An answer and an end without one at the same moment: the answer comes first.
 */
export function kaplanMeierMedian(waits: readonly Waited[]): number | null {
  const ordered = [...waits].sort((a, b) => a.time - b.time || Number(b.answered) - Number(a.answered));
  let waiting = ordered.length;
  let unanswered = 1;
  for (let i = 0; i < ordered.length; ) {
    const { time } = ordered[i]!;
    let answers = 0;
    let leaving = 0;
    for (; i < ordered.length && ordered[i]!.time === time; i++, leaving++) if (ordered[i]!.answered) answers++;
    unanswered *= 1 - answers / waiting;
    // A product of fractions misses one half by rounding.
    if (answers > 0 && unanswered <= 0.5 + 1e-12) return time;
    waiting -= leaving;
  }
  return null;
}
